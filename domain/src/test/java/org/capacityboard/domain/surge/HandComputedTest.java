package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.Evidence.CONTRACTED;
import static org.capacityboard.domain.surge.Evidence.ESTIMATED;
import static org.capacityboard.domain.surge.Posture.CONFLICT;
import static org.capacityboard.domain.surge.Posture.CRISIS;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.due;
import static org.capacityboard.domain.surge.Scene.takes;

import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HandComputedTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    @Test
    void shared_powder_binds_both_in_proportion_to_what_they_ask() {
        // 3 x 4,000 + 1 x 8,000 = 20,000 kg a month are drawn, 5,000 come.
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("s", "Mill", true, "powder", 5_000)
                .product("a", takes("powder", 3))
                .product("b", takes("powder", 1))
                .line("la", "a", 4_000)
                .line("lb", "b", 8_000)
                .need("a", PEACETIME, 4_000)
                .need("b", PEACETIME, 8_000);

        assertThat(scene.row("a", PEACETIME).achievablePerMonth()).isCloseTo(1_000, EXACTLY);
        assertThat(scene.row("b", PEACETIME).achievablePerMonth()).isCloseTo(2_000, EXACTLY);
    }

    @Test
    void a_two_level_bill_is_followed_through_a_kit() {
        // A round takes a charge, a kit of 4 bags of 0.5 kg: 2 kg a round; 6,000 kg make 3,000 rounds.
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("s", "Mill", true, "powder", 6_000)
                .product("round", takes("charge", 1))
                .product("charge", takes("bag", 4))
                .product("bag", takes("powder", .5))
                .line("r", "round", 20_000)
                .line("b", "bag", 32_000)
                .need("round", PEACETIME, 10_000);

        ReadinessRow row = scene.row("round", PEACETIME);

        assertThat(row.achievablePerMonth()).isCloseTo(3_000, EXACTLY);
        assertThat(row.bindingId()).isEqualTo("powder");
        assertThat(row.nextId()).isEqualTo("bag");
        assertThat(row.why())
                .isEqualTo("round: 10,000 a month needed in peacetime; 3,000 possible: powder binds"
                        + " (2 kg each, through charge, bag; Mill: 6,000 of 20,000 kg a month), then bag (8,000).");
    }

    @Test
    void interchangeable_lines_add_up() {
        Scene scene = new Scene()
                .standIn("a", "shell")
                .standIn("b", "shell")
                .line("la", "a", 10_000)
                .line("lb", "b", 5_000)
                .need("a", PEACETIME, 20_000)
                .need("b", PEACETIME, 10_000);

        assertThat(scene.row("a", PEACETIME).readiness()).isCloseTo(.5, EXACTLY);
        assertThat(scene.row("b", PEACETIME).achievablePerMonth()).isCloseTo(5_000, EXACTLY);
        assertThat(scene.row("b", PEACETIME).bindingId()).isEqualTo("shell");
    }

    @Test
    void a_funded_line_counts_as_estimated_from_its_day_on() {
        Scene scene = new Scene()
                .line("old", "round", 6_000)
                .line("new", Scene.PLANT, "round", 6_000, 100)
                .need("round", CRISIS, 12_000, 90, 180)
                .need("round", CONFLICT, 12_000, 100, 180);

        assertThat(scene.row("round", CRISIS, ESTIMATED).readiness()).isCloseTo(.5, EXACTLY);
        assertThat(scene.row("round", CRISIS, ESTIMATED).timeToSurgeDays()).isEqualTo(100);
        assertThat(scene.row("round", CRISIS, ESTIMATED).sustainedDays()).isEqualTo(730);
        assertThat(scene.row("round", CONFLICT, ESTIMATED).readiness()).isEqualTo(1);
        assertThat(scene.row("round", CONFLICT, CONTRACTED).readiness()).isCloseTo(.5, EXACTLY);
        assertThat(scene.row("round", CONFLICT, CONTRACTED).timeToSurgeDays()).isNull();
        assertThat(scene.limit("new", CONFLICT, LineConstraint.CONTRACTED)).isZero();
    }

    @Test
    void a_stale_stock_gives_a_range() {
        // 18,000 over 90 days are 200 a day, the fresh 9,000 alone 100, of 150 needed.
        Scene scene = new Scene()
                .material("fuze", "pieces")
                .product("round", takes("fuze", 1))
                .line("r", "round", 100_000)
                .stock("AAAAA", "fuze", 14.5, 9_000)
                .stock("BBBBB", "fuze", 13.5, 9_000)
                .need("round", PEACETIME, 150 * 30.4375);

        ReadinessRow row = scene.row("round", PEACETIME);

        assertThat(row.readiness()).isEqualTo(1);
        assertThat(row.readinessHigh()).isEqualTo(1);
        assertThat(row.readinessLow()).isCloseTo(2 / 3.0, EXACTLY);
        assertThat(row.why()).endsWith("Only 3,044 if lines and stocks not heard of for 14 days count as nothing.");
    }

    @Test
    void a_silent_line_gives_a_range_and_rests_on_its_contract() {
        Scene scene = new Scene()
                .line("heard", "round", 3_000)
                .silentLine("never", Scene.PLANT, "round", 6_000, null)
                .silentLine("long-ago", Scene.PLANT, "round", 1_000, null)
                .heard("long-ago", 15)
                .need("round", PEACETIME, 20_000);

        assertThat(scene.row("round", PEACETIME).readiness()).isCloseTo(.5, EXACTLY);
        assertThat(scene.row("round", PEACETIME).readinessLow()).isCloseTo(.15, EXACTLY);
    }

    @Test
    void a_lost_supplier_takes_its_receipts_and_rates_but_not_what_is_in_stock() {
        // In conflict "Big" is lost: 3,650 in stock and 100 a day of "Small" over 365 days are 110 a day, of 200
        // needed.
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("b", "Big", true, "powder", 300 * 30.4375)
                .supplier("s", "Small", true, "powder", 100 * 30.4375)
                .supplier("f", "Far", false, "powder", 1_000 * 30.4375)
                .product("charge", takes("powder", 1))
                .line("c", "charge", 1_000_000)
                .stock(Scene.PLANT, "powder", 0, 3_650, due(30, 50_000, "b"), due(31, 50_000, "nobody-knows"))
                .need("charge", CONFLICT, 200 * 30.4375, 0, 365);

        ReadinessRow row = scene.row("charge", CONFLICT);

        assertThat(row.readiness()).isCloseTo(.55, EXACTLY);
        assertThat(row.lostParent()).isEqualTo("Big");
        assertThat(row.why()).contains("possible without Big: powder binds (1 kg each, stock and Small: ");
    }

    @Test
    void the_largest_receipt_comes_sixty_days_late_in_a_crisis() {
        // 1,000 in stock and 500 on day 10 must last until day 79, the 1,000 of day 20 come on day 80.
        Scene scene = new Scene()
                .material("fuze", "pieces")
                .product("round", takes("fuze", 1))
                .line("r", "round", 1_000_000)
                .stock(Scene.PLANT, "fuze", 0, 1_000, due(20, 1_000, "s"), due(10, 500, "s"))
                .need("round", CRISIS, 100 * 30.4375, 0, 100)
                .need("round", PEACETIME, 100 * 30.4375, 0, 100);

        assertThat(scene.row("round", CRISIS).readiness()).isCloseTo(1_500 / 79.0 / 100, EXACTLY);
        assertThat(scene.row("round", PEACETIME).readiness()).isCloseTo(2_500 / 100.0 / 100, EXACTLY);
    }

    @Test
    void the_rate_of_a_supplier_follows_the_last_of_its_receipts() {
        // 400 on day 4, then 100 a day from day 5 on: dry until day 4, held for ever from day 3 on.
        Scene scene = new Scene()
                .material("fuze", "pieces")
                .product("round", takes("fuze", 1))
                .line("r", "round", 1_000_000)
                .stock(Scene.PLANT, "fuze", 0, 0, due(4, 400, "s"))
                .supplier("s", "Works", true, "fuze", 100 * 30.4375)
                .need("round", PEACETIME, 100 * 30.4375);

        ReadinessRow row = scene.row("round", PEACETIME);

        assertThat(row.readiness()).isZero();
        assertThat(row.timeToSurgeDays()).isEqualTo(3);
        assertThat(row.sustainedDays()).isEqualTo(730);
    }

    @Test
    void the_loss_of_a_plant_takes_its_lines_and_stocks() {
        Scene scene = new Scene()
                .material("fuze", "pieces")
                .product("round", takes("fuze", 1))
                .line("a", "AAAAA", "round", 6_000, null)
                .line("b", "BBBBB", "round", 4_000, null)
                .weeks("a", "round", 2_000, 2_000, 2_000, 2_000)
                .stock("AAAAA", "fuze", 0, 60_000)
                .stock("BBBBB", "fuze", 0, 9_000)
                .need("round", PEACETIME, 10_000);

        SurgeSnapshot lost = WhatIf.losePlant("AAAAA").applyTo(scene.snapshot());

        assertThat(scene.row("round", PEACETIME).readiness()).isEqualTo(1);
        ReadinessRow row = Scene.row(lost, "round", PEACETIME, CONTRACTED);
        // 9,000 over 90 days are 100 a day, 3,043.75 a month.
        assertThat(row.achievablePerMonth()).isCloseTo(3_043.75, EXACTLY);
        assertThat(row.bindingId()).isEqualTo("fuze");
        assertThat(row.nextId()).isEqualTo("round");
        assertThat(row.why()).contains("then its own lines (4,000)");
    }

    @Test
    void the_loss_of_a_plant_does_not_make_the_others_have_used_its_share() {
        // Counted 5 days ago, since when 1,000 a day were used together, 500 a day of each plant: 2,500 are left in
        // each.
        Scene scene = new Scene()
                .material("powder", "kg")
                .product("charge", takes("powder", 1))
                .line("c", "CCCCC", "charge", 100_000, null)
                .made("charge", 91_000, 91_000, 91)
                .stock("AAAAA", "powder", 5, 5_000)
                .stock("BBBBB", "powder", 5, 5_000)
                .need("charge", PEACETIME, 100_000, 0, 10)
                .need("charge", CRISIS, 100_000, 2, 10);

        SurgeSnapshot lost = WhatIf.losePlant("AAAAA").applyTo(scene.snapshot());

        assertThat(SurgeReadiness.of(lost).covers().stream().filter(row -> row.posture() == PEACETIME))
                .extracting(row -> row.plantId() + " " + Math.round(row.onHand()))
                .containsExactly("AAAAA 0", "BBBBB 2500", "ALL 2500");
        // 2,500 over 10 days are 250 a day, 7,609.375 a month. From today on the 1,000 a day are used of them: in 2
        // days 500 are left.
        assertThat(Scene.row(lost, "charge", PEACETIME, CONTRACTED).achievablePerMonth())
                .isCloseTo(7_609.375, EXACTLY);
        assertThat(Scene.row(lost, "charge", Posture.CRISIS, CONTRACTED).achievablePerMonth())
                .isCloseTo(1_521.875, EXACTLY);
        List<LossRow> losses = SurgeLosses.of(scene.snapshot()).rows().stream()
                .filter(row -> row.lossId().equals("AAAAA"))
                .toList();
        assertThat(losses).hasSize(2);
        assertThat(losses.get(0).achievablePerMonth()).isCloseTo(15_218.75, EXACTLY);
        assertThat(losses.get(0).achievableAfter()).isCloseTo(7_609.375, EXACTLY);
        assertThat(losses.get(1).achievablePerMonth()).isCloseTo(9_131.25, EXACTLY);
        assertThat(losses.get(1).achievableAfter()).isCloseTo(1_521.875, EXACTLY);
        assertThat(Scene.row(
                                WhatIf.losePlant("AAAAA")
                                        .then(WhatIf.loseSupplier("nobody"))
                                        .applyTo(scene.supplier("nobody", "Nobody", true, "powder", 0)
                                                .snapshot()),
                                "charge",
                                PEACETIME,
                                CONTRACTED)
                        .achievablePerMonth())
                .isCloseTo(7_609.375, EXACTLY);
    }

    /** Its own lines make 18 of 100 needed; Acme brings shells, Big brings powder, each more than enough. */
    private static Scene linesBind() {
        return new Scene()
                .material("shell", "pieces")
                .material("powder", "kg")
                .product("round", takes("shell", 1), takes("powder", 1))
                .line("l", "round", 18)
                .supplier("s1", "Acme", true, "shell", 40)
                .supplier("s2", "Other", true, "shell", 200)
                .supplier("s3", "Big", true, "powder", 80)
                .supplier("s4", "Small", true, "powder", 25)
                .need("round", CONFLICT, 100, 0, 90);
    }

    @Test
    void where_lines_bind_the_parent_is_lost_without_whom_the_materials_allow_least() {
        // Without Acme 105 kg of powder, without Big 25, without Other 40 shells, without Small 80 kg.
        ReadinessRow row = linesBind().row("round", CONFLICT);

        assertThat(row.readiness()).isCloseTo(.18, EXACTLY);
        assertThat(row.lostParent()).isEqualTo("Big");
        assertThat(row.nextId()).isEqualTo("powder");
        assertThat(row.nextAchievablePerMonth()).isCloseTo(25, EXACTLY);
        assertThat(row.why())
                .isEqualTo("round: 100 a month needed in conflict; 18 possible: its own lines bind (line l, equipment:"
                        + " 18), then powder (25 without Big).");
    }

    @Test
    void where_all_is_enough_the_parent_is_lost_without_whom_the_materials_allow_least() {
        Scene scene = linesBind().line("more", "round", 1_000);
        scene.requirements.clear();

        assertThat(scene.need("round", CONFLICT, 10, 0, 90).row("round", CONFLICT))
                .satisfies(row -> assertThat(row.readiness()).isEqualTo(1))
                .satisfies(row -> assertThat(row.lostParent()).isEqualTo("Big"))
                .satisfies(row -> assertThat(row.achievablePerMonth()).isCloseTo(25, EXACTLY))
                .satisfies(row -> assertThat(row.why()).contains("25 possible without Big: powder would bind first"));
    }

    @Test
    void a_parent_whose_loss_changes_nothing_is_not_said_to_matter() {
        // What Acme brings comes after the days that count.
        ReadinessRow row = new Scene()
                .material("powder", "kg")
                .product("shot", takes("powder", 1))
                .line("l", "shot", 18)
                .supplier("s", "Acme", true, "powder", 0)
                .stock(Scene.PLANT, "powder", 0, 900, due(200, 50, "s"))
                .need("shot", CONFLICT, 100, 0, 90)
                .row("shot", CONFLICT);

        assertThat(row.lostParent()).isEqualTo("Acme");
        assertThat(row.why()).endsWith("then powder (304); Acme being lost changes nothing.");
    }

    @Test
    void what_is_drawn_too_little_for_a_number_is_no_limit() {
        assertThat(Share.of(0, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Share.of(5, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        Scene scene = new Scene().material("dust", "kg").line("l", "p0", 5).need("p0", PEACETIME, 10);
        for (int level = 0; level < 40; level++) {
            scene.product("p" + level, takes(level == 39 ? "dust" : "p" + (level + 1), 1e-9));
        }

        assertThat(scene.row("p0", PEACETIME).readiness()).isEqualTo(.5);
        assertThat(scene.row("p0", PEACETIME).nextId()).isNull();
    }

    @Test
    void workforce_binds_where_people_are_fewer_than_shifts() {
        // 30 people, 10 a shift: three shifts of 40 hours a week, 10 an hour.
        Scene scene = new Scene().crew("l", 30, 10).heard("l", 0).need("round", CONFLICT, 10_000);
        scene.lines.add(new SurgeLine("l", Scene.PLANT, "round", 10, HoursPerWeek.USUAL, null));

        assertThat(scene.limit("l", CONFLICT, LineConstraint.CONTRACTED)).isCloseTo(1_600 * 30.4375 / 7, EXACTLY);
        assertThat(scene.limit("l", CONFLICT, LineConstraint.WORKFORCE)).isCloseTo(1_200 * 30.4375 / 7, EXACTLY);
        assertThat(scene.row("round", CONFLICT).achievablePerMonth()).isCloseTo(1_200 * 30.4375 / 7, EXACTLY);
        assertThat(scene.row("round", CONFLICT).why()).contains("its own lines bind (line l, people: 5,218)");
    }

    @Test
    void people_not_reported_do_not_bind() {
        Scene scene = new Scene().line("l", "round", 1_000).line("m", "round", 1_000);
        scene.crew("m", 0, 0).need("round", CONFLICT, 10_000);

        assertThat(scene.limit("l", CONFLICT, LineConstraint.WORKFORCE)).isNull();
        assertThat(scene.limit("m", CONFLICT, LineConstraint.WORKFORCE)).isNull();
        assertThat(scene.row("round", CONFLICT).achievablePerMonth()).isCloseTo(2_000, EXACTLY);
    }

    @Test
    void yield_of_each_step_multiplies() {
        // 2 / .8 charges a round, 3 / .75 kg a charge: 10 kg a round.
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("s", "Mill", true, "powder", 10_000)
                .product("round", takes("charge", 2))
                .product("charge", takes("powder", 3))
                .line("r", "round", 100_000)
                .made("round", 8, 10, 91)
                .made("charge", 3, 4, 91)
                .need("round", PEACETIME, 4_000);

        // The 10 rounds and 4 charges of 13 weeks draw next to nothing; there is no stock to run down.
        assertThat(scene.row("round", PEACETIME).achievablePerMonth()).isCloseTo(1_000, EXACTLY);
    }

    @Test
    void a_product_of_which_nothing_came_out_good_cannot_be_made() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("s", "Mill", true, "powder", 10_000)
                .product("charge", takes("powder", 1))
                .line("c", "charge", 1_000)
                .stock(Scene.PLANT, "powder", 0, 10)
                .made("charge", 0, 20, 10)
                .need("charge", PEACETIME, 1_000);

        ReadinessRow row = scene.row("charge", PEACETIME);

        assertThat(row.readiness()).isZero();
        assertThat(row.why()).contains("no good unit in the last 13 weeks");
        assertThat(scene.cover(CoverRow.ALL, "powder", PEACETIME).daysOfSupply())
                .isZero();
    }

    @Test
    void the_order_of_the_lists_changes_nothing() {
        Scene scene = powder();
        SurgeReadiness expected = scene.readiness();
        for (List<?> list : List.of(scene.lines, scene.products, scene.suppliers, scene.counts, scene.requirements)) {
            Collections.reverse(list);
        }

        assertThat(scene.readiness()).isEqualTo(expected);
    }

    private static Scene powder() {
        return new Scene()
                .supplier("s", "Mill", true, "powder", 60.1)
                .supplier("t", "Till", true, "powder", 70.3)
                .product("a", takes("powder", .1))
                .product("b", takes("powder", .7), takes("a", .3))
                .line("la", "AAAAA", "a", 30.7, null)
                .line("lb", "BBBBB", "b", 90.1, null)
                .stock("AAAAA", "powder", 1, 5.3)
                .stock("BBBBB", "powder", 2, 5.7)
                .need("a", CONFLICT, 20.9)
                .need("b", CONFLICT, 10.3);
    }
}

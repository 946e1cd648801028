package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.Evidence.DEMONSTRATED;
import static org.capacityboard.domain.surge.Posture.CRISIS;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.due;
import static org.capacityboard.domain.surge.Scene.takes;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures at the edges: nothing needed, nothing known, nothing shown, stocks that run dry. */
class EdgeCasesTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    @Test
    void counts_run_down_from_their_own_day_and_share_the_rate_by_what_was_there() {
        // 100 a day are used: 75 of A's 3,000, 25 of B's 1,000. A, 10 days old: 2,250. B, 60 days old: dry 20 days ago,
        // when 500 came: dry again.
        Scene scene = new Scene()
                .material("fuze", "pieces")
                .product("round", takes("fuze", 1))
                .line("a", "AAAAA", "round", 3_000, null)
                .line("b", "BBBBB", "round", 1_000, null)
                .made("round", 9_100, 9_100, 91)
                .stock("AAAAA", "fuze", 10, 3_000, due(-10, 7_777, "in-the-count"))
                .stock("BBBBB", "fuze", 60, 1_000, due(-20, 500, "s"))
                .need("round", PEACETIME, 3_043.75);

        assertThat(scene.cover("AAAAA", "fuze", PEACETIME).daysOfSupply()).isCloseTo(2_250 / 75.0, EXACTLY);
        assertThat(scene.cover("BBBBB", "fuze", PEACETIME).daysOfSupply()).isZero();
        assertThat(scene.cover(CoverRow.ALL, "fuze", PEACETIME).daysOfSupply()).isCloseTo(22.5, EXACTLY);
    }

    @Test
    void a_single_source_brings_nineteen_of_twenty() {
        Scene scene = new Scene()
                .supplier("a", "Mill", true, "powder", 60)
                .supplier("b", "Mill", true, "powder", 35)
                .supplier("c", "Other", true, "powder", 5)
                .supplier("d", "Mill", true, "fuze", 94)
                .supplier("e", "Other", true, "fuze", 6)
                .stock(Scene.PLANT, "case", 0, 5, due(3, 7, "a"))
                .stock(Scene.PLANT, "wood", 0, 5);
        scene.material("powder", "kg").material("fuze", "pieces");

        assertThat(scene.cover(CoverRow.ALL, "powder", PEACETIME).singleSource())
                .isTrue();
        assertThat(scene.cover(CoverRow.ALL, "fuze", PEACETIME).singleSource()).isFalse();
        assertThat(scene.cover(Scene.PLANT, "case", PEACETIME).singleSource()).isTrue();
        assertThat(scene.cover(CoverRow.ALL, "wood", PEACETIME).singleSource()).isNull();
        assertThat(scene.cover(CoverRow.ALL, "wood", PEACETIME).daysOfSupply()).isNull();
        assertThat(scene.cover(CoverRow.ALL, "powder", PEACETIME).mainParent()).isEqualTo("Mill");
        assertThat(scene.cover(CoverRow.ALL, "powder", PEACETIME).mainParentShare())
                .isCloseTo(.95, EXACTLY);
        assertThat(scene.cover(CoverRow.ALL, "fuze", PEACETIME).mainParentShare())
                .isCloseTo(.94, EXACTLY);
        assertThat(scene.cover(Scene.PLANT, "case", PEACETIME).mainParent()).isEqualTo("Mill");
        assertThat(scene.cover(Scene.PLANT, "case", PEACETIME).mainParentShare())
                .isEqualTo(1);
        assertThat(scene.cover(CoverRow.ALL, "wood", PEACETIME).mainParent()).isNull();
        assertThat(scene.cover(CoverRow.ALL, "wood", PEACETIME).mainParentShare())
                .isNull();
    }

    @Test
    void an_id_of_both_a_product_and_a_material_binds_as_both() {
        Scene scene = new Scene()
                .product("round", takes("fuze", 1))
                .product("fuze")
                .line("a", "AAAAA", "fuze", 40_000, null)
                .material("fuze", "pieces")
                .stock(Scene.PLANT, "fuze", 0, 9_000)
                .need("round", PEACETIME, 10_000);

        assertThat(scene.row("round", PEACETIME).achievablePerMonth()).isCloseTo(9_000 / 90.0 * 30.4375, EXACTLY);
        assertThat(scene.cover(CoverRow.ALL, "fuze", PEACETIME).onHand()).isEqualTo(9_000);
    }

    @Test
    void of_parents_that_bring_alike_the_first_by_name_is_the_main_one() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("a", "Zeta", true, "powder", 5)
                .supplier("b", "Alpha", false, "powder", 5);

        assertThat(scene.cover(CoverRow.ALL, "powder", PEACETIME).mainParent()).isEqualTo("Alpha");
        assertThat(scene.cover(CoverRow.ALL, "powder", PEACETIME).mainParentShare())
                .isEqualTo(.5);
    }

    @Test
    void a_group_is_called_by_its_products() {
        Scene scene = new Scene()
                .standIn("impact a", "group-17")
                .standIn("impact b", "group-17")
                .product("round", takes("impact b", 1))
                .line("f1", "impact a", 2_000)
                .line("f2", "impact b", 1_000)
                .line("l", "round", 9_000)
                .need("round", CRISIS, 10_000)
                .need("impact a", PEACETIME, 4_000);

        assertThat(scene.row("round", CRISIS).why())
                .isEqualTo("round: 10,000 a month needed in a crisis; 3,000 possible: impact a or impact b binds"
                        + " (lines f1 and f2, equipment: 3,000), then its own lines (9,000).");
        assertThat(scene.row("impact a", PEACETIME).why())
                .isEqualTo("impact a: 4,000 a month needed in peacetime; 3,000 possible:"
                        + " the lines of impact a or impact b bind (lines f1 and f2, equipment: 3,000).");
        assertThat(scene.row("round", CRISIS).bindingId()).isEqualTo("group-17");

        scene.standIn("impact c", "group-17").standIn("impact d", "group-17");
        assertThat(scene.row("round", CRISIS).why()).contains(": impact a, impact b or 2 more binds (");
    }

    @Test
    void a_requirement_of_nothing_is_met_and_nothing_binds() {
        ReadinessRow row =
                new Scene().line("l", "round", 0).need("round", PEACETIME, 0).row("round", PEACETIME);

        assertThat(row.readiness()).isEqualTo(1);
        assertThat(row.bindingId()).isNull();
        assertThat(row.why()).isEqualTo("round: nothing needed in peacetime.");
    }

    @Test
    void what_nobody_makes_is_unknown() {
        ReadinessRow row = new Scene().need("round", CRISIS, 5).row("round", CRISIS);

        assertThat(row.readiness()).isNull();
        assertThat(row.achievablePerMonth()).isNull();
        assertThat(row.timeToSurgeDays()).isNull();
        assertThat(row.why())
                .isEqualTo("round: 5 a month needed in a crisis; what is possible is unknown:"
                        + " no line makes it and no bill of materials says what it takes.");
    }

    @Test
    void weeks_before_the_last_52_and_runs_that_break_do_not_count() {
        long[] longAgo = new long[56];
        for (int week = 0; week < 6; week++) {
            longAgo[week] = 1_000;
        }
        Scene broken = new Scene().line("l", "round", 0).weeks("l", "round", 5, 5, 5, 0, 5, 5, 5);
        Scene twoLeft = new Scene().line("l", "round", 0).weeks("l", "round", longAgo);
        Scene twoProducts = new Scene()
                .standIn("a", "shell")
                .standIn("b", "shell")
                .line("l", "a", 0)
                .weeks("l", "a", 7, 7, 7, 0)
                .weeks("l", "b", 0, 0, 0, 7)
                .weeks("l", "other", 9, 9, 9, 9);

        assertThat(broken.limit("l", PEACETIME, LineConstraint.DEMONSTRATED)).isZero();
        assertThat(twoLeft.limit("l", PEACETIME, LineConstraint.DEMONSTRATED)).isZero();
        assertThat(twoProducts.limit("l", PEACETIME, LineConstraint.DEMONSTRATED))
                .isCloseTo(30.4375, EXACTLY);
    }

    @Test
    void nothing_demonstrated_is_said() {
        ReadinessRow row = new Scene()
                .line("l", "round", 5_000)
                .need("round", PEACETIME, 5_000)
                .row("round", PEACETIME, DEMONSTRATED);

        assertThat(row.readiness()).isZero();
        assertThat(row.why())
                .isEqualTo("round: 5,000 a month needed in peacetime; 0 possible as demonstrated:"
                        + " its own lines bind (no line has held a rate for four weeks: 0).");
    }

    @Test
    void equal_shares_are_named_lines_first_and_then_by_id() {
        Scene scene = new Scene()
                .product("round", takes("b", 1), takes("a", 1), takes("0-material", 1))
                .line("lb", "b", 1_000)
                .line("la", "a", 1_000)
                .supplier("s", "Mill", true, "0-material", 1_000)
                .need("round", PEACETIME, 3_000);

        assertThat(scene.row("round", PEACETIME).bindingId()).isEqualTo("a");
        assertThat(scene.row("round", PEACETIME).nextId()).isEqualTo("b");
    }
}

package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.Evidence.CONTRACTED;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.due;
import static org.capacityboard.domain.surge.Scene.takes;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WhatIfTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    /** 1,000 charges a month from a line of 40 hours; powder for 600 from stock and 900 from suppliers. */
    private static Scene charges() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .product("charge", takes("powder", 1))
                .supplier("s1", "Mill", true, "powder", 500)
                .supplier("s2", "Mill", true, "powder", 300)
                .supplier("s3", "Other", true, "powder", 100)
                .stock("AAAAA", "powder", 0, 600 * 90 / 30.4375)
                .heard("c", 0)
                .need("charge", PEACETIME, 2_000);
        scene.lines.add(new SurgeLine("c", "AAAAA", "charge", 1_000 / (40 * 30.4375 / 7), HoursPerWeek.USUAL, null));
        return scene;
    }

    private static ReadinessRow after(WhatIf change) {
        return Scene.row(change.applyTo(charges().snapshot()), "charge", PEACETIME, CONTRACTED);
    }

    @Test
    void one_more_shift_doubles_forty_hours_until_the_powder_binds() {
        assertThat(charges().row("charge", PEACETIME).achievablePerMonth()).isCloseTo(1_000, EXACTLY);
        assertThat(after(WhatIf.addShift("c")).achievablePerMonth()).isCloseTo(1_500, EXACTLY);
        assertThat(after(WhatIf.addShift("c")).bindingId()).isEqualTo("powder");
        assertThat(after(WhatIf.addShift("c")).nextId()).isEqualTo("charge");
    }

    @Test
    void no_week_has_more_than_168_hours() {
        WhatIf change = WhatIf.addShift("c")
                .then(WhatIf.addShift("c"))
                .then(WhatIf.addShift("c"))
                .then(WhatIf.addShift("c"));

        assertThat(change.applyTo(charges().snapshot()).lines().get(0).hoursPerWeek())
                .isEqualTo(new HoursPerWeek(168, 168, 168));
    }

    @Test
    void a_lost_supplier_leaves_its_parent_the_others() {
        WhatIf shift = WhatIf.addShift("c");

        assertThat(after(shift.then(WhatIf.loseSupplier("s1"))).achievablePerMonth())
                .isCloseTo(1_000, EXACTLY);
        assertThat(after(shift.then(WhatIf.loseSupplier("Mill"))).achievablePerMonth())
                .isCloseTo(700, EXACTLY);
        assertThat(after(shift.then(WhatIf.loseNation("NOR"))).achievablePerMonth())
                .isCloseTo(600, EXACTLY);
    }

    @Test
    void a_name_of_a_parent_means_all_its_suppliers_even_if_one_supplier_has_that_id() {
        Scene scene = charges()
                .supplier("ACME", "ACME", true, "powder", 1)
                .supplier("s5", "ACME", true, "powder", 2)
                .supplier("Other", "Else", true, "powder", 4)
                .stock("BBBBB", "powder", 0, 0, due(2, 50, "Other"), due(3, 7, "s3"));

        SurgeSnapshot lost =
                WhatIf.loseSupplier("ACME").then(WhatIf.loseSupplier("Other")).applyTo(scene.snapshot());

        assertThat(lost.suppliers())
                .extracting(one -> one.supplierId() + " "
                        + Math.round(one.supplies().get(0).unitsPerMonth()))
                .containsExactly("ACME 0", "Other 4", "s1 500", "s2 300", "s3 0", "s5 0");
        assertThat(lost.counts().get(1).receipts())
                .extracting(Receipt::supplierId)
                .containsExactly("Other");
    }

    @Test
    void what_a_lost_supplier_has_delivered_stays_and_what_it_promised_does_not_come() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .stock("AAAAA", "powder", 5, 10, due(-2, 30, "s"), due(2, 50, "s"), due(3, 7, "t"));

        SurgeSnapshot lost = WhatIf.loseSupplier("s").applyTo(scene.snapshot());

        assertThat(lost.counts().get(0).receipts())
                .extracting(Receipt::quantity)
                .containsExactly(30.0, 7.0);
    }

    @Test
    void more_stock_is_there_today_and_less_never_falls_below_nothing() {
        WhatIf shift = WhatIf.addShift("c");

        assertThat(after(shift.then(WhatIf.addStock("powder", 300 * 90 / 30.4375)))
                        .achievablePerMonth())
                .isCloseTo(1_800, EXACTLY);
        assertThat(after(shift.then(WhatIf.addStock("powder", -1e9))).achievablePerMonth())
                .isCloseTo(900, EXACTLY);
    }

    @Test
    void another_requirement_replaces_the_one_before() {
        ReadinessRow row = after(WhatIf.require("charge", PEACETIME, 500));

        assertThat(row.requiredPerMonth()).isEqualTo(500);
        assertThat(row.readiness()).isEqualTo(1);
    }

    @Test
    void what_is_and_what_would_be_stand_side_by_side() {
        WhatIf change = WhatIf.addShift("c").then(WhatIf.require("charge", Posture.CRISIS, 10));

        List<Comparison> comparisons = Comparison.of(charges().snapshot(), change);

        assertThat(comparisons).hasSize(6);
        Comparison contracted = comparisons.get(1);
        assertThat(contracted.before()).isEqualTo(charges().row("charge", PEACETIME));
        assertThat(contracted.after()).isEqualTo(after(change));
        assertThat(comparisons.get(4).before()).isNull();
    }

    @Test
    void a_name_that_nobody_has_is_said() {
        SurgeSnapshot snapshot = charges().snapshot();

        List<WhatIf> changes = List.of(
                WhatIf.addShift("x"),
                WhatIf.loseSupplier("x"),
                WhatIf.losePlant("x"),
                WhatIf.loseNation("x"),
                WhatIf.addStock("x", 1),
                WhatIf.require("x", PEACETIME, 1));

        assertThat(changes).allSatisfy(change -> assertThatThrownBy(() -> change.applyTo(snapshot))
                .isInstanceOf(UnknownSubjectException.class)
                .hasMessageContaining("'x' is not known"));
    }

    @Test
    void with_a_name_that_nobody_has_come_those_that_there_are() {
        SurgeSnapshot snapshot = charges().snapshot();

        assertThatThrownBy(() -> WhatIf.loseSupplier("x").applyTo(snapshot))
                .isInstanceOfSatisfying(UnknownSubjectException.class, unknown -> {
                    assertThat(unknown.what()).isEqualTo("Supplier");
                    assertThat(unknown.id()).isEqualTo("x");
                    assertThat(unknown.known()).containsExactly("Mill", "Other", "s1", "s2", "s3");
                });
    }

    @Test
    void nothing_changes_nothing() {
        assertThat(Comparison.of(charges().snapshot(), WhatIf.nothing()))
                .isNotEmpty()
                .noneMatch(Comparison::changed)
                .noneMatch(Comparison::touched);
    }

    @Test
    void what_does_not_bind_is_touched_and_not_changed() {
        Comparison powder = compare(WhatIf.addStock("powder", 1_000));

        assertThat(powder.changed()).isFalse();
        assertThat(powder.touched()).isTrue();
        assertThat(powder.ladderBefore()).extracting(LadderRow::nodeId).containsExactly("charge", "powder");
        assertThat(powder.ladderAfter().get(1).suppliedPerMonth())
                .isCloseTo(powder.ladderBefore().get(1).suppliedPerMonth() + 1_000 * 30.4375 / 90, EXACTLY);
    }

    @Test
    void what_binds_and_what_is_required_are_changes() {
        assertThat(compare(WhatIf.addShift("c")).changed()).isTrue();
        assertThat(compare(WhatIf.require("charge", PEACETIME, 2_001)).changed())
                .isTrue();
        assertThat(compare(WhatIf.loseSupplier("Mill")).changed()).isTrue();
    }

    private static Comparison compare(WhatIf change) {
        return Comparison.of(charges().snapshot(), change).stream()
                .filter(one -> one.after().evidence() == CONTRACTED)
                .findFirst()
                .orElseThrow();
    }

    private static AddedHours shift(Scene scene, Posture posture, Evidence evidence) {
        SurgeSnapshot snapshot = scene.snapshot();
        return AddedHours.of(snapshot, WhatIf.addShift("c").applyTo(snapshot), "c", evidence)
                .get(posture.ordinal());
    }

    @Test
    void more_hours_make_more_where_the_equipment_binds() {
        AddedHours hours = shift(charges(), PEACETIME, CONTRACTED);

        assertThat(hours.unitsBefore()).isCloseTo(1_000, EXACTLY);
        assertThat(hours.unitsAfter()).isCloseTo(2_000, EXACTLY);
        assertThat(hours.workforceBinds()).isFalse();
        assertThat(hours.words()).isEqualTo("Line c in peacetime: 40 -> 80 hours a week, 1,000 -> 2,000 a month.");
    }

    @Test
    void more_hours_make_as_much_more_as_there_are_people() {
        assertThat(shift(charges().crew("c", 3, 2), PEACETIME, CONTRACTED).words())
                .isEqualTo("Line c in peacetime: 40 -> 80 hours a week, 1,000 -> 1,500 a month; then workforce binds,"
                        + " the equipment could make 2,000.");
    }

    @Test
    void more_hours_make_nothing_more_where_people_bind() {
        AddedHours hours = shift(charges().crew("c", 3, 4), PEACETIME, CONTRACTED);

        assertThat(hours.unitsBefore()).isEqualTo(hours.unitsAfter()).isCloseTo(750, EXACTLY);
        assertThat(hours.workforceBinds()).isTrue();
        assertThat(hours.words())
                .isEqualTo("Line c in peacetime: workforce binds, 750 a month as before;"
                        + " with 40 -> 80 hours a week the equipment could make 2,000.");
    }

    @Test
    void a_week_has_168_hours_and_what_was_shown_counts_for_more_than_hours() {
        assertThat(shift(charges(), Posture.CONFLICT, CONTRACTED).words())
                .isEqualTo("Line c in conflict: 160 -> 168 hours a week (there are no more), 4,000 -> 4,200 a month.");
        Scene always = charges();
        always.lines.set(0, new SurgeLine("c", "AAAAA", "charge", 1, new HoursPerWeek(168, 168, 168), null));
        assertThat(shift(always, PEACETIME, CONTRACTED).words())
                .isEqualTo("Line c in peacetime: it works all 168 hours of the week already, 731 a month as before.");
        assertThat(shift(charges().weeks("c", "charge", 1_000, 1_000, 1_000, 1_000), PEACETIME, CONTRACTED)
                        .words())
                .isEqualTo("Line c in peacetime: 4,348 a month as before, for it has shown more than it declares for"
                        + " 80 hours a week.");
        assertThat(shift(charges().weeks("c", "charge", 1_000, 1_000, 1_000, 1_000), PEACETIME, Evidence.DEMONSTRATED)
                        .words())
                .isEqualTo(
                        "Line c in peacetime: 4,348 a month as before, for hours change nothing of what it has shown.");
    }

    @Test
    void a_line_that_is_not_accepted_makes_nothing_in_any_hours() {
        Scene funded = charges();
        funded.lines.set(0, new SurgeLine("c", "AAAAA", "charge", 1, HoursPerWeek.USUAL, Scene.TODAY + 30 * Scene.DAY));

        assertThat(shift(funded, Posture.CRISIS, CONTRACTED).words())
                .isEqualTo("Line c in a crisis: it is not accepted yet and makes nothing.");
        assertThat(shift(funded, Posture.CRISIS, Evidence.ESTIMATED).words())
                .isEqualTo("Line c in a crisis: 120 -> 160 hours a week, 522 -> 696 a month.");
    }

    private static String wordsOf(Scene scene, WhatIf change, Posture posture, Evidence evidence) {
        SurgeSnapshot snapshot = scene.snapshot();
        return AddedHours.of(snapshot, change.applyTo(snapshot), "c", evidence)
                .get(posture.ordinal())
                .words();
    }

    @Test
    void more_hours_on_a_line_whose_plant_is_lost_are_lost_with_it() {
        WhatIf change = WhatIf.addShift("c").then(WhatIf.losePlant("AAAAA"));

        assertThat(wordsOf(charges(), change, PEACETIME, CONTRACTED))
                .isEqualTo("Line c in peacetime: its plant is lost.");
        assertThat(wordsOf(
                        charges(), WhatIf.losePlant("AAAAA").then(WhatIf.addShift("c")), PEACETIME, Evidence.ESTIMATED))
                .isEqualTo("Line c in peacetime: its plant is lost.");
        Scene shown = charges().weeks("c", "charge", 9, 9, 9, 9);
        shown.lines.set(0, new SurgeLine("c", "AAAAA", "charge", 0, HoursPerWeek.USUAL, null));
        assertThat(wordsOf(shown, change, PEACETIME, Evidence.DEMONSTRATED))
                .isEqualTo("Line c in peacetime: its plant is lost.");
    }

    @Test
    void a_line_is_there_if_it_is_by_the_day_on_which_its_product_is_required() {
        Scene funded = charges().need("charge", Posture.CRISIS, 10, 20, 30);
        funded.lines.set(0, new SurgeLine("c", "AAAAA", "charge", 1, HoursPerWeek.USUAL, Scene.TODAY + 30 * Scene.DAY));

        assertThat(wordsOf(funded, WhatIf.addShift("c"), Posture.CRISIS, Evidence.ESTIMATED))
                .isEqualTo("Line c in a crisis: it is not accepted yet and makes nothing.");
        assertThat(wordsOf(
                        funded,
                        WhatIf.addShift("c").then(WhatIf.require("charge", Posture.CONFLICT, 5)),
                        Posture.CONFLICT,
                        Evidence.ESTIMATED))
                .contains("160 -> 168 hours a week");
    }

    @Test
    void hours_change_nothing_of_what_was_shown_whoever_works_there() {
        Scene shown = charges().weeks("c", "charge", 1_000, 1_000, 1_000, 1_000).crew("c", 3, 4);

        assertThat(wordsOf(shown, WhatIf.addShift("c"), PEACETIME, Evidence.DEMONSTRATED))
                .isEqualTo(
                        "Line c in peacetime: 750 a month as before, for hours change nothing of what it has shown.");
    }
}

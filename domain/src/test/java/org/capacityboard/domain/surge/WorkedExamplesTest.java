package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.ConstraintKind.LINES;
import static org.capacityboard.domain.surge.ConstraintKind.MATERIAL;
import static org.capacityboard.domain.surge.Posture.CONFLICT;
import static org.capacityboard.domain.surge.Posture.CRISIS;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.due;
import static org.capacityboard.domain.surge.Scene.takes;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The examples by which surge readiness was agreed. */
class WorkedExamplesTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final Offset<Double> UNITS = within(1e-6);

    @Test
    void a_kit_round_is_bound_by_its_charges() {
        Scene scene = new Scene()
                .product("round", takes("shell", 1), takes("charge", 1))
                .line("s1", "shell", 40_000)
                .line("c1", "charge", 18_000)
                .need("round", CONFLICT, 100_000);

        ReadinessRow row = scene.row("round", CONFLICT);

        assertThat(row.achievablePerMonth()).isCloseTo(18_000, UNITS);
        assertThat(row.readiness()).isCloseTo(.18, EXACTLY);
        assertThat(row.bindingConstraint()).isEqualTo(LINES);
        assertThat(row.bindingId()).isEqualTo("charge");
        assertThat(row.nextId()).isEqualTo("shell");
        assertThat(row.unitsShort()).isCloseTo(82_000, UNITS);
        assertThat(row.timeToSurgeDays()).isNull();
        assertThat(row.sustainedDays()).isNull();
        assertThat(row.why())
                .isEqualTo("round: 100,000 a month needed in conflict; 18,000 possible:"
                        + " charge binds (line c1, equipment: 18,000), then shell (40,000).");
    }

    private static Scene powderOfTwo(double lineOfB) {
        return new Scene()
                .material("powder", "kg")
                .supplier("s", "Powder Mill", true, "powder", 60_000)
                .product("a", takes("powder", 2))
                .product("b", takes("powder", 5))
                .line("la", "a", 30_000)
                .line("lb", "b", lineOfB)
                .need("a", PEACETIME, 20_000)
                .need("b", PEACETIME, 10_000);
    }

    @Test
    void shared_powder_is_divided_once() {
        ReadinessRow a = powderOfTwo(9_000).row("a", PEACETIME);
        ReadinessRow b = powderOfTwo(9_000).row("b", PEACETIME);

        assertThat(a.readiness()).isCloseTo(2 / 3.0, EXACTLY);
        assertThat(b.readiness()).isCloseTo(2 / 3.0, EXACTLY);
        assertThat(a.achievablePerMonth()).isCloseTo(13_333.333333333, UNITS);
        assertThat(b.achievablePerMonth()).isCloseTo(6_666.666666667, UNITS);
        assertThat(a.bindingConstraint()).isEqualTo(MATERIAL);
        assertThat(a.bindingId()).isEqualTo("powder");
        assertThat(b.bindingId()).isEqualTo("powder");
    }

    @Test
    void powder_that_b_cannot_use_is_not_handed_to_a() {
        assertThat(powderOfTwo(4_000).row("b", PEACETIME).readiness()).isCloseTo(.4, EXACTLY);
        assertThat(powderOfTwo(4_000).row("b", PEACETIME).bindingId()).isEqualTo("b");
        assertThat(powderOfTwo(4_000).row("a", PEACETIME).readiness()).isCloseTo(2 / 3.0, EXACTLY);
    }

    private static Scene roundOfCharges() {
        return new Scene()
                .material("powder", "kg")
                .supplier("s", "Powder Mill", true, "powder", 60_000)
                .product("round", takes("shell", 1), takes("charge", 1))
                .product("charge", takes("powder", 2.4))
                .line("s1", "shell", 40_000)
                .line("c1", "charge", 30_000)
                .line("r1", "round", 50_000)
                .made("charge", 96, 100, 91)
                .need("round", PEACETIME, 100_000);
    }

    @Test
    void scrap_of_the_charge_costs_powder_of_the_round() {
        ReadinessRow row = roundOfCharges().row("round", PEACETIME);

        assertThat(row.readiness()).isCloseTo(.24, EXACTLY);
        assertThat(row.bindingId()).isEqualTo("powder");
        assertThat(row.nextConstraint()).isEqualTo(LINES);
        assertThat(row.nextId()).isEqualTo("charge");
        assertThat(row.why()).contains("then charge (30,000)");
    }

    @Test
    void a_requirement_of_charges_takes_from_the_round() {
        Scene scene = roundOfCharges().need("charge", PEACETIME, 20_000);

        assertThat(scene.row("round", PEACETIME).readiness()).isCloseTo(.20, EXACTLY);
        assertThat(scene.row("charge", PEACETIME).readiness()).isCloseTo(.20, EXACTLY);
        assertThat(scene.row("charge", PEACETIME).achievablePerMonth()).isCloseTo(4_000, UNITS);
    }

    /** Needs 100 a day of a material of which 3,000 are there, 50 a day are used, and 9,000 come on day 60. */
    private static Scene stockUntilDaySixty(int reachDays, int holdDays) {
        return new Scene()
                .material("fuze", "pieces")
                .product("round", takes("fuze", 1))
                .line("r1", "round", 10_000)
                .made("round", 50 * 91, 50 * 91, 91)
                .stock(Scene.PLANT, "fuze", 0, 3_000, due(60, 9_000, "s"))
                .supplier("s", "Fuze Works", true, "fuze", 0)
                .need("round", PEACETIME, 100 * 30.4375, reachDays, holdDays);
    }

    @Test
    void the_rate_is_reached_on_day_58_and_held_91_days() {
        ReadinessRow row = stockUntilDaySixty(0, 60).row("round", PEACETIME);

        assertThat(row.timeToSurgeDays()).isEqualTo(58);
        assertThat(row.sustainedDays()).isEqualTo(91);
    }

    @Test
    void today_the_stock_runs_dry_before_the_receipt_and_on_day_60_it_does_not() {
        assertThat(stockUntilDaySixty(0, 90).row("round", PEACETIME).readiness())
                .isCloseTo(3_000 / 59.0 / 100, EXACTLY)
                .isCloseTo(.508475, within(1e-6));
        assertThat(stockUntilDaySixty(60, 90).row("round", PEACETIME).readiness())
                .isEqualTo(1);
    }

    private static Scene threeParents(Posture posture) {
        return new Scene()
                .material("powder", "kg")
                .supplier("s1", "P1", true, "powder", 20_000)
                .supplier("s2", "P1", true, "powder", 10_000)
                .supplier("s3", "P2", true, "powder", 25_000)
                .supplier("s4", "P3", false, "powder", 5_000)
                .product("charge", takes("powder", 1))
                .line("c1", "charge", 80_000)
                .need("charge", posture, 50_000, 0, 90);
    }

    @Test
    void in_peacetime_a_parent_is_as_critical_as_what_falls_short_without_it() {
        Scene scene = threeParents(PEACETIME);

        assertThat(scene.criticality("P1", "charge", PEACETIME).criticality()).isCloseTo(.4, EXACTLY);
        assertThat(scene.criticality("P2", "charge", PEACETIME).criticality()).isCloseTo(.3, EXACTLY);
        assertThat(scene.criticality("P3", "charge", PEACETIME).criticality()).isZero();
        assertThat(scene.row("charge", PEACETIME).readiness()).isEqualTo(1);
    }

    @Test
    void in_conflict_others_deliver_nothing_and_the_most_critical_parent_is_lost() {
        Scene scene = threeParents(CONFLICT);

        assertThat(scene.criticality("P1", "charge", CONFLICT).criticality()).isCloseTo(.5, EXACTLY);
        assertThat(scene.criticality("P1", "charge", CONFLICT).readinessWithout())
                .isCloseTo(.5, EXACTLY);
        assertThat(scene.criticality("P2", "charge", CONFLICT).criticality()).isCloseTo(.4, EXACTLY);
        assertThat(scene.criticality("P3", "charge", CONFLICT).criticality()).isZero();
        assertThat(scene.row("charge", CONFLICT).readiness()).isCloseTo(.5, EXACTLY);
        assertThat(scene.row("charge", CONFLICT).lostParent()).isEqualTo("P1");
    }

    @Test
    void two_equal_plants_have_ten_days_each_and_together() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .product("charge", takes("powder", 1))
                .line("a", "AAAAA", "charge", 20_000, null)
                .line("b", "BBBBB", "charge", 20_000, null)
                .stock("AAAAA", "powder", 0, 5_000)
                .stock("BBBBB", "powder", 0, 5_000)
                .need("charge", CRISIS, 1_000 * 30.4375);

        assertThat(scene.cover("AAAAA", "powder", CRISIS).daysOfSupply()).isCloseTo(10, EXACTLY);
        assertThat(scene.cover("BBBBB", "powder", CRISIS).daysOfSupply()).isCloseTo(10, EXACTLY);
        assertThat(scene.cover(CoverRow.ALL, "powder", CRISIS).daysOfSupply()).isCloseTo(10, EXACTLY);
    }

    @Test
    void demonstrated_is_the_best_lowest_of_four_weeks() {
        Scene scene = new Scene()
                .line("l", "round", 0)
                .weeks("l", "round", 900, 1_000, 1_100, 950, 1_200, 400)
                .need("round", PEACETIME, 10_000);

        assertThat(scene.limit("l", PEACETIME, LineConstraint.DEMONSTRATED)).isCloseTo(4_130.80, within(.005));
        assertThat(scene.row("round", PEACETIME, Evidence.DEMONSTRATED).achievablePerMonth())
                .isCloseTo(950 * 30.4375 / 7, UNITS);
    }
}

package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.takes;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a snapshot refuses, and how it says so. */
class RulesTest {
    private static void refused(ThrowingCallable what, String words) {
        assertThatThrownBy(what).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
    }

    @Test
    void a_circle_of_bills_is_named() {
        Scene scene = new Scene()
                .product("a", takes("b", 1))
                .product("b", takes("steel", 1), takes("c", 1))
                .product("c", takes("b", 2))
                .need("a", PEACETIME, 1);

        assertThatThrownBy(scene::readiness)
                .isInstanceOf(BillCycleException.class)
                .hasMessageContaining("Bill of materials of b runs in a circle: b -> c -> b");
        assertThat(BillOrder.circleIn(scene.products)).containsExactly("b", "c");
        assertThat(BillOrder.circleIn(scene.products.subList(0, 2))).isNull();
        refused(() -> new Scene().product("a", takes("a", 1)).readiness(), "a -> a");
    }

    @Test
    void a_bill_of_very_many_levels_is_followed() {
        Scene scene = new Scene();
        for (int level = 0; level < 20_000; level++) {
            scene.product("p" + level, takes("p" + (level + 1), 1));
        }
        scene.line("l", "p20000", 500).need("p0", PEACETIME, 1_000);

        assertThat(scene.row("p0", PEACETIME).readiness()).isCloseTo(.5, within(1e-9));
    }

    @Test
    void one_key_stands_once() {
        Scene scene = new Scene().need("a", PEACETIME, 1).need("a", PEACETIME, 2);

        refused(scene::snapshot, "Requirement a|PEACETIME stands twice");
    }

    @Test
    void figures_are_finite_and_not_negative() {
        List<Double> wrong = new ArrayList<>(List.of(-1.0, Double.NaN, Double.POSITIVE_INFINITY, 1e16));

        assertThat(wrong).allSatisfy(figure -> {
            refused(() -> new Requirement("a", PEACETIME, figure, null, null), "must be 0 to 1e15");
            refused(() -> new SupplierOffer("m", figure), "must be 0 to 1e15");
            refused(() -> new Receipt(0, figure, "s"), "must be 0 to 1e15");
            refused(() -> new BillItem("m", figure), "must be 0 to 1e15");
            refused(() -> new MaterialCount("PLANT", "m", 0, figure, List.of()), "must be 0 to 1e15");
            refused(() -> new SurgeLine("l", "PLANT", "p", figure, HoursPerWeek.USUAL, null), "must be 0 to 1e15");
            refused(() -> new HoursPerWeek(figure, 1, 1), "must be 0 to 168");
        });
        refused(() -> new Requirement("a", PEACETIME, 1, -1, null), "reachWithinDays of a in PEACETIME is -1");
        refused(() -> new Requirement("a", PEACETIME, 1, null, 0), "sustainDays of a in PEACETIME is 0");
        refused(() -> new Crew("l", -1, 1), "certifiedPeople of line l is -1");
        refused(() -> new LineOutput("l", "p", 0, List.of()), "must be a Monday");
        refused(() -> new ProductOutput("p", 1, 1, 0), "must be 1 to 91");
        refused(() -> new SurgeMaterial("", "name", "kg"), "must not be empty");
    }

    @Test
    void defaults_come_from_the_posture() {
        assertThat(new Requirement("a", PEACETIME, 1, null, null).holdDays()).isEqualTo(90);
        assertThat(new Requirement("a", Posture.CRISIS, 1, null, null).reachDays())
                .isEqualTo(90);
        assertThat(new Requirement("a", Posture.CONFLICT, 1, null, null).reachDays())
                .isEqualTo(365);
        assertThat(new Requirement("a", Posture.CONFLICT, 1, 3, 4).holdDays()).isEqualTo(4);
    }

    @Test
    void the_snapshot_is_about_the_day_that_it_closes_or_lies_in() {
        long midnight = Scene.TODAY;

        assertThat(new Scene().snapshot().asOfEpochDay()).isEqualTo(midnight / Scene.DAY - 1);
    }

    @Test
    void numbers_read_well() {
        assertThat(Numbers.text(100_000)).isEqualTo("100,000");
        assertThat(Numbers.text(1_234_567.4)).isEqualTo("1,234,567");
        assertThat(Numbers.text(999.6)).isEqualTo("1,000");
        assertThat(Numbers.text(50.8474)).isEqualTo("50.8");
        assertThat(Numbers.text(.508474)).isEqualTo("0.508");
        assertThat(Numbers.text(120)).isEqualTo("120");
        assertThat(Numbers.text(0)).isEqualTo("0");
    }
}

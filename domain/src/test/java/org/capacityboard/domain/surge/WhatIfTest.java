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
}

package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.throughput.MachineState.EXECUTE;
import static org.capacityboard.domain.throughput.MachineState.IDLE;
import static org.capacityboard.domain.throughput.MachineState.OFFLINE;
import static org.capacityboard.domain.throughput.MachineState.STOPPED;

import java.time.Instant;
import java.time.LocalDate;
import org.capacityboard.domain.reference.LineCalendar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples of the KPI definitions, exact. */
final class WorkedExamplesTest {
    private static final double SIX = 6 * 60;

    private static void assertRatio(@Nullable Double ratio, double expected, double precision) {
        assertThat(ratio).isCloseTo(expected, within(precision));
    }

    /** A shift whose stop comes first, then a pause, then work until its end. */
    private static Scene shift(
            double cycleSeconds, int minutes, int breakMinutes, int downMinutes, long good, long scrap) {
        double workFrom = SIX + downMinutes + breakMinutes;
        return Scene.of(cycleSeconds)
                .planned(SIX, SIX + minutes, Scene.pause(SIX + downMinutes, workFrom))
                .reports(SIX, STOPPED, 0, 0)
                .reports(workFrom, EXECUTE, 0, 0)
                .reports(SIX + minutes, IDLE, good, scrap)
                .until(SIX + minutes + 60);
    }

    @Test
    void shift_of_480_minutes_with_423_of_19271_scrapped_has_oee_747937() {
        Scene scene = shift(1, 480, 60, 47, 18_848, 423);

        Effectiveness ratios = scene.effectiveness();
        assertRatio(ratios.availability(), .888095, 5e-7);
        assertRatio(ratios.effectiveness(), .861081, 5e-7);
        assertRatio(ratios.quality(), .978050, 5e-7);
        assertRatio(ratios.oee(), .747937, 5e-7);
        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(18_848);
        assertThat(scene.total(Fact.PLANNED_MS)).isEqualTo(420 * Scene.MINUTE);
    }

    @Test
    void shift_of_480_minutes_with_25_of_700_scrapped_has_oee_77_59_percent() {
        Effectiveness ratios = shift(30, 480, 45, 30, 675, 25).effectiveness();

        assertRatio(ratios.availability(), .9310, 5e-5);
        assertRatio(ratios.effectiveness(), .8642, 5e-5);
        assertRatio(ratios.quality(), .9643, 5e-5);
        assertRatio(ratios.oee(), .7759, 5e-5);
    }

    @Test
    void plant_of_three_machines_weighs_quality_by_ideal_time() {
        Scene first = shift(10, 455, 0, 32, 2_190, 50);
        Scene second = shift(45, 455, 0, 18, 425, 25);
        Scene third = shift(70, 455, 0, 22, 218, 11);

        assertRatio(first.effectiveness().oee(), .8022, 5e-5);
        assertRatio(second.effectiveness().oee(), .7005, 5e-5);
        assertRatio(third.effectiveness().oee(), .5590, 5e-5);
        Effectiveness plant = Effectiveness.of(
                Effectiveness.sum(Effectiveness.sum(first.book.total(), second.book.total()), third.book.total()));
        assertRatio(plant.availability(), .9473, 5e-5);
        assertRatio(plant.effectiveness(), .7564, 5e-5);
        assertRatio(plant.quality(), .9592, 5e-5);
        assertRatio(plant.oee(), .6872, 5e-5);
    }

    @Test
    void overtime_does_not_inflate_effectiveness() {
        Scene scene = Scene.of(30)
                .planned(SIX, 14 * 60)
                .reports(SIX, EXECUTE, 0, 0)
                .reports(16 * 60, IDLE, 1_200, 0)
                .until(17 * 60);

        assertThat(scene.total(Fact.IDEAL_US)).isEqualTo(28_800_000_000L);
        assertThat(scene.effectiveness().effectiveness()).isEqualTo(1.0);
        assertThat(scene.total(Fact.UNPLANNED_PRODUCING_MS)).isEqualTo(120 * Scene.MINUTE);
        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(1_200);
    }

    @Test
    void silent_gap_does_not_inflate_effectiveness() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.PLANNED), "UTC")
                .planned(SIX, 8 * 60)
                .reports(SIX, EXECUTE, 0, 0)
                .reports(8 * 60, EXECUTE, 240, 0)
                .until(8 * 60);

        assertThat(scene.total(Fact.PRODUCING_MS)).isEqualTo(180_000);
        assertThat(scene.total(Fact.UNKNOWN_MS)).isEqualTo(7_020_000);
        assertThat(scene.total(Fact.IDEAL_US)).isEqualTo(180_000_000);
        assertThat(scene.effectiveness().effectiveness()).isEqualTo(1.0);
    }

    @Test
    void changeover_keeps_each_product_with_its_own_cycle() {
        Scene scene = Scene.of(30)
                .planned(SIX, 10 * 60)
                .reports(SIX, EXECUTE, "a", 0, 0)
                .reports(7 * 60, EXECUTE, "b", 120, 0)
                .reports(8 * 60, IDLE, "b", 180, 0)
                .until(10 * 60);

        assertThat(scene.ofProduct("a", Fact.IDEAL_US)).isEqualTo(3_600_000_000L);
        assertThat(scene.ofProduct("b", Fact.IDEAL_US)).isEqualTo(3_600_000_000L);
        assertThat(scene.ofProduct("a", Fact.GOOD_UNITS)).isEqualTo(120);
        assertThat(scene.total(Fact.IDEAL_US)).isEqualTo(7_200_000_000L);
    }

    @Test
    void unknown_hour_widens_oee_from_675_to_7875() {
        Scene scene = Scene.of(30)
                .planned(SIX, SIX + 480)
                .reports(SIX, OFFLINE, 0, 0)
                .reports(SIX + 60, STOPPED, 0, 0)
                .reports(SIX + 120, EXECUTE, 0, 0)
                .reports(SIX + 480, IDLE, 648, 0)
                .until(SIX + 500);

        Effectiveness ratios = scene.effectiveness();
        assertRatio(ratios.availability(), .857143, 5e-7);
        assertRatio(ratios.oee(), .771429, 5e-7);
        assertRatio(ratios.oeeLow(), .675, 1e-12);
        assertRatio(ratios.oeeHigh(), .7875, 1e-12);
    }

    @Test
    void counter_100_175_20_35_makes_75_then_20_then_15() {
        Scene scene = Scene.of(30);
        long[] counters = {100, 175, 20, 35};
        for (int i = 0; i < counters.length; i++) {
            scene.reports(i, EXECUTE, counters[i], 0);
        }
        scene.until(10);

        for (int i = 1; i < counters.length; i++) {
            long[] facts = scene.book.minutes.get("a " + Scene.at(i));
            assertThat(facts).isNotNull();
            assertThat(facts[Fact.GOOD_UNITS.ordinal()]).isEqualTo(new long[] {0, 75, 20, 15}[i]);
        }
    }

    @Test
    void counter_990_995_3_8_makes_13_though_995_comes_last_and_twice() {
        Scene scene = Scene.of(30);
        LineReport second = Scene.report(1, Scene.at(1), EXECUTE, null, 995, 0);
        scene.report(Scene.report(0, Scene.at(0), EXECUTE, null, 990, 0), Scene.NO_WATERMARK);
        scene.report(Scene.report(2, Scene.at(2), EXECUTE, null, 3, 0), Scene.NO_WATERMARK);
        scene.report(Scene.report(3, Scene.at(3), EXECUTE, null, 8, 0), Scene.NO_WATERMARK);
        assertThat(scene.report(second, Scene.NO_WATERMARK)).isEqualTo(LineTimeline.Outcome.ACCEPTED);
        assertThat(scene.report(second, Scene.NO_WATERMARK)).isEqualTo(LineTimeline.Outcome.DUPLICATE);
        scene.until(10);

        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(13);
        assertThat(scene.total(Fact.DUPLICATES)).isEqualTo(1);
        assertThat(scene.total(Fact.LOST_REPORTS)).isZero();
    }

    @Test
    void unit_found_bad_afterwards_moves_from_good_to_scrap() {
        Scene scene = Scene.of(30)
                .reports(0, EXECUTE, 1_000, 10)
                .reports(1, EXECUTE, 999, 11)
                .until(5);

        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(-1);
        assertThat(scene.total(Fact.SCRAP_UNITS)).isEqualTo(1);
    }

    @Test
    void fall_of_a_tenth_or_more_is_a_reset() {
        assertThat(Walk.increment(11, 10)).isEqualTo(-1);
        assertThat(Walk.increment(10, 9)).isEqualTo(9);
        assertThat(Walk.increment(5, 4)).isEqualTo(4);
        assertThat(Walk.increment(1, 0)).isZero();
        assertThat(Walk.increment(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isEqualTo(-1);
    }

    @Test
    void days_of_23_and_25_hours_are_planned_and_known_for_their_real_length() {
        for (String[] change : new String[][] {{"2026-03-29", "23"}, {"2026-10-25", "25"}}) {
            Scene scene = Scene.of(Scene.patient(Scene.line(30, LineCalendar.AROUND_THE_CLOCK)), "Europe/Warsaw");
            long start = Instant.parse(change[0] + "T00:00:00Z").toEpochMilli();
            for (int hour = -24; hour <= 48; hour++) {
                scene.report(Scene.report(hour, start + hour * Ms.HOUR, EXECUTE, null, 0, 0), Scene.NO_WATERMARK);
            }
            scene.timeline().advance(start + 2 * Scene.DAY, scene.book);

            long[] facts = scene.book.days.get("a " + LocalDate.parse(change[0]).toEpochDay());
            assertThat(facts).isNotNull();
            assertThat(facts[Fact.PLANNED_MS.ordinal()]).isEqualTo(Long.parseLong(change[1]) * Ms.HOUR);
            assertThat(facts[Fact.PRODUCING_MS.ordinal()]).isEqualTo(Long.parseLong(change[1]) * Ms.HOUR);
        }
    }

    @Test
    void oee_is_zero_but_effectiveness_null_when_down_all_day() {
        Effectiveness ratios = Scene.of(30)
                .planned(SIX, 14 * 60)
                .reports(SIX, STOPPED, 0, 0)
                .until(14 * 60)
                .effectiveness();

        assertThat(ratios.oee()).isEqualTo(0.0);
        assertThat(ratios.availability()).isEqualTo(0.0);
        assertThat(ratios.effectiveness()).isNull();
        assertThat(ratios.quality()).isNull();
    }

    @Test
    void ratios_are_null_when_nothing_was_planned() {
        Effectiveness ratios = Effectiveness.of(new long[Fact.COUNT]);

        assertThat(ratios.oee()).isNull();
        assertThat(ratios.completeness()).isNull();
        assertThat(ratios.oeeHigh()).isNull();
        assertThat(ratios.idealCycleSuspect()).isFalse();
    }
}

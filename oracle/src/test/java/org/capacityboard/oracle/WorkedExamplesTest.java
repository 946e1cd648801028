package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.events.MachineState.EXECUTE;
import static org.capacityboard.events.MachineState.IDLE;
import static org.capacityboard.events.MachineState.OFFLINE;
import static org.capacityboard.events.MachineState.SETUP;
import static org.capacityboard.events.MachineState.STOPPED;

import org.assertj.core.data.Offset;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.oracle.Story.DayFacts;
import org.junit.jupiter.api.Test;

/** The worked examples of the throughput rules, each by name. */
class WorkedExamplesTest {
    private static final int HOUR_MS = 3_600_000;
    /** A line that is always heard of. */
    private static final int A_DAY = 86_400;

    private static final Offset<Double> SIX_PLACES = within(5e-7);
    private static final Offset<Double> PERCENT_TWO_PLACES = within(5e-5);

    @Test
    void shift_of_480_minutes_with_breaks_and_a_stop_has_an_oee_of_747937() {
        DayFacts day = Story.day(new Story()
                .line(1.0, A_DAY)
                .plan("08:00", "16:00", "10:00", "10:15", "12:00", "12:45")
                .report("08:00", EXECUTE, 0, 0)
                .report("10:00", IDLE, 7_000, 100)
                .report("10:15", EXECUTE, 7_000, 100)
                .report("12:00", IDLE, 12_000, 300)
                .report("12:45", STOPPED, 12_000, 300)
                .report("13:32", EXECUTE, 12_000, 300)
                .report("16:00", IDLE, 18_848, 423)
                .until("16:00"));

        assertThat(day.availability()).isEqualTo(.888095, SIX_PLACES);
        assertThat(day.effectiveness()).isEqualTo(.861081, SIX_PLACES);
        assertThat(day.quality()).isEqualTo(.978050, SIX_PLACES);
        assertThat(day.oee()).isEqualTo(.747937, SIX_PLACES);
        assertThat(day.sum("good_units")).isEqualTo(18_848);
    }

    @Test
    void shift_with_45_minutes_of_breaks_and_30_down_has_an_oee_of_77_59_percent() {
        DayFacts day = Story.day(new Story()
                .line(30, A_DAY)
                .plan("06:00", "14:00", "10:00", "10:45")
                .report("06:00", EXECUTE, 0, 0)
                .report("10:00", IDLE, 400, 10)
                .report("10:45", STOPPED, 400, 10)
                .report("11:15", EXECUTE, 400, 10)
                .report("14:00", IDLE, 675, 25)
                .until("14:00"));

        assertThat(day.availability()).isEqualTo(.9310, PERCENT_TWO_PLACES);
        assertThat(day.effectiveness()).isEqualTo(.8642, PERCENT_TWO_PLACES);
        assertThat(day.quality()).isEqualTo(.9643, PERCENT_TWO_PLACES);
        assertThat(day.oee()).isEqualTo(.7759, PERCENT_TWO_PLACES);
    }

    @Test
    void plant_of_three_machines_weighs_quality_by_ideal_time_not_by_units() {
        Story story = new Story();
        machine(story, "m1", 10, 2_240, 50, "06:32");
        machine(story, "m2", 45, 450, 25, "06:18");
        machine(story, "m3", 70, 229, 11, "06:22");
        OracleRows rows = story.until("13:35");

        assertThat(Story.day(rows, "m1", Story.DAY).oee()).isEqualTo(.8022, PERCENT_TWO_PLACES);
        assertThat(Story.day(rows, "m2", Story.DAY).oee()).isEqualTo(.7005, PERCENT_TWO_PLACES);
        assertThat(Story.day(rows, "m3", Story.DAY).oee()).isEqualTo(.5590, PERCENT_TWO_PLACES);
        DayFacts plant = new DayFacts(rows.filter((key, row) -> key.table() == OracleTable.LINE_PRODUCT_DAY));
        assertThat(plant.availability()).isEqualTo(.9473, PERCENT_TWO_PLACES);
        assertThat(plant.effectiveness()).isEqualTo(.7564, PERCENT_TWO_PLACES);
        assertThat(plant.quality()).isEqualTo(.9592, PERCENT_TWO_PLACES);
        assertThat(plant.oee()).isEqualTo(.6872, PERCENT_TWO_PLACES);
    }

    private static void machine(Story story, String lineId, double cycle, long made, long scrap, String runsFrom) {
        story.line(lineId, cycle, A_DAY, LineCalendar.PLANNED)
                .planOf(lineId, "06:00", "13:35")
                .report(lineId, "06:00", STOPPED, Story.A, 0, 0)
                .report(lineId, runsFrom, EXECUTE, Story.A, 0, 0)
                .report(lineId, "13:35", IDLE, Story.A, made - scrap, scrap);
    }

    @Test
    void overtime_does_not_inflate_effectiveness() {
        DayFacts day = Story.day(new Story()
                .line(30, A_DAY)
                .plan("06:00", "14:00")
                .report("06:00", EXECUTE, 0, 0)
                .report("16:00", IDLE, 1_200, 0)
                .until("16:00"));

        assertThat(day.sum("ideal_us")).isEqualTo(28_800_000_000L);
        assertThat(day.effectiveness()).isEqualTo(1);
        assertThat(day.sum("unplanned_producing_ms")).isEqualTo(2 * HOUR_MS);
    }

    @Test
    void a_silent_gap_does_not_inflate_effectiveness() {
        DayFacts day = Story.day(new Story()
                .line(30, 60)
                .plan("06:00", "08:00")
                .report("06:00", EXECUTE, 0, 0)
                .report("08:00", EXECUTE, 240, 0)
                .until("08:00"));

        assertThat(day.sum("producing_ms")).isEqualTo(180_000);
        assertThat(day.sum("unknown_ms")).isEqualTo(7_020_000);
        assertThat(day.sum("ideal_us")).isEqualTo(180_000_000);
        assertThat(day.effectiveness()).isEqualTo(1);
    }

    @Test
    void a_changeover_gives_each_product_its_own_cycle() {
        DayFacts day = Story.day(new Story()
                .line(30, A_DAY)
                .plan("06:00", "08:00")
                .report("06:00", EXECUTE, 0, 0)
                .report(Story.LINE, "07:00", EXECUTE, Story.B, 120, 0)
                .report(Story.LINE, "08:00", EXECUTE, Story.B, 180, 0)
                .until("08:00"));

        assertThat(day.sum("ideal_us")).isEqualTo(7_200_000_000L);
        assertThat(day.of(Story.A).sum("ideal_us")).isEqualTo(3_600_000_000L);
        assertThat(day.of(Story.B).sum("ideal_us")).isEqualTo(3_600_000_000L);
    }

    @Test
    void unknown_time_gives_bounds_around_the_oee() {
        DayFacts day = Story.day(new Story()
                .line(30, A_DAY)
                .plan("06:00", "14:00")
                .report("06:00", OFFLINE, 0, 0)
                .report("07:00", STOPPED, 0, 0)
                .report("08:00", EXECUTE, 0, 0)
                .report("14:00", IDLE, 648, 0)
                .until("14:00"));

        assertThat(day.availability()).isEqualTo(.857143, SIX_PLACES);
        assertThat(day.oee()).isEqualTo(.771429, SIX_PLACES);
        assertThat(day.oeeLow()).isEqualTo(.675, SIX_PLACES);
        assertThat(day.oeeHigh()).isEqualTo(.7875, SIX_PLACES);
    }

    @Test
    void a_counter_that_falls_far_was_reset() {
        OracleRows rows = new Story()
                .line(30, A_DAY)
                .report("06:00", EXECUTE, 100, 0)
                .report("06:01", EXECUTE, 175, 0)
                .report("06:02", EXECUTE, 20, 0)
                .report("06:03", EXECUTE, 35, 0)
                .until("07:00");

        assertThat(goodOfMinute(rows, "06:01")).isEqualTo(75);
        assertThat(goodOfMinute(rows, "06:02")).isEqualTo(20);
        assertThat(goodOfMinute(rows, "06:03")).isEqualTo(15);
    }

    @Test
    void a_report_that_comes_last_and_twice_counts_once_in_its_place() {
        Story story = new Story().line(30, A_DAY);
        story.reportAs(0, "06:00", 990);
        story.reportAs(2, "06:02", 3);
        story.reportAs(3, "06:03", 8);
        story.reportAs(1, "06:01", 995).again();

        assertThat(Story.day(story.until("07:00")).sum("good_units")).isEqualTo(13);
    }

    @Test
    void a_counter_that_falls_a_little_was_corrected() {
        DayFacts day = Story.day(new Story()
                .line(30, A_DAY)
                .report("06:00", EXECUTE, 1_000, 10)
                .report("06:01", EXECUTE, 999, 11)
                .until("07:00"));

        assertThat(day.sum("good_units")).isEqualTo(-1);
        assertThat(day.sum("scrap_units")).isEqualTo(1);
    }

    @Test
    void a_day_of_23_hours_is_planned_and_known_for_23_hours() {
        assertRealLength("2026-03-28", "2026-03-29", "2026-03-31T00:00:00Z", 23);
    }

    @Test
    void a_day_of_25_hours_is_planned_and_known_for_25_hours() {
        assertRealLength("2026-10-24", "2026-10-25", "2026-10-27T00:00:00Z", 25);
    }

    private static void assertRealLength(String dayBefore, String day, String until, int hours) {
        OracleRows rows = new Story()
                .plant("Europe/Vienna")
                .line(Story.LINE, 30, 10 * A_DAY, LineCalendar.AROUND_THE_CLOCK)
                .report(dayBefore + "T00:00:00Z", SETUP, 0, 0)
                .until(until);

        DayFacts facts = Story.day(rows, Story.LINE, day);
        assertThat(facts.sum("planned_ms")).isEqualTo((long) hours * HOUR_MS);
        assertThat(facts.sum("setup_ms")).isEqualTo((long) hours * HOUR_MS);
        assertThat(facts.sum("unknown_ms")).isZero();
    }

    private static long goodOfMinute(OracleRows rows, String time) {
        OracleRow row = rows.row(OracleKey.minute(Story.LINE, Story.A, Story.at(time)));
        return row.values().get(OracleTable.LINE_PRODUCT_MINUTE.columns().indexOf("good_units"));
    }
}

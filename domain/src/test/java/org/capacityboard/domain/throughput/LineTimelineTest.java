package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.capacityboard.domain.throughput.MachineState.EXECUTE;
import static org.capacityboard.domain.throughput.MachineState.HELD;
import static org.capacityboard.domain.throughput.MachineState.IDLE;
import static org.capacityboard.domain.throughput.MachineState.OFFLINE;
import static org.capacityboard.domain.throughput.MachineState.STOPPED;
import static org.capacityboard.domain.throughput.Scene.DAY;
import static org.capacityboard.domain.throughput.Scene.HORIZON;
import static org.capacityboard.domain.throughput.Scene.MINUTE;
import static org.capacityboard.domain.throughput.Scene.NO_WATERMARK;
import static org.capacityboard.domain.throughput.Scene.at;

import java.util.List;
import java.util.Map;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.junit.jupiter.api.Test;

final class LineTimelineTest {
    private static final double SIX = 6 * 60;

    private static ShiftPlanVersion plan(long revision, double from, double to, boolean cancelled) {
        return new ShiftPlanVersion(
                "shift", "line-1", Versions.ALWAYS, revision, at(from), at(to), List.of(), cancelled);
    }

    private static LineReport executing(long sequence, double minute, long good) {
        return Scene.report(sequence, at(minute), EXECUTE, null, good, 0);
    }

    private static long[] minute(Scene scene, double minute) {
        long[] facts = scene.book.minutes.get("a " + at(minute));
        assertThat(facts).isNotNull();
        return facts == null ? new long[Fact.COUNT] : facts;
    }

    @Test
    void report_is_late_when_it_would_change_what_is_older_than_the_horizon() {
        Scene scene = Scene.of(30).reports(0, EXECUTE, 0, 0).reports(20, EXECUTE, 9, 0);
        long watermark = at(10) + HORIZON;

        assertThat(scene.report(executing(-1, -1, 0), watermark)).isEqualTo(Outcome.LATE);
        assertThat(scene.report(Scene.report(5, at(9), IDLE, null, 9, 0), watermark))
                .as("it comes after minute 20, so it changes nothing older")
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(scene.report(executing(0, 5, 0), watermark)).isEqualTo(Outcome.LATE);
        assertThat(scene.report(executing(0, 0, 0), watermark)).isEqualTo(Outcome.DUPLICATE);
        assertThat(scene.timeline().version()).isEqualTo(5);
    }

    @Test
    void late_report_is_counted_in_the_minute_that_judged_it() {
        Scene scene = Scene.of(30).reports(0, EXECUTE, 0, 0).reports(20, EXECUTE, 9, 0);
        long judgedAt = at(30) + HORIZON;
        scene.report(executing(-1, -1, 0), judgedAt);

        scene.timeline().advance(judgedAt + MINUTE, scene.book);

        long[] facts = scene.book.minutes.get("a " + judgedAt);
        assertThat(facts).isNotNull();
        assertThat(facts[Fact.LATE_REPORTS.ordinal()]).isEqualTo(1);
    }

    @Test
    void same_revision_with_other_content_is_refused_and_the_first_stands() {
        Scene scene = Scene.of(30);
        LineTimeline timeline = scene.timeline();

        assertThat(timeline.plan(plan(1, 0, 60, false), NO_WATERMARK)).isEqualTo(Outcome.ACCEPTED);
        assertThat(timeline.plan(plan(1, 0, 60, false), NO_WATERMARK)).isEqualTo(Outcome.DUPLICATE);
        assertThat(timeline.plan(plan(1, 0, 90, false), NO_WATERMARK)).isEqualTo(Outcome.CONFLICT);
        assertThat(timeline.line(Scene.line(31, LineCalendar.PLANNED), NO_WATERMARK))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(timeline.plant(Scene.plantIn("UTC"), NO_WATERMARK)).isEqualTo(Outcome.DUPLICATE);
        assertThat(timeline.plant(Scene.plantIn("Asia/Tokyo"), NO_WATERMARK)).isEqualTo(Outcome.CONFLICT);
        assertThat(timeline.version()).isEqualTo(3);
    }

    @Test
    void cancelled_shift_becomes_rows_of_zero() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.PLANNED), "UTC");
        scene.timeline().plan(plan(0, 0, 60, false), NO_WATERMARK);
        scene.until(90);
        assertThat(scene.total(Fact.UNKNOWN_MS)).isEqualTo(60 * MINUTE);

        scene.timeline().plan(plan(1, 0, 60, true), at(90));
        scene.until(90);

        assertThat(scene.total(Fact.PLANNED_MS)).isZero();
        assertThat(minute(scene, 30)).containsOnly(0);
        assertThat(scene.book.comparable()).isEmpty();
    }

    @Test
    void plan_that_comes_late_applies_to_the_last_48_hours_only() {
        Scene scene = Scene.of(30);
        scene.until(48 * 60 + 30);

        scene.timeline().plan(plan(0, 0, 60, false), at(48 * 60 + 30));
        scene.until(48 * 60 + 30);

        assertThat(scene.total(Fact.PLANNED_MS)).isEqualTo(30 * MINUTE);
    }

    @Test
    void plan_that_comes_late_restores_the_ideal_time_of_the_next_report() {
        Scene scene = Scene.of(30).reports(0, EXECUTE, 0, 0).reports(120, EXECUTE, 240, 0);
        scene.until(130);
        assertThat(scene.total(Fact.IDEAL_US)).isZero();

        scene.timeline().plan(plan(0, 0, 60, false), at(130));
        scene.until(130);

        assertThat(scene.total(Fact.IDEAL_US)).isEqualTo(3_600_000_000L);
    }

    @Test
    void product_that_a_correction_takes_away_becomes_zero() {
        Scene scene = Scene.of(30).planned(0, 60);
        scene.report(Scene.report(0, at(0), EXECUTE, "b", 0, 0), NO_WATERMARK);
        scene.until(70);
        assertThat(scene.ofProduct("b", Fact.PRODUCING_MS)).isEqualTo(60 * MINUTE);

        scene.report(Scene.report(0, at(0) + 1, EXECUTE, "c", 0, 0), at(70));
        scene.until(70);

        assertThat(scene.ofProduct("b", Fact.PRODUCING_MS)).isZero();
        assertThat(scene.ofProduct("c", Fact.PRODUCING_MS)).isEqualTo(60 * MINUTE - 1);
        assertThat(scene.ofProduct("a", Fact.UNKNOWN_MS)).isEqualTo(1);
    }

    @Test
    void clock_that_steps_back_neither_resets_nor_counts_twice() {
        Scene scene = Scene.of(30)
                .planned(0, 60)
                .reports(10, EXECUTE, 100, 0)
                .reports(20, EXECUTE, 120, 0)
                .reports(15, EXECUTE, 130, 0)
                .reports(30, IDLE, 140, 0)
                .until(60);

        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(40);
        assertThat(scene.total(Fact.PRODUCING_MS)).isEqualTo(20 * MINUTE);
        assertThat(minute(scene, 20)[Fact.GOOD_UNITS.ordinal()]).isEqualTo(30);
    }

    @Test
    void of_two_contents_of_one_report_the_one_with_the_higher_bytes_counts_in_either_order() {
        LineReport first = Scene.report(0, at(5), STOPPED, null, 10, 0);
        LineReport second = Scene.report(0, at(5), IDLE, null, 99, 0);
        for (List<LineReport> order : List.of(List.of(first, second), List.of(second, first))) {
            Scene scene = Scene.of(30).planned(0, 60);
            order.forEach(report -> scene.report(report, NO_WATERMARK));
            scene.until(60);

            assertThat(scene.total(Fact.DOWN_MS)).isEqualTo(55 * MINUTE);
            assertThat(scene.total(Fact.REPORTS)).isEqualTo(1);
            assertThat(scene.total(Fact.DUPLICATES)).isEqualTo(1);
        }
    }

    @Test
    void silent_line_becomes_unknown_after_three_heartbeats_and_offline_at_once() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.AROUND_THE_CLOCK), "UTC")
                .reports(0, EXECUTE, 0, 0)
                .until(2);
        assertThat(scene.book.current).extracting(CurrentState::state).isEqualTo(EXECUTE);
        assertThat(scene.timeline().hasOpenChanges()).isTrue();

        scene.until(3);
        assertThat(scene.book.current).extracting(CurrentState::state).isNull();
        assertThat(scene.book.current).extracting(CurrentState::sinceMs).isEqualTo(at(3));

        scene.reports(10, HELD, 0, 0).reports(11, OFFLINE, 0, 0).until(12);
        assertThat(scene.book.current).extracting(CurrentState::state).isNull();
        assertThat(scene.book.current).extracting(CurrentState::sinceMs).isEqualTo(at(11));
        assertThat(scene.total(Fact.UNKNOWN_MS)).isEqualTo(8 * MINUTE);
    }

    @Test
    void current_state_counts_units_of_the_last_hour_and_of_the_production_day() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.AROUND_THE_CLOCK), "UTC");
        for (int minute = 0; minute <= 150; minute++) {
            scene.reports(minute, EXECUTE, 2L * minute, 0);
        }
        scene.until(150.5);

        CurrentState current = scene.book.current;
        assertThat(current).isNotNull();
        assertThat(current.unitsToday()).isEqualTo(300);
        assertThat(current.unitsLastHour()).isEqualTo(120);
        assertThat(current.sinceMs()).isEqualTo(at(0));
        assertThat(current.plannedNow()).isTrue();
        assertThat(current.completenessToday()).isEqualTo(1.0);
    }

    @Test
    void line_with_nothing_planned_sleeps_until_its_rows_are_final_and_then_for_ever() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.PLANNED), "UTC").reports(10, IDLE, 0, 0);
        scene.until(30);
        assertThat(scene.timeline().hasOpenChanges()).isFalse();

        int calls = 0;
        while (scene.timeline().nextDue() != Long.MAX_VALUE) {
            scene.timeline().advance(scene.timeline().nextDue(), scene.book);
            calls++;
        }

        assertThat(calls).isLessThan(12);
        assertThat(scene.book.finals)
                .isNotEmpty()
                .allSatisfy((key, isFinal) -> assertThat(isFinal).as(key).isTrue());
        assertThat(scene.hours.hours()).isEmpty();
    }

    @Test
    void nothing_is_due_for_a_line_that_never_reported_and_has_no_plan() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.AROUND_THE_CLOCK), "UTC");
        scene.timeline().advance(at(0), scene.book);

        assertThat(scene.timeline().nextDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(scene.timeline().hasOpenChanges()).isFalse();
        assertThat(scene.book.rows).isEmpty();
    }

    @Test
    void state_ends_with_only_the_anchor_and_the_next_increment_is_still_right() {
        Scene scene = Scene.of(30);
        scene.rewriteState = true;
        long bytes = 0;
        int sequence = 0;
        for (int day = 0; day < 12; day++) {
            scene.planned(day * 1_440 + SIX, day * 1_440 + 22 * 60);
            for (int minute = 0; minute < 1_440; minute += 10) {
                double now = day * 1_440 + minute;
                scene.report(executing(sequence, now, 3L * sequence), at(now));
                sequence++;
            }
            scene.timeline().advance(at((day + 1) * 1_440), scene.book);
            long size = scene.head.encode().length;
            for (long hour : scene.hours.hours()) {
                HourChunk chunk = scene.hours.get(hour);
                size += chunk == null ? 0 : chunk.encode().length;
            }
            if (day == 4) {
                bytes = size;
            }
            assertThat(day > 4 ? size : 0).isLessThan(bytes * 2 + 1);
        }

        scene.timeline().advance(at(0) + 30 * DAY, scene.book);

        assertThat(scene.hours.hours()).isEmpty();
        assertThat(scene.head.anchor).isNotNull();
        assertThat(scene.head.days).isEmpty();
        assertThat(scene.head.plans).isEmpty();
        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(3L * (sequence - 1));
        scene.report(executing(sequence, 30 * 1_440, 3L * sequence), at(30 * 1_440));
        scene.timeline().advance(at(30 * 1_440 + 1), scene.book);
        assertThat(minute(scene, 30 * 1_440)[Fact.GOOD_UNITS.ordinal()]).isEqualTo(3);
        assertThat(scene.timeline().report(executing(0, 0, 0), NO_WATERMARK)).isEqualTo(Outcome.LATE);
    }

    @Test
    void silence_of_ten_years_without_plans_is_skipped() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.PLANNED), "UTC")
                .reports(0, EXECUTE, 0, 0)
                .reports(10 * 365 * 1_440, EXECUTE, 7, 0);

        scene.until(10 * 365 * 1_440 + 5);

        assertThat(scene.book.written).isLessThan(30);
        assertThat(scene.total(Fact.GOOD_UNITS)).isEqualTo(7);
    }

    @Test
    void changed_line_version_counts_from_its_start_and_keeps_the_cycle_of_older_reports() {
        Scene scene = Scene.of(30).planned(0, 240);
        scene.timeline()
                .line(
                        Scene.patient(new LineVersion(
                                "line-1",
                                at(90),
                                0,
                                "PL001",
                                "c",
                                10_000_000,
                                Map.of(),
                                MINUTE,
                                LineCalendar.PLANNED,
                                100)),
                        NO_WATERMARK);
        scene.reports(60, EXECUTE, 0, 0)
                .reports(120, EXECUTE, 100, 0)
                .reports(180, IDLE, 300, 0)
                .until(240);

        assertThat(scene.ofProduct("a", Fact.IDEAL_US)).isEqualTo(100 * 30_000_000L);
        assertThat(scene.ofProduct("c", Fact.IDEAL_US)).isEqualTo(200 * 10_000_000L);
        assertThat(scene.ofProduct("a", Fact.PLANNED_MS)).isEqualTo(120 * MINUTE);
    }

    @Test
    void split_report_changes_no_time_and_no_unit() {
        Scene whole = Scene.of(30)
                .planned(0, 60)
                .reports(0, EXECUTE, 0, 0)
                .reports(40, IDLE, 80, 4)
                .until(60);
        Scene split = Scene.of(30)
                .planned(0, 60)
                .reports(0, EXECUTE, 0, 0)
                .reports(10, EXECUTE, 20, 1)
                .reports(40, IDLE, 80, 4)
                .until(60);

        for (Fact fact : Fact.values()) {
            if (fact != Fact.REPORTS) {
                assertThat(split.total(fact)).as(fact.column()).isEqualTo(whole.total(fact));
            }
        }
    }

    @Test
    void what_is_frozen_of_an_hour_does_not_follow_it() {
        Scene scene = Scene.of(30).reports(0, EXECUTE, 0, 0);
        HourChunk chunk = scene.hours.get(Ms.hour(at(0)));
        assertThat(chunk).isNotNull();
        byte[] before = chunk.encode();
        HourChunk frozen = chunk.frozen();

        scene.reports(1, STOPPED, 5, 0).reports(2, STOPPED, 6, 0).until(3);

        assertThat(chunk.encode()).isNotEqualTo(before);
        assertThat(frozen.encode()).isEqualTo(before);
        assertThat(frozen.thawed().encode()).isEqualTo(before);
        assertThat(frozen.isOpen()).isTrue();
    }

    @Test
    void state_of_a_newer_format_is_refused_with_a_reason() {
        byte[] bytes = new LineHead().encode();
        bytes[0] = 99;

        assertThatThrownBy(() -> LineHead.decode(bytes))
                .hasMessageContaining("format version 99")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void five_categories_partition_planned_time_in_every_row() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.PLANNED), "America/Toronto")
                .planned(0, 600);
        for (int i = 0; i < 80; i++) {
            scene.reports(i * 7.3, MachineState.values()[i % 11], i, 0);
        }
        scene.until(620);

        assertThat(scene.book.minutes).isNotEmpty().allSatisfy((key, facts) -> assertThat(facts[0])
                .isEqualTo(facts[1] + facts[2] + facts[3] + facts[4] + facts[5]));
    }
}

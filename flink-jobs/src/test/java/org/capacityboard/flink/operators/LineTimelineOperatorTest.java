package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.operators.LineInputs.LINE;
import static org.capacityboard.flink.operators.LineInputs.SHIFT_END;
import static org.capacityboard.flink.operators.LineInputs.minute;
import static org.capacityboard.flink.operators.LineInputs.ms;
import static org.capacityboard.flink.operators.LineInputs.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.types.SlimType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineTimelineOperatorTest {
    private static final TimelineTiming LIVE = new TimelineTiming(Duration.ofHours(48), Duration.ofSeconds(30), false);
    private static final TimelineTiming BOUNDED = new TimelineTiming(Duration.ofHours(48), Duration.ZERO, true);
    /** The wall clock when the watermark is at minute 3 and the job keeps up. */
    private static final Instant KEEPING_UP = minute(4);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable harness : opened) {
            harness.close();
        }
    }

    @Test
    void a_minute_is_written_when_the_watermark_passes_its_end() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(minute(1_000)));
        known(job);
        take(job, report(0, MachineState.EXECUTE, 0), report(1, MachineState.EXECUTE, 2));

        job.processWatermark(ms(minute(1)) - 1);
        assertThat(minutes(job)).isEmpty();

        job.processWatermark(ms(minute(1)));
        assertThat(lastMinute(job, 0)).satisfies(row -> {
            assertThat(row.facts()[Fact.PRODUCING_MS.ordinal()]).isEqualTo(60_000);
            assertThat(row.isFinal()).isFalse();
            assertThat(row.stamp().watermarkMs()).isEqualTo(ms(minute(1)));
        });
    }

    @Test
    void a_closed_minute_that_late_data_changes_is_written_again_with_a_higher_version() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(minute(1_000)));
        known(job);
        take(job, report(0, MachineState.EXECUTE, 0), report(4, MachineState.EXECUTE, 8));
        job.processWatermark(ms(minute(4)));
        ThroughputRow.Facts before = lastMinute(job, 2);

        take(job, report(2, MachineState.STOPPED, 4));
        job.processWatermark(ms(minute(4)) + 1);
        ThroughputRow.Facts after = lastMinute(job, 2);

        assertThat(before.facts()[Fact.DOWN_MS.ordinal()]).isZero();
        assertThat(after.facts()[Fact.DOWN_MS.ordinal()]).isEqualTo(60_000);
        assertThat(after.stamp()).isGreaterThan(before.stamp());
    }

    @Test
    void a_window_is_final_a_horizon_after_its_end_and_leaves_no_hours_in_state() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(minute(1_000_000)));
        known(job);
        take(job, report(0, MachineState.EXECUTE, 0), report(1, MachineState.IDLE, 2));
        int before = job.numKeyedStateEntries();

        job.processWatermark(ms(SHIFT_END.plus(Duration.ofDays(4))));

        assertThat(minutes(job).stream().filter(ThroughputRow.Facts::isFinal)).hasSize(480);
        assertThat(facts(job, FactWindow.DAY)).last().satisfies(day -> {
            assertThat(day.isFinal()).isTrue();
            assertThat(day.facts()[Fact.PLANNED_MS.ordinal()])
                    .isEqualTo(Duration.ofHours(8).toMillis());
        });
        assertThat(job.numKeyedStateEntries()).isLessThan(before + 1);
        job.snapshot(1, 1);
        assertThat(stored(job).hour()).isEqualTo(LineState.NO_HOUR);
        assertThat(stored(job).chunk()).isEmpty();
    }

    @Test
    void open_windows_are_written_every_second_while_the_job_keeps_up() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(KEEPING_UP));
        known(job);
        job.processWatermark(ms(minute(3)));
        job.getOutput().clear();

        take(job, report(3, MachineState.EXECUTE, 6));
        assertThat(job.getOutput()).isEmpty();
        job.setProcessingTime(ms(KEEPING_UP) + 1_001);

        assertThat(lastMinute(job, 3).facts()[Fact.REPORTS.ordinal()]).isEqualTo(1);
        assertThat(currents(job)).last().satisfies(row -> assertThat(row.state().state())
                .isEqualTo(MachineState.EXECUTE));
    }

    @Test
    void behind_the_clock_a_line_says_every_minute_what_it_does_and_far_behind_every_five() throws Exception {
        for (Duration behind : List.of(Duration.ofSeconds(150), Duration.ofHours(2))) {
            var job = start(LIVE, null);
            known(job);
            take(job, report(0, MachineState.EXECUTE, 0), report(1, MachineState.EXECUTE, 2));
            for (int minute = 2; minute < 12; minute++) {
                job.setProcessingTime(ms(minute(minute)) + behind.toMillis());
                job.processWatermark(ms(minute(minute)));
            }

            assertThat(currents(job)).hasSize(behind.toHours() == 0 ? 10 : 2);
        }
    }

    @Test
    void a_line_that_falls_silent_becomes_unknown() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(KEEPING_UP));
        known(job);
        take(job, report(2, MachineState.EXECUTE, 6));
        job.processWatermark(ms(minute(3)));
        job.setProcessingTime(ms(minute(8)));

        job.processWatermark(ms(minute(7)));

        assertThat(currents(job)).last().satisfies(row -> {
            assertThat(row.state().state()).isNull();
            assertThat(row.state().sinceMs()).isEqualTo(ms(minute(5)));
        });
    }

    @Test
    void a_report_waits_for_its_line_and_then_counts() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(KEEPING_UP));
        take(job, report(0, MachineState.EXECUTE, 0), report(1, MachineState.EXECUTE, 2));
        job.setProcessingTime(ms(KEEPING_UP) + 29_000);
        known(job);
        job.setProcessingTime(ms(KEEPING_UP) + 120_000);
        job.processWatermark(ms(minute(2)));

        assertThat(rejections(job)).isEmpty();
        assertThat(lastMinute(job, 1).facts()[Fact.GOOD_UNITS.ordinal()]).isEqualTo(2);
    }

    @Test
    void a_report_of_a_line_that_nobody_announced_is_refused_after_the_wait() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(KEEPING_UP));
        take(job, report(0, MachineState.EXECUTE, 0));
        job.setProcessingTime(ms(KEEPING_UP) + 29_999);
        assertThat(rejections(job)).isEmpty();

        job.setProcessingTime(ms(KEEPING_UP) + 30_000);

        assertThat(rejections(job)).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo(RejectReason.UNKNOWN_LINE);
            assertThat(rejection.reason()).contains(LINE).contains("Maybe");
            assertThat(rejection.payload()).contains("\"sequence\":0");
        });
        assertThat(((LineTimelineOperator) job.getOneInputOperator())
                        .<String>getKeyedStateBackend()
                        .getKeys("waiting", VoidNamespace.INSTANCE))
                .isEmpty();
    }

    @Test
    void a_report_older_than_the_horizon_is_refused_as_late_and_changes_nothing() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(minute(1_000_000)));
        known(job);
        take(job, report(0, MachineState.EXECUTE, 0), report(4_000, MachineState.EXECUTE, 8));
        job.processWatermark(ms(minute(4_000)));
        job.getOutput().clear();

        take(job, report(100, MachineState.STOPPED, 4));
        job.processWatermark(ms(minute(4_001)));

        assertThat(rejections(job)).singleElement().satisfies(rejection -> assertThat(rejection.code())
                .isEqualTo(RejectReason.LATE));
        assertThat(minutes(job)).noneMatch(row -> row.windowStart() == ms(minute(100)));
    }

    @Test
    void a_bounded_run_ends_with_its_open_windows_and_refuses_what_still_waits() throws Exception {
        var job = start(BOUNDED, null);
        job.setProcessingTime(ms(minute(1_000_000)));
        take(job, report(0, MachineState.EXECUTE, 0), report(1, MachineState.EXECUTE, 2));
        job.processWatermark(ms(minute(1)) + 30_000);
        job.processWatermark(Long.MAX_VALUE);

        assertThat(rejections(job)).hasSize(2);

        var known = start(BOUNDED, null);
        known.setProcessingTime(ms(minute(1_000_000)));
        known(known);
        take(known, report(0, MachineState.EXECUTE, 0), report(1, MachineState.EXECUTE, 2));
        known.processWatermark(ms(minute(1)) + 30_000);
        known.processWatermark(Long.MAX_VALUE);

        assertThat(lastMinute(known, 1).facts()[Fact.PRODUCING_MS.ordinal()]).isEqualTo(30_000);
        assertThat(facts(known, FactWindow.DAY)).last().satisfies(day -> assertThat(
                        day.facts()[Fact.GOOD_UNITS.ordinal()])
                .isEqualTo(2));
    }

    @Test
    void after_a_restore_the_same_input_gives_the_same_rows_with_versions_that_do_not_fall() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(KEEPING_UP));
        known(job);
        take(job, report(0, MachineState.EXECUTE, 0), report(1, MachineState.EXECUTE, 2));
        job.processWatermark(ms(minute(1)));
        OperatorSubtaskState checkpoint = job.snapshot(1, 1);
        take(job, report(2, MachineState.EXECUTE, 4));
        job.processWatermark(ms(minute(3)));
        ThroughputRow.Facts written = lastMinute(job, 2);

        var again = start(LIVE, checkpoint);
        again.setProcessingTime(ms(KEEPING_UP));
        take(again, report(2, MachineState.EXECUTE, 4));
        again.processWatermark(ms(minute(3)));

        ThroughputRow.Facts rewritten = lastMinute(again, 2);
        assertThat(rewritten.facts()).isEqualTo(written.facts());
        assertThat(rewritten.stamp()).isGreaterThanOrEqualTo(written.stamp());
    }

    @Test
    void after_a_restore_lateness_is_judged_from_the_highest_watermark_ever_seen() throws Exception {
        var job = start(LIVE, null);
        job.setProcessingTime(ms(minute(1_000_000)));
        known(job);
        take(job, report(0, MachineState.EXECUTE, 0), report(4_000, MachineState.EXECUTE, 8));
        job.processWatermark(ms(minute(4_000)));
        OperatorSubtaskState checkpoint = job.snapshot(1, 1);

        var again = start(LIVE, checkpoint);
        again.setProcessingTime(ms(minute(1_000_000)));
        take(again, report(100, MachineState.STOPPED, 4));

        assertThat(rejections(again)).hasSize(1);
    }

    @Test
    void a_checkpoint_holds_what_was_known_when_it_began_whatever_comes_while_it_is_written() throws Exception {
        // So many that the first of them are in their hour, and not with the head any more.
        LineInput[] before = minutesWithoutTheTenth();
        LineInput[] meanwhile = {report(10, MachineState.STOPPED, 10), report(61, MachineState.IDLE, 110)};
        List<List<ThroughputRow.Facts>> rows = new ArrayList<>();
        for (boolean isInterrupted : List.of(false, true)) {
            var job = start(LIVE, null);
            job.setProcessingTime(ms(minute(1_000_000)));
            known(job);
            job.snapshot(1, 1);
            take(job, before);
            job.processWatermark(ms(minute(5)));
            OperatorSnapshotFutures begun = job.getOperator()
                    .snapshotState(
                            2,
                            2,
                            CheckpointOptions.forCheckpointWithDefaultLocation(),
                            new MemCheckpointStreamFactory(1 << 20));
            if (isInterrupted) {
                take(job, meanwhile);
                job.processWatermark(ms(minute(62)));
            }
            OperatorSubtaskState checkpoint =
                    OperatorSnapshotFinalizer.create(begun).getJobManagerOwnedState();

            var again = start(LIVE, checkpoint);
            again.setProcessingTime(ms(minute(1_000_000)));
            again.processWatermark(ms(minute(120)));
            rows.add(facts(again, FactWindow.MINUTE));
        }

        assertThat(rows.get(0)).hasSizeGreaterThan(60);
        assertThat(rows.get(1)).usingRecursiveComparison().isEqualTo(rows.get(0));
    }

    /** The file is a checkpoint after minutes 0 to 58 without the 10th, as the codec of a line's state wrote it in its version 1: the hour at hand is one of the hours. */
    @Test
    void a_checkpoint_whose_hour_at_hand_is_among_the_others_goes_on() throws Exception {
        LineInput[] before = minutesWithoutTheTenth();
        LineInput[] after = {report(10, MachineState.STOPPED, 10), report(61, MachineState.IDLE, 110)};
        var whole = start(LIVE, null);
        whole.setProcessingTime(ms(minute(1_000_000)));
        known(whole);
        take(whole, before);
        whole.processWatermark(ms(minute(5)));
        whole.getOutput().clear();
        var restored = start(
                LIVE, OperatorSnapshotUtil.readStateHandle("src/test/resources/line-timeline-state-1.checkpoint"));
        restored.setProcessingTime(ms(minute(1_000_000)));
        for (var job : List.of(whole, restored)) {
            take(job, after);
            job.processWatermark(ms(minute(120)));
        }

        assertThat(minutes(restored)).hasSizeGreaterThan(60);
        assertThat(minutes(restored)).usingRecursiveComparison().isEqualTo(minutes(whole));
        assertThat(facts(restored, FactWindow.HOUR))
                .usingRecursiveComparison()
                .isEqualTo(facts(whole, FactWindow.HOUR));
    }

    @Test
    void state_on_disk_gives_the_same_rows_over_checkpoints_and_restores() throws Exception {
        List<List<ThroughputRow.Facts>> rows = new ArrayList<>();
        for (StateBackend backend : List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend(false))) {
            List<ThroughputRow.Facts> ofBackend = new ArrayList<>();
            OperatorSubtaskState checkpoint = null;
            for (int hour = 0; hour < 4; hour++) {
                var job = start(LIVE, checkpoint, backend);
                job.setProcessingTime(ms(minute(1_000_000)));
                if (checkpoint == null) {
                    known(job);
                }
                for (int minute = 60 * hour; minute < 60 * hour + 60; minute++) {
                    take(job, report(minute, minute % 3 == 0 ? MachineState.IDLE : MachineState.EXECUTE, minute));
                    if (minute == 60 * hour + 30) {
                        job.snapshot(2L * hour + 1, 1);
                    }
                }
                // Late ones, into the hour before.
                if (hour > 0) {
                    take(job, report(60 * hour - 20, MachineState.STOPPED, 5));
                }
                job.processWatermark(ms(minute(60 * hour + 50)));
                checkpoint = job.snapshot(2L * hour + 2, 2);
                ofBackend.addAll(facts(job, FactWindow.MINUTE));
                ofBackend.addAll(facts(job, FactWindow.HOUR));
                job.close();
                opened.remove(job);
            }
            rows.add(ofBackend);
        }

        assertThat(rows.get(0)).hasSizeGreaterThan(4 * 50);
        assertThat(rows.get(1)).usingRecursiveComparison().isEqualTo(rows.get(0));
    }

    private static LineState stored(KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job)
            throws Exception {
        job.getOperator().setCurrentKey(LINE);
        return job.getOperator()
                .<String>getKeyedStateBackend()
                .getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new ValueStateDescriptor<>("line", SlimType.of(LineStateCodec.INSTANCE)))
                .value();
    }

    private static LineInput[] minutesWithoutTheTenth() {
        return IntStream.range(0, 59)
                .filter(minute -> minute != 10)
                .mapToObj(minute -> report(minute, minute % 2 == 0 ? MachineState.EXECUTE : MachineState.IDLE, minute))
                .toArray(LineInput[]::new);
    }

    private KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> start(
            TimelineTiming timing, @Nullable OperatorSubtaskState from) throws Exception {
        return start(timing, from, new HashMapStateBackend());
    }

    private KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> start(
            TimelineTiming timing, @Nullable OperatorSubtaskState from, StateBackend backend) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new LineTimelineOperator(timing), LineBatch::lineId, Types.STRING);
        harness.setStateBackend(backend);
        harness.setup(SlimType.of(ThroughputRowCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        opened.add(harness);
        return harness;
    }

    private static void known(KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job)
            throws Exception {
        take(job, LineInputs.plant(), LineInputs.line(), LineInputs.plan());
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job, LineInput... inputs)
            throws Exception {
        for (LineInput input : inputs) {
            job.processElement(new StreamRecord<>(BatchOfOne.of(input, 0)));
        }
    }

    private static List<ThroughputRow.Facts> minutes(
            KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job) {
        return facts(job, FactWindow.MINUTE);
    }

    private static ThroughputRow.Facts lastMinute(
            KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job, int minute) {
        List<ThroughputRow.Facts> rows = minutes(job).stream()
                .filter(row -> row.windowStart() == ms(minute(minute)))
                .toList();
        return rows.get(rows.size() - 1);
    }

    private static List<ThroughputRow.Facts> facts(
            KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job, FactWindow window) {
        return job.extractOutputValues().stream()
                .filter(ThroughputRow.Facts.class::isInstance)
                .map(ThroughputRow.Facts.class::cast)
                .filter(row -> row.window() == window)
                .toList();
    }

    private static List<ThroughputRow.Current> currents(
            KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job) {
        return job.extractOutputValues().stream()
                .filter(ThroughputRow.Current.class::isInstance)
                .map(ThroughputRow.Current.class::cast)
                .toList();
    }

    private static List<Rejection> rejections(
            KeyedOneInputStreamOperatorTestHarness<String, LineBatch, ThroughputRow> job) {
        var queue = job.getSideOutput(LineTimelineOperator.REJECTED);
        return queue == null
                ? List.of()
                : queue.stream().map(StreamRecord::getValue).toList();
    }
}

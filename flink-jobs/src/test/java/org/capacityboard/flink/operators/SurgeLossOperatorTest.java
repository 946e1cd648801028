package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.LossKind;
import org.capacityboard.domain.surge.LossRow;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SupplierOffer;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.flink.types.SlimType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurgeLossOperatorTest {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final long DAY = 20_780;
    private static final long T0 = DAY * DAY_MS;
    private static final HoursPerWeek HOURS = new HoursPerWeek(70, 70, 70);
    /** What the stopwatch of these tests says that a trial takes. */
    private static final long TRIAL_MS = 2_000;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable harness : opened) {
            harness.close();
        }
    }

    @Test
    void at_the_close_of_a_day_all_losses_are_tried_at_once_and_are_whole() throws Exception {
        Job job = start(false, null);

        job.take(snapshot(DAY, 4, true, "Mill", "Works"));

        assertThat(job.rows()).allSatisfy(row -> {
            assertThat(row.asOf()).isEqualTo(DAY);
            assertThat(row.isFinal()).isTrue();
            assertThat(row.stamp()).isEqualTo(stamp(4));
        });
        assertThat(job.losses())
                .containsExactly("SUPPLIER Mill 10.0", "SUPPLIER Works 10.0", "PLANT AAAAA 0.0", "NATION NOR 0.0");
        assertThat(job.rows().get(job.rows().size() - 1))
                .isEqualTo(new SurgeRow.LossesWhole(DAY, 4, T0 + 4, true, stamp(4)));
    }

    @Test
    void while_the_day_runs_only_the_newest_snapshot_is_tried_and_a_tenth_of_the_time_at_most() throws Exception {
        Job job = start(false, null);
        job.clock(T0);
        job.take(snapshot(DAY, 1, false, "Mill", "Works"));
        job.clock(T0 + 1);
        assertThat(job.losses()).hasSize(4);
        job.forget();

        for (int version = 2; version < 9; version++) {
            job.take(snapshot(DAY, version, false, "Mill", version < 8 ? "Other" : "Third"));
            job.clock(T0 + 1 + version * 1_000);
        }
        assertThat(job.rows()).isEmpty();
        job.clock(T0 + 9 * TRIAL_MS + 1);

        assertThat(job.losses())
                .containsExactly("SUPPLIER Mill 10.0", "SUPPLIER Third 10.0", "PLANT AAAAA 0.0", "NATION NOR 0.0");
        assertThat(job.rows()).extracting(row -> row.stamp().version()).containsOnly(8L);
        assertThat(job.trials()).isEqualTo(2);
    }

    @Test
    void only_what_changed_is_written_again() throws Exception {
        Job job = start(false, null);
        job.clock(T0);
        job.take(snapshot(DAY, 1, false, "Mill", "Works"));
        job.clock(T0 + 1);
        job.forget();

        job.take(snapshot(DAY, 2, false, "Mill", "Works"));
        job.clock(T0 + 100 * TRIAL_MS);

        assertThat(job.trials()).isEqualTo(2);
        assertThat(job.rows())
                .as("how far it was tried, under the stamp of the trial that wrote all")
                .containsExactly(new SurgeRow.LossesWhole(DAY, 4, T0 + 2, false, stamp(1)));
    }

    @Test
    void while_a_trial_runs_all_that_comes_is_read_and_the_newest_closed_day_is_tried_then_what_runs()
            throws Exception {
        Job job = start(false, null);
        job.clock(T0);
        job.bench().isBusy = true;
        job.take(snapshot(DAY, 1, false, "Mill", "Works"));
        job.take(snapshot(DAY, 2, true, "Mill", "Works"));
        job.take(snapshot(DAY + 1, 3, true, "Mill", "Works"));
        job.take(snapshot(DAY + 2, 4, true, "Mill", "Works"));
        job.take(snapshot(DAY + 3, 5, false, "Mill", "Works"));
        OperatorSubtaskState state = job.state();
        assertThat(job.rows()).isEmpty();

        job.bench().goOn();
        job.clock(T0 + 1_000);
        assertThat(job.tried()).containsExactly(DAY, DAY + 2);
        job.clock(T0 + 100 * TRIAL_MS);
        assertThat(job.tried()).containsExactly(DAY, DAY + 2, DAY + 3);

        Job next = start(false, state);
        next.clock(T0);
        assertThat(next.tried()).as("a closed day that was not written").containsExactly(DAY + 2);
    }

    @Test
    void after_a_start_all_is_written_each_time_until_time_has_passed_the_start() throws Exception {
        Job job = start(false, null, T0 + 3);
        for (int version = 1; version < 6; version++) {
            job.take(snapshot(DAY, version, false, "Mill", "Works"));
            job.clock(T0 + 100L * version * TRIAL_MS);
        }

        assertThat(job.losses()).hasSize(3 * 4);
        assertThat(job.rows())
                .filteredOn(SurgeRow.LossesWhole.class::isInstance)
                .extracting(row -> row.stamp().version())
                .containsExactly(1L, 2L, 3L, 3L, 3L);
    }

    @Test
    void a_day_that_closes_is_tried_whatever_waits_and_however_short_the_rest_was() throws Exception {
        Job job = start(false, null);
        job.clock(T0);
        job.take(snapshot(DAY, 1, false, "Mill", "Works"));
        job.clock(T0 + 1);
        job.take(snapshot(DAY, 2, false, "Mill", "Other"));
        job.forget();

        job.take(snapshot(DAY, 3, true, "Mill", "Other"));
        job.take(snapshot(DAY + 1, 4, false, "Mill", "Other"));
        assertThat(job.rows()).extracting(SurgeRow::asOf).containsOnly(DAY);
        assertThat(job.rows())
                .hasSize(5)
                .extracting(row -> row.stamp().version())
                .containsOnly(3L);
        job.forget();
        job.clock(T0 + 100 * TRIAL_MS);

        assertThat(job.rows()).hasSize(5).extracting(SurgeRow::asOf).containsOnly(DAY + 1);
        assertThat(job.trials()).isEqualTo(3);
    }

    @Test
    void files_end_with_the_losses_of_the_last_snapshot_and_ask_no_clock() throws Exception {
        Job job = start(true, null);
        job.take(snapshot(DAY, 3, true, "Mill", "Works"));
        job.forget();
        job.take(snapshot(DAY + 1, 4, false, "Mill", "Other"));
        job.clock(T0 + 100 * TRIAL_MS);
        assertThat(job.rows()).isEmpty();

        job.watermark(Long.MAX_VALUE);

        assertThat(job.rows()).hasSize(5).allSatisfy(row -> {
            assertThat(row.asOf()).isEqualTo(DAY + 1);
            assertThat(row.isFinal()).isFalse();
            assertThat(row.stamp()).isEqualTo(stamp(4));
        });
    }

    @Test
    void after_a_restart_the_next_snapshot_is_written_whole() throws Exception {
        Job job = start(false, null);
        job.clock(T0);
        job.take(snapshot(DAY, 1, false, "Mill", "Works"));
        job.clock(T0 + 1);
        List<SurgeRow> before = job.rows();
        job.take(snapshot(DAY, 2, false, "Mill", "Works"));

        Job next = start(false, job.state());
        next.clock(T0 + 100 * TRIAL_MS);
        assertThat(next.rows()).isEmpty();
        next.take(snapshot(DAY, 1, false, "Mill", "Works"));
        next.clock(T0 + 101 * TRIAL_MS);

        assertThat(next.rows()).isEqualTo(before);
    }

    /** Two suppliers bring ten a month each of what a line could take thirty of. */
    private static SurgeRow.Snapshot snapshot(long day, long version, boolean isFinal, String one, String other) {
        SurgeSnapshot snapshot = new SurgeSnapshot(
                (day + 1) * DAY_MS,
                SurgeSnapshot.STALE_AFTER_DAYS,
                List.of(new SurgeLine("line", "AAAAA", "shot", 1, HOURS, null)),
                List.of(new SurgeProduct("shot", "Shot", null, List.of(new BillItem("powder", 1)))),
                List.of(new SurgeMaterial("powder", "Powder", "kg")),
                List.of(supplier("s1", one), supplier("s2", other)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Requirement("shot", Posture.PEACETIME, 100, 0, 90)),
                List.of(),
                List.of(),
                List.of());
        return new SurgeRow.Snapshot(day, SurgeSnapshotJson.encode(snapshot), isFinal, stamp(version));
    }

    private static SurgeSupplier supplier(String id, String parent) {
        return new SurgeSupplier(id, parent, "NOR", true, List.of(new SupplierOffer("powder", 10)));
    }

    private static RowStamp stamp(long version) {
        return new RowStamp(0, version, T0 + version);
    }

    /** Each look at it is a trial's time after the one before. */
    private static final class Ticking implements SurgeLossOperator.Stopwatch {
        private static final long serialVersionUID = 1L;

        private int looks;

        @Override
        public long nanos() {
            looks++;
            return looks * Duration.ofMillis(TRIAL_MS).toNanos();
        }
    }

    /** Works off what it is given at once, or when it is no longer busy. */
    private static final class Workbench extends AbstractExecutorService {
        private final Deque<Runnable> given = new ArrayDeque<>();
        private boolean isBusy;

        void goOn() {
            isBusy = false;
            while (!given.isEmpty()) {
                given.remove().run();
            }
        }

        @Override
        public void execute(Runnable work) {
            given.add(work);
            if (!isBusy) {
                goOn();
            }
        }

        @Override
        public void shutdown() {
            given.clear();
        }

        @Override
        public List<Runnable> shutdownNow() {
            given.clear();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return given.isEmpty();
        }
    }

    private Job start(boolean isBounded, @Nullable OperatorSubtaskState state) throws Exception {
        return start(isBounded, state, 0);
    }

    private Job start(boolean isBounded, @Nullable OperatorSubtaskState state, long nowMs) throws Exception {
        Ticking stopwatch = new Ticking();
        Workbench bench = new Workbench();
        var harness = new OneInputStreamOperatorTestHarness<SurgeRow, SurgeRow>(
                new SurgeLossOperator(isBounded, stopwatch, () -> bench));
        harness.setup(SlimType.of(SurgeRowCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.setProcessingTime(nowMs);
        harness.open();
        opened.add(harness);
        return new Job(harness, stopwatch, bench);
    }

    /** The operator at work. */
    private record Job(
            OneInputStreamOperatorTestHarness<SurgeRow, SurgeRow> harness, Ticking stopwatch, Workbench bench) {
        void take(SurgeRow row) throws Exception {
            harness.processElement(new StreamRecord<>(row));
        }

        void clock(long ms) throws Exception {
            harness.setProcessingTime(ms);
        }

        void watermark(long ms) throws Exception {
            harness.processWatermark(ms);
        }

        OperatorSubtaskState state() throws Exception {
            return harness.snapshot(1, 1);
        }

        void forget() {
            harness.getOutput().clear();
        }

        int trials() {
            return stopwatch.looks / 2;
        }

        /** Days of the trials, in order. */
        List<Long> tried() {
            return rows().stream()
                    .filter(SurgeRow.LossesWhole.class::isInstance)
                    .map(SurgeRow::asOf)
                    .toList();
        }

        List<SurgeRow> rows() {
            return harness.extractOutputValues();
        }

        /** What is lost, and what is possible then to a whole unit. */
        List<String> losses() {
            return rows().stream()
                    .filter(SurgeRow.Loss.class::isInstance)
                    .map(row -> ((SurgeRow.Loss) row).row())
                    .map(SurgeLossOperatorTest::words)
                    .toList();
        }
    }

    private static String words(LossRow row) {
        LossKind kind = row.kind();
        Double after = row.achievableAfter();
        return kind + " " + row.lossId() + " " + (after == null ? "unknown" : (double) Math.round(after));
    }
}

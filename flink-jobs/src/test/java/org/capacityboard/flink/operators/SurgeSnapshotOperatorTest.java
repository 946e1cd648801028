package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.flink.operators.SurgeInputs.crew;
import static org.capacityboard.flink.operators.SurgeInputs.day;
import static org.capacityboard.flink.operators.SurgeInputs.epochDay;
import static org.capacityboard.flink.operators.SurgeInputs.kitRound;
import static org.capacityboard.flink.operators.SurgeInputs.line;
import static org.capacityboard.flink.operators.SurgeInputs.made;
import static org.capacityboard.flink.operators.SurgeInputs.material;
import static org.capacityboard.flink.operators.SurgeInputs.product;
import static org.capacityboard.flink.operators.SurgeInputs.reference;
import static org.capacityboard.flink.operators.SurgeInputs.requirement;
import static org.capacityboard.flink.operators.SurgeInputs.stock;
import static org.capacityboard.flink.operators.SurgeInputs.version;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.capacityboard.domain.surge.Evidence;
import org.capacityboard.domain.surge.LineConstraint;
import org.capacityboard.domain.surge.ProductOutput;
import org.capacityboard.domain.surge.ReadinessRow;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.events.Material;
import org.capacityboard.events.Posture;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.flink.types.SlimType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurgeSnapshotOperatorTest {
    private static final SurgeTiming LIVE = new SurgeTiming(Duration.ofHours(24), 14, false);
    private static final SurgeTiming BOUNDED = new SurgeTiming(Duration.ofHours(24), 14, true);
    private static final long YEARS_LATER = day(3_000);
    private static final long ONE_MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long TEN_SECONDS = Duration.ofSeconds(10).toMillis();

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable harness : opened) {
            harness.close();
        }
    }

    @Test
    void the_close_of_a_day_writes_all_its_rows_and_says_that_they_are_all() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.watermark(day(0.5));
        job.watermark(day(1));

        ReadinessRow round = job.readiness("round");
        assertThat(round.readiness()).isCloseTo(.4, within(1e-9));
        assertThat(round.bindingId()).isEqualTo("shell");
        assertThat(round.nextId()).isEqualTo("charge");
        assertThat(job.rows()).allSatisfy(row -> {
            assertThat(row.asOf()).isEqualTo(epochDay(0));
            assertThat(row.isFinal()).isTrue();
            assertThat(row.stamp().watermarkMs()).isEqualTo(day(1));
            assertThat(row.stamp().version()).isEqualTo(7);
        });
        assertThat(job.rows().get(job.rows().size() - 1)).isInstanceOf(SurgeRow.Whole.class);
        assertThat(job.rows()).filteredOn(SurgeRow.Whole.class::isInstance).hasSize(1);
    }

    @Test
    void while_it_catches_up_only_the_closes_of_days_are_written() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        for (int minute = 0; minute < 24 * 60; minute++) {
            job.clock(YEARS_LATER + minute * 50L);
            job.watermark(day(0) + minute * ONE_MINUTE);
        }
        assertThat(job.rows()).isEmpty();

        job.watermark(day(3.5));

        assertThat(job.rows())
                .filteredOn(SurgeRow.Whole.class::isInstance)
                .extracting(SurgeRow::asOf)
                .containsExactly(epochDay(0), epochDay(1), epochDay(2));
    }

    @Test
    void after_years_of_silence_only_the_last_days_are_closed() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.watermark(day(0.5));
        job.watermark(day(3_000));

        assertThat(job.rows())
                .filteredOn(SurgeRow.Whole.class::isInstance)
                .hasSize(366)
                .extracting(SurgeRow::asOf)
                .startsWith(epochDay(3_000 - 366))
                .endsWith(epochDay(2_999));
    }

    @Test
    void a_job_that_keeps_up_writes_what_changed_ten_seconds_later_and_nothing_else() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.live(day(0.5));
        job.tick();
        assertThat(job.rows()).filteredOn(SurgeRow.Whole.class::isInstance).hasSize(1);
        assertThat(job.rows()).extracting(SurgeRow::isFinal).containsOnly(false);
        job.forget();

        job.tick();
        assertThat(job.rows()).isEmpty();

        job.take(crew("c1", 0.5, 4, 10));
        assertThat(job.rows()).isEmpty();
        job.tick();

        assertThat(job.rows())
                .filteredOn(SurgeRow.Constraint.class::isInstance)
                .map(row -> ((SurgeRow.Constraint) row).row())
                .allSatisfy(row -> {
                    assertThat(row.lineId()).isEqualTo("c1");
                    assertThat(row.constraint()).isEqualTo(LineConstraint.WORKFORCE);
                })
                .hasSize(3);
        assertThat(job.rows()).noneMatch(SurgeRow.Whole.class::isInstance);
        assertThat(job.readiness("round").bindingId()).isEqualTo("charge");
    }

    @Test
    void what_the_rows_came_from_is_written_with_them_and_computes_to_the_same() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.live(day(0.5));
        job.tick();
        assertThat(job.snapshots()).hasSize(1);
        for (int people = 4; people < 6; people++) {
            job.take(crew("c1", people / 10.0, people, 10));
            job.tick();
        }
        assertThat(job.snapshots()).hasSize(1);
        for (int look = 0; look < 10; look++) {
            job.tick();
        }
        assertThat(job.snapshots()).hasSize(2);
        assertThat(job.snapshots().get(1).stamp().version()).isEqualTo(9);
        job.take(crew("c1", 0.55, 6, 10));
        job.tick();
        job.forget();
        job.watermark(day(1));

        assertThat(job.snapshots()).hasSize(1).allSatisfy(row -> {
            assertThat(row.asOf()).isEqualTo(epochDay(0));
            assertThat(row.isFinal()).isTrue();
        });
        SurgeReadiness again = SurgeReadiness.of(
                SurgeSnapshotJson.decode(job.snapshots().get(0).snapshot()));
        assertThat(again.readiness())
                .containsExactlyElementsOf(job.written(SurgeRow.Readiness.class, SurgeRow.Readiness::row));
        assertThat(again.ladder())
                .isNotEmpty()
                .containsExactlyElementsOf(job.written(SurgeRow.Ladder.class, SurgeRow.Ladder::row));
        assertThat(again.covers()).containsExactlyElementsOf(job.written(SurgeRow.Cover.class, SurgeRow.Cover::row));
        for (SurgeRow row : job.rows()) {
            assertThat(throughBytes(row)).isEqualTo(row);
        }
    }

    @Test
    void rows_do_not_depend_on_the_order_of_arrival_nor_on_a_restart() throws Exception {
        List<SurgeInput> inputs = new ArrayList<>(kitRound());
        inputs.add(version(material("powder")));
        inputs.add(version(product("shot", "powder")));
        inputs.add(version(line("p1", "shot", 3)));
        inputs.add(version(requirement("shot", Posture.PEACETIME, 900)));
        inputs.add(stock("AB123", "powder", 1, 5_000, 0));
        inputs.add(stock("AB123", "powder", 2, 4_000, 0));
        inputs.add(stock("AB123", "powder", 1.5, 6_000, 1));
        inputs.add(crew("p1", 3, 30, 4));
        inputs.add(crew("p1", 2, 3, 4));
        for (int i = 0; i < 35; i++) {
            inputs.add(made("p1", "shot", i - 40, 100 + i, 2));
            inputs.add(made("p1", "shot", i - 40, 1, 1));
            inputs.add(new SurgeInput.Heard("p1", day(i - 40), SurgeInputs.NO_WATERMARK));
        }
        Map<Object, Object> expected = rowsAfter(inputs, inputs.size());
        assertThat(expected).hasSizeGreaterThan(20);

        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Collections.shuffle(inputs, random);
            assertThat(rowsAfter(inputs, random.nextInt(inputs.size()))).isEqualTo(expected);
        }
    }

    private Map<Object, Object> rowsAfter(List<SurgeInput> inputs, int beforeRestart) throws Exception {
        Job job = start(LIVE, null);
        job.take(inputs.subList(0, beforeRestart));
        Job next = start(LIVE, job.snapshot());
        next.take(inputs.subList(beforeRestart, inputs.size()));
        next.watermark(day(4));
        next.watermark(day(5));
        Map<Object, Object> rows = new HashMap<>();
        for (SurgeRow row : next.rows()) {
            assertThat(throughBytes(row)).isEqualTo(row);
            if (row instanceof SurgeRow.Readiness given) {
                rows.put(List.of(given.row().productId(), given.row().evidence(), given.asOf()), given.row());
            } else if (row instanceof SurgeRow.Constraint given) {
                rows.put(
                        List.of(
                                given.row().lineId(),
                                given.row().constraint(),
                                given.row().posture()),
                        given.row());
            } else if (row instanceof SurgeRow.Cover given) {
                assertThat(given.leadTimeDays()).isEqualTo(90);
                rows.put(
                        List.of(
                                given.row().plantId(),
                                given.row().materialId(),
                                given.row().posture()),
                        given.row());
            }
        }
        return rows;
    }

    private static SurgeRow throughBytes(SurgeRow row) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SurgeRowCodec.INSTANCE.write(row, out);
        return SurgeRowCodec.INSTANCE.read(new DataInputDeserializer(out.getCopyOfBuffer()), 1);
    }

    @Test
    void after_a_restart_all_is_written_again_and_no_stamp_is_older_than_before() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.live(day(0.5));
        job.tick();
        job.take(crew("c1", 0.4, 4, 10));
        job.tick();
        RowStamp newest = job.rows().stream()
                .map(SurgeRow::stamp)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        ReadinessRow round = job.readiness("round");

        Job next = start(LIVE, job.snapshot());
        next.take(crew("c1", 0.4, 4, 10));
        next.live(day(0.5) - ONE_MINUTE);
        next.tick();
        next.tick();

        assertThat(next.rows()).isNotEmpty().allSatisfy(row -> assertThat(row.stamp())
                .isGreaterThanOrEqualTo(newest));
        assertThat(next.readiness("round")).isEqualTo(round);
        assertThat(next.written(SurgeRow.Whole.class, row -> row)).hasSize(1);
        assertThat(next.snapshots()).hasSize(1);
    }

    @Test
    void after_a_start_all_is_written_each_time_until_time_has_passed_the_start() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.live(day(0.5));
        job.tick();
        OperatorSubtaskState state = job.snapshot();
        job.take(crew("c1", 0.4, 4, 10));
        job.tick();
        assertThat(job.readiness("round").bindingId()).isEqualTo("charge");

        Job next = startAt(job.harness().getProcessingTime(), state);
        next.watermark(day(0.5));
        next.tick();
        assertThat(next.wholes()).hasSize(1);
        next.take(crew("c1", 0.4, 4, 10));
        next.tick();
        next.take(crew("c1", 0.41, 40, 10));
        next.tick();
        assertThat(next.wholes()).hasSize(3);
        next.tick();
        assertThat(next.wholes()).hasSize(3);

        next.live(day(0.5) + 5 * ONE_MINUTE);
        next.tick();
        assertThat(next.wholes()).hasSize(4);
        next.take(crew("c1", 0.42, 39, 10));
        next.tick();
        assertThat(next.wholes()).hasSize(4);
    }

    @Test
    void what_was_accepted_is_counted_alike_however_far_time_had_come() throws Exception {
        List<Long> versions = new ArrayList<>();
        for (double comeTo : List.of(0.1, 0.9)) {
            Job job = start(LIVE, null);
            job.take(kitRound());
            job.watermark(day(comeTo));
            job.take(crew("c1", 0.5, 4, 10), crew("c1", 0.4, 5, 10), crew("c1", 0.45, 6, 10));
            job.watermark(day(1));
            versions.add(job.rows().get(0).stamp().version());
        }

        assertThat(versions).containsExactly(10L, 10L);
    }

    @Test
    void what_was_made_on_a_day_counts_once_time_has_passed_the_day() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.take(made("s1", "shell", -1, 100, 1), made("s1", "shell", 0, 7, 2));
        job.live(day(0.5));
        job.tick();
        assertThat(job.goodUnits("shell")).isEqualTo(100);

        job.watermark(day(1));

        assertThat(job.goodUnits("shell")).isEqualTo(107);
    }

    @Test
    void a_circle_of_bills_takes_with_it_its_products_and_what_takes_them_and_nothing_else() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.take(
                version(product("egg", "hen")),
                version(product("hen", "egg")),
                version(product("nest", "egg", "shell")),
                version(line("h1", "hen", 3)),
                version(requirement("hen", Posture.PEACETIME, 900)),
                version(requirement("nest", Posture.PEACETIME, 900)));
        job.watermark(day(0.5));
        job.watermark(day(1));

        assertThat(job.readiness("round").readiness()).isCloseTo(.4, within(1e-9));
        assertThat(job.written(SurgeRow.Readiness.class, given -> given.row().productId()))
                .containsOnly("round");
        assertThat(job.written(SurgeRow.Constraint.class, given -> given.row().lineId()))
                .contains("h1");
        assertThat(job.wholes()).hasSize(1);
        assertThat(SurgeReadiness.of(
                                SurgeSnapshotJson.decode(job.snapshots().get(0).snapshot()))
                        .readiness())
                .containsExactlyElementsOf(job.written(SurgeRow.Readiness.class, SurgeRow.Readiness::row));
    }

    @Test
    void a_lead_time_that_changes_is_written_though_its_stock_stays() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.take(version(material("powder")), version(product("shot", "powder")), version(line("p1", "shot", 3)));
        job.take(stock("AB123", "powder", 0.4, 5_000, 0));
        job.live(day(0.5));
        job.tick();
        job.forget();
        Material slower = material("powder");
        slower.setLeadTimeDays(120);
        Ingested.Reference given = reference(slower);
        job.take(new SurgeInput.Version(
                new Ingested.Reference(given.origin(), given.id(), given.validFromMs(), 1, given.body()),
                SurgeInputs.NO_WATERMARK));
        job.tick();

        assertThat(job.written(SurgeRow.Cover.class, SurgeRow.Cover::leadTimeDays))
                .isNotEmpty()
                .containsOnly(120);
        assertThat(job.wholes()).isEmpty();
    }

    @Test
    void silence_is_stale_after_the_days_that_were_set() throws Exception {
        List<Double> lows = new ArrayList<>();
        for (int staleAfterDays : List.of(2, 30)) {
            Job job = start(new SurgeTiming(Duration.ofHours(24), staleAfterDays, true), null);
            job.take(kitRound());
            for (String line : List.of("c1", "s1", "r1")) {
                job.take(new SurgeInput.Heard(line, day(0), SurgeInputs.NO_WATERMARK));
            }
            job.watermark(day(0.5));
            job.watermark(day(5));
            lows.add(Objects.requireNonNull(job.readiness("round").readinessLow()));
            if (staleAfterDays == 2) {
                assertThat(job.readiness("round").why()).contains("not heard of for 2 days count as nothing");
            }
        }

        assertThat(lows.get(0)).isZero();
        assertThat(lows.get(1)).isGreaterThan(0.1);
    }

    @Test
    void what_is_counted_after_midnight_does_not_change_the_day_before() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.take(version(material("powder")), stock("AB123", "powder", 0.5, 5_000, 0));
        job.watermark(day(0.9));
        job.take(stock("AB123", "powder", 1.1, 9_000, 0));
        job.watermark(day(1.2));
        assertThat(job.onHand("powder")).containsOnly(5_000.0);
        job.forget();

        job.watermark(day(2));

        assertThat(job.onHand("powder")).containsOnly(9_000.0);
    }

    @Test
    void files_end_with_a_row_at_the_end_of_time_that_is_not_final() throws Exception {
        Job job = start(BOUNDED, null);
        job.take(kitRound());
        job.watermark(day(0.5));
        job.watermark(day(1.25));
        job.forget();
        job.watermark(Long.MAX_VALUE);

        assertThat(job.rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.asOf()).isEqualTo(epochDay(1));
            assertThat(row.isFinal()).isFalse();
        });
    }

    @Test
    void the_stock_of_an_unknown_material_waits_and_counts_when_it_is_known_also_after_a_restart() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.watermark(day(0.5));
        job.take(stock("AB123", "powder", 0.5, 5_000, 0));
        Job next = start(LIVE, job.snapshot());
        next.take(version(material("powder")));
        next.watermark(day(2));

        assertThat(next.rejections()).isEmpty();
        assertThat(next.onHand("powder")).containsOnly(5_000.0);
    }

    @Test
    void what_names_something_unknown_is_refused_after_a_day_of_event_time() throws Exception {
        Job job = start(LIVE, null);
        job.take(kitRound());
        job.watermark(day(3));
        job.take(stock("AB123", "powder", 3, 1, 0), stock("ZZ999", "powder", 3, 1, 0), crew("nowhere", 3, 4, 2));
        job.watermark(day(4) - 1);
        assertThat(job.rejections()).isEmpty();

        job.watermark(day(4));

        assertThat(job.rejections())
                .extracting(Rejection::code)
                .containsExactlyInAnyOrder(
                        RejectReason.UNKNOWN_REFERENCE, RejectReason.UNKNOWN_REFERENCE, RejectReason.UNKNOWN_LINE);
        assertThat(job.rejections()).allSatisfy(rejection -> {
            assertThat(rejection.reason()).contains("\nMaybe ");
            assertThat(rejection.payload()).startsWith("{");
        });
        assertThat(job.rejections())
                .extracting(Rejection::reason)
                .anyMatch(reason -> reason.contains("material powder"))
                .anyMatch(reason -> reason.contains("plant ZZ999"))
                .anyMatch(reason -> reason.contains("line nowhere"));
    }

    private Job startAt(long nowMs, OperatorSubtaskState state) throws Exception {
        return start(LIVE, state, nowMs);
    }

    private Job start(SurgeTiming timing, @Nullable OperatorSubtaskState state) throws Exception {
        return start(timing, state, 0);
    }

    private Job start(SurgeTiming timing, @Nullable OperatorSubtaskState state, long nowMs) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new SurgeSnapshotOperator(timing), SurgeInput::key, Types.STRING);
        harness.setup(SlimType.of(SurgeRowCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.setProcessingTime(nowMs);
        harness.open();
        opened.add(harness);
        Job job = new Job(harness);
        if (state == null && timing.bounded()) {
            job.clock(YEARS_LATER);
        }
        return job;
    }

    /** The operator at work. */
    private record Job(KeyedOneInputStreamOperatorTestHarness<String, SurgeInput, SurgeRow> harness) {
        void take(SurgeInput... inputs) throws Exception {
            take(List.of(inputs));
        }

        void take(List<SurgeInput> inputs) throws Exception {
            for (SurgeInput input : inputs) {
                harness.processElement(new StreamRecord<>(input));
            }
        }

        void watermark(long ms) throws Exception {
            harness.processWatermark(ms);
        }

        void clock(long ms) throws Exception {
            harness.setProcessingTime(ms);
        }

        /** Lets time come to an instant while the job keeps up. */
        void live(long ms) throws Exception {
            clock(ms + ONE_MINUTE);
            watermark(ms);
        }

        void tick() throws Exception {
            clock(harness.getProcessingTime() + TEN_SECONDS);
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        void forget() {
            harness.getOutput().clear();
        }

        List<SurgeRow> rows() {
            return harness.extractOutputValues();
        }

        List<SurgeRow.Snapshot> snapshots() {
            return written(SurgeRow.Snapshot.class, row -> row);
        }

        List<SurgeRow.Whole> wholes() {
            return written(SurgeRow.Whole.class, row -> row);
        }

        /** Of the newest snapshot. */
        long goodUnits(String productId) {
            List<SurgeRow.Snapshot> all = snapshots();
            return SurgeSnapshotJson.decode(all.get(all.size() - 1).snapshot()).productOutputs().stream()
                    .filter(output -> output.productId().equals(productId))
                    .mapToLong(ProductOutput::goodUnits)
                    .sum();
        }

        <R extends SurgeRow, T> List<T> written(Class<R> kind, Function<R, T> what) {
            return rows().stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(what)
                    .toList();
        }

        List<Double> onHand(String materialId) {
            return rows().stream()
                    .filter(SurgeRow.Cover.class::isInstance)
                    .map(row -> ((SurgeRow.Cover) row).row())
                    .filter(row -> row.materialId().equals(materialId))
                    .map(row -> row.onHand())
                    .toList();
        }

        ReadinessRow readiness(String productId) {
            List<ReadinessRow> all = rows().stream()
                    .filter(SurgeRow.Readiness.class::isInstance)
                    .map(row -> ((SurgeRow.Readiness) row).row())
                    .filter(row -> row.productId().equals(productId) && row.evidence() == Evidence.CONTRACTED)
                    .toList();
            assertThat(all).as("readiness of %s", productId).isNotEmpty();
            return all.get(all.size() - 1);
        }

        List<Rejection> rejections() {
            var queue = harness.getSideOutput(LineTimelineOperator.REJECTED);
            return queue == null
                    ? List.of()
                    : queue.stream().map(StreamRecord::getValue).toList();
        }
    }
}

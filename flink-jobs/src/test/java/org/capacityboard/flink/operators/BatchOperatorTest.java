package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.assertj.core.api.ThrowingConsumer;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchOperatorTest {
    private static final int GROUPS = 128;
    private static final int COPIES = 2;
    private static final long NOW_MS = Instant.parse("2026-11-02T06:00:00Z").toEpochMilli();
    private static final long PAST_MS = NOW_MS - Duration.ofDays(3).toMillis();
    private static final int RECORD_BYTES = 4096;
    /** Records that stay below what is enough, though each becomes a little longer in a batch. */
    private static final int NOT_ENOUGH = BatchOperator.ENOUGH_BYTES / RECORD_BYTES - 100;

    /** Flink's own limit is 5 MB. */
    private static final ThrowingConsumer<LineBatch> SHORT_ENOUGH =
            batch -> assertThat(batch.bytes().length).isLessThan(5 * 1024 * 1024);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void a_line_goes_home_in_one_batch_and_its_reports_in_their_order() throws Exception {
        var operator = start(false);
        Map<String, List<Long>> sent = new TreeMap<>();
        for (int offset = 0; offset < 1000; offset++) {
            String lineId = "line-" + offset * 7919 % 97;
            send(operator, report(lineId, 0, offset, 8));
            sent.computeIfAbsent(lineId, any -> new ArrayList<>()).add((long) offset);
        }
        operator.setProcessingTime(NOW_MS + BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS);

        Map<String, List<Long>> arrived = new TreeMap<>();
        for (LineBatch batch : operator.extractOutputValues()) {
            assertThat(home(batch.lineId())).isEqualTo(batch.target());
            Map<String, List<Long>> ofBatch = offsetsByLine(batch);
            assertThat(ofBatch)
                    .containsKey(batch.lineId())
                    .doesNotContainKeys(arrived.keySet().toArray(String[]::new));
            assertThat(ofBatch.keySet())
                    .allSatisfy(lineId -> assertThat(home(lineId)).isEqualTo(batch.target()));
            arrived.putAll(ofBatch);
        }
        assertThat(arrived).isEqualTo(sent);
    }

    @Test
    void a_watermark_of_now_leaves_at_once_behind_the_reports_before_it() throws Exception {
        var operator = start(false);
        send(operator, report("line-1", 0, 1, 8));
        operator.processWatermark(NOW_MS);
        send(operator, report("line-1", 0, 2, 8));
        operator.setProcessingTime(NOW_MS + BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS);

        assertThat(shape(operator)).containsExactly("line-1 [1]", "watermark " + NOW_MS, "line-1 [2]");
    }

    @Test
    void reports_of_now_wait_a_moment_and_those_of_a_past_a_little_longer() throws Exception {
        for (boolean isPast : List.of(false, true)) {
            long waitMs = isPast ? BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS : BatchOperator.LONGEST_WAIT_MS;
            var operator = start(false);
            operator.processWatermark(isPast ? PAST_MS : NOW_MS);
            send(operator, report("line-1", 0, 1, 8));
            operator.setProcessingTime(NOW_MS + waitMs - 1);
            assertThat(operator.extractOutputValues()).isEmpty();

            operator.setProcessingTime(NOW_MS + waitMs);
            assertThat(operator.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void a_past_of_which_much_comes_is_waited_for_longer_but_not_for_ever() throws Exception {
        var operator = start(false);
        int reports = BatchOperator.MUCH_BYTES / RECORD_BYTES;
        for (int offset = 0; offset < reports; offset++) {
            send(operator, report("line-" + offset, 0, offset, RECORD_BYTES));
        }
        operator.processWatermark(PAST_MS);
        for (int waits = 1; waits < 5; waits++) {
            operator.setProcessingTime(NOW_MS + waits * BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS);
            assertThat(operator.getOutput()).isEmpty();
        }

        operator.setProcessingTime(NOW_MS + 5 * BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS);
        assertThat(countOfReports(operator)).isEqualTo(reports);
        assertThat(shape(operator)).endsWith("watermark " + PAST_MS);
    }

    @Test
    void a_watermark_of_the_past_leaves_behind_all_that_waits() throws Exception {
        var operator = start(false);
        operator.processWatermark(PAST_MS);
        send(operator, report("line-1", 0, 1, 8));
        operator.processWatermark(PAST_MS + 1);
        send(operator, report("line-1", 0, 2, 8));
        operator.processWatermark(PAST_MS + 2);
        assertThat(shape(operator)).containsExactly("watermark " + PAST_MS);

        operator.setProcessingTime(NOW_MS + BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS);
        send(operator, report("line-1", 0, 3, 8));
        operator.endInput();

        assertThat(shape(operator))
                .containsExactly("watermark " + PAST_MS, "line-1 [1, 2]", "watermark " + (PAST_MS + 2), "line-1 [3]");
        assertThat(stamps(operator)).containsExactly(PAST_MS, PAST_MS + 2);
    }

    @Test
    void who_falls_idle_has_sent_all_that_waited() throws Exception {
        var operator = start(false);
        send(operator, report("line-1", 0, 1, 8));
        operator.processWatermark(PAST_MS);
        operator.processWatermarkStatus(WatermarkStatus.IDLE);

        assertThat(shape(operator)).containsExactly("line-1 [1]", "watermark " + PAST_MS, "IDLE");
    }

    @Test
    void nothing_waits_for_a_checkpoint_or_the_end() throws Exception {
        for (boolean ends : List.of(false, true)) {
            var operator = start(false);
            send(operator, report("line-1", 0, 1, 8));
            operator.processWatermark(PAST_MS);
            if (ends) {
                operator.endInput();
            } else {
                operator.prepareSnapshotPreBarrier(1);
            }

            assertThat(shape(operator)).containsExactly("line-1 [1]", "watermark " + PAST_MS);
        }
    }

    @Test
    void a_report_of_a_bounded_run_counts_from_the_watermark_at_which_it_was_read() throws Exception {
        var operator = start(true);
        send(operator, report("line-1", 0, 1, 8));
        operator.processWatermark(PAST_MS);
        send(operator, report("line-1", 0, 2, 8));
        operator.processWatermark(PAST_MS + 1);

        assertThat(shape(operator))
                .containsExactly("line-1 [1]", "watermark " + PAST_MS, "line-1 [2]", "watermark " + (PAST_MS + 1));
        assertThat(stamps(operator)).containsExactly(Long.MIN_VALUE, PAST_MS);
    }

    @Test
    void a_stretch_of_a_partition_stays_in_one_piece_as_long_as_it_is_not_too_much() throws Exception {
        var operator = start(false);
        for (int offset = 0; offset < NOT_ENOUGH; offset++) {
            send(operator, report("line-" + offset % 10, 0, offset, RECORD_BYTES));
        }
        send(operator, report("line-10", 1, 0, RECORD_BYTES));
        assertThat(operator.extractOutputValues()).isEmpty();

        for (int offset = 1; offset < 2 * NOT_ENOUGH; offset++) {
            send(operator, report("line-" + (10 + offset % 10), 1, offset, RECORD_BYTES));
        }
        assertThat(operator.extractOutputValues()).isEmpty();

        send(operator, report("line-1", 0, NOT_ENOUGH, RECORD_BYTES));
        assertThat(countOfReports(operator)).isEqualTo(3 * NOT_ENOUGH);
    }

    @Test
    void what_is_too_much_leaves_in_the_middle_of_a_stretch() throws Exception {
        var operator = start(false);
        for (int offset = 0; offset < 2 * BatchOperator.FULL_BYTES / RECORD_BYTES; offset++) {
            send(operator, report("line-" + offset % 1000, 0, offset, RECORD_BYTES));
        }

        assertThat((long) countOfReports(operator) * RECORD_BYTES)
                .isBetween((long) (0.9 * BatchOperator.FULL_BYTES), 2L * BatchOperator.FULL_BYTES - 1);
        assertThat(operator.extractOutputValues()).hasSizeGreaterThan(COPIES).allSatisfy(SHORT_ENOUGH);
    }

    @Test
    void no_batch_is_so_long_that_it_would_go_through_a_file() throws Exception {
        var operator = start(false);
        for (int offset = 0; offset < 2 * BatchOperator.LONGEST_BATCH_BYTES / RECORD_BYTES; offset++) {
            send(operator, report("line-1", 0, offset, RECORD_BYTES));
        }

        assertThat(operator.extractOutputValues()).isNotEmpty().allSatisfy(SHORT_ENOUGH);
    }

    private OneInputStreamOperatorTestHarness<Ingested, LineBatch> start(boolean bounded) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<Ingested, LineBatch>(
                new BatchOperator(bounded), GROUPS, COPIES, 0);
        harness.setup(SlimType.of(LineBatchCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
        harness.open();
        harness.setProcessingTime(NOW_MS);
        opened.add(harness);
        return harness;
    }

    private static void send(OneInputStreamOperatorTestHarness<Ingested, LineBatch> operator, Ingested report)
            throws Exception {
        operator.processElement(new StreamRecord<>(report));
    }

    /** A report of which the operator looks at nothing but the line. */
    private static Ingested report(String lineId, int partition, long offset, int restBytes) {
        byte[] id = lineId.getBytes(StandardCharsets.US_ASCII);
        byte[] record = new byte[EventCodec.HEADER_BYTES + id.length + restBytes];
        System.arraycopy(id, 0, record, EventCodec.HEADER_BYTES, id.length);
        return new Ingested.Telemetry(
                new Origin(Topic.LINE_TELEMETRY.baseName(), partition, offset, NOW_MS),
                PAST_MS,
                record,
                EventCodec.HEADER_BYTES,
                EventCodec.HEADER_BYTES + id.length);
    }

    private static int home(String lineId) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(lineId, GROUPS, COPIES);
    }

    /** Batches by the line that they name and the offsets of its reports, and watermarks. */
    private static List<String> shape(OneInputStreamOperatorTestHarness<Ingested, LineBatch> operator) {
        return operator.getOutput().stream().map(BatchOperatorTest::inWords).toList();
    }

    private static String inWords(Object out) {
        if (out instanceof Watermark mark) {
            return "watermark " + mark.getTimestamp();
        }
        return out instanceof StreamRecord<?> element ? offsetsOf((LineBatch) element.getValue()) : statusOf(out);
    }

    private static String statusOf(Object out) {
        return ((WatermarkStatus) out).isIdle() ? "IDLE" : "ACTIVE";
    }

    /** By batch: the watermark that its reports carry. */
    private static List<Long> stamps(OneInputStreamOperatorTestHarness<Ingested, LineBatch> operator) {
        return operator.extractOutputValues().stream()
                .map(batch -> (long) BatchLayout.LONGS.get(batch.bytes(), BatchLayout.WATERMARK))
                .toList();
    }

    private static String offsetsOf(LineBatch batch) {
        return batch.lineId() + " " + offsetsByLine(batch).get(batch.lineId());
    }

    private static int countOfReports(OneInputStreamOperatorTestHarness<Ingested, LineBatch> operator) {
        return operator.extractOutputValues().stream()
                .flatMap(batch -> offsetsByLine(batch).values().stream())
                .mapToInt(List::size)
                .sum();
    }

    private static Map<String, List<Long>> offsetsByLine(LineBatch batch) {
        byte[] bytes = batch.bytes();
        Map<String, List<Long>> offsets = new TreeMap<>();
        for (int from = BatchLayout.FIRST; from < bytes.length; ) {
            int end = from + (int) BatchLayout.INTS.get(bytes, from + BatchLayout.LENGTH);
            String lineId = new String(
                    bytes,
                    from + BatchLayout.BODY + (short) BatchLayout.SHORTS.get(bytes, from + BatchLayout.ID_FROM),
                    (short) BatchLayout.SHORTS.get(bytes, from + BatchLayout.ID_LENGTH),
                    StandardCharsets.US_ASCII);
            offsets.computeIfAbsent(lineId, any -> new ArrayList<>())
                    .add((long) BatchLayout.LONGS.get(bytes, end + BatchLayout.OFFSET));
            from = end;
        }
        return offsets;
    }
}

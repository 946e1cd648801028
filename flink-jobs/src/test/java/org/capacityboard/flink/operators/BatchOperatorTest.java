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
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
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
    void a_watermark_of_the_past_leaves_behind_all_that_waits() throws Exception {
        var operator = start(false);
        operator.processWatermark(PAST_MS);
        send(operator, report("line-1", 0, 1, 8));
        operator.processWatermark(PAST_MS + 1);
        send(operator, report("line-1", 0, 2, 8));
        operator.processWatermark(PAST_MS + 2);
        assertThat(shape(operator)).containsExactly("watermark " + PAST_MS);

        operator.setProcessingTime(NOW_MS + BatchOperator.LONGEST_WAIT_OF_THE_PAST_MS);

        assertThat(shape(operator))
                .containsExactly("watermark " + PAST_MS, "line-1 [1, 2]", "watermark " + (PAST_MS + 2));
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
        assertThat(operator.extractOutputValues())
                .extracting(batch -> (long) BatchLayout.LONGS.get(batch.bytes(), BatchLayout.WATERMARK))
                .containsExactly(Long.MIN_VALUE, PAST_MS);
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
        int offset = 0;
        while (operator.extractOutputValues().isEmpty()) {
            send(operator, report("line-" + offset % 100, 0, offset, RECORD_BYTES));
            offset++;
        }

        assertThat((long) countOfReports(operator) * RECORD_BYTES)
                .isBetween((long) (0.9 * BatchOperator.FULL_BYTES), (long) BatchOperator.FULL_BYTES);
        assertThat(operator.extractOutputValues()).hasSizeGreaterThan(COPIES);
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
        return operator.getOutput().stream()
                .map(out -> out instanceof Watermark mark
                        ? "watermark " + mark.getTimestamp()
                        : offsetsOf((LineBatch) ((StreamRecord<?>) out).getValue()))
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

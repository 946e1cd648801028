package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.flink.ingest.EventReader;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private static final long T0_MS = Instant.parse("2026-03-02T06:00:00Z").toEpochMilli();

    private final EventReader source = new EventReader(SchemaLookup.ofThisRelease(), Duration.ofMinutes(5));
    private final BatchWriter writer = new BatchWriter(16, 0);
    private final BatchReader reader = new BatchReader();
    private String newestLineId = "";

    @Test
    void inputs_come_line_by_line_and_those_of_a_line_in_their_order() throws IOException {
        LiveLines lines = lines();

        // The second batch finds the places that the first one gave to the lines.
        for (int size : List.of(1000, 2000)) {
            Map<String, List<LineInput>> expected = new TreeMap<>();
            for (int sequence = 0; sequence < size; sequence++) {
                String lineId = "line-" + sequence * 7919 % 701;
                LineInput input = sequence % 17 == 5
                        ? addOther(lineId, sequence)
                        : add(lineId, sequence, null, "order-" + sequence, null, T0_MS, T0_MS);
                expected.computeIfAbsent(lineId, any -> new ArrayList<>()).add(input);
            }

            assertThat(read(writer.take(newestLineId), lines)).isEqualTo(expected);
        }
    }

    @Test
    void lines_may_come_in_any_order_and_in_another_the_next_time() throws IOException {
        LiveLines lines = lines();
        Random random = new Random(5);
        List<Integer> order = new ArrayList<>();
        for (int sequence = 0; sequence < 20_000; ) {
            int shuffles = random.nextInt(10);
            if (shuffles == 0) {
                Collections.shuffle(order, random);
                order.add(order.size());
            }
            Map<String, List<LineInput>> expected = new TreeMap<>();
            for (int line : order) {
                // Some do not come, some come twice running, and some come between.
                for (int times = random.nextInt(12) == 0 ? random.nextInt(3) : 1; times > 0; times--) {
                    int stray = random.nextInt(9) == 0 ? random.nextInt(order.size() + 3) : line;
                    String lineId = "line-" + stray;
                    expected.computeIfAbsent(lineId, any -> new ArrayList<>())
                            .add(add(lineId, sequence++, null, null, null, T0_MS, T0_MS));
                }
            }
            if (!expected.isEmpty()) {
                assertThat(read(writer.take(newestLineId), lines)).isEqualTo(expected);
            } else {
                sequence++;
            }
        }
        assertThat(lines.count()).isGreaterThan(20);
    }

    @Test
    void a_batch_after_another_has_its_own_inputs_only() throws IOException {
        LiveLines lines = lines();
        add("line-1", 1, null, null, null, T0_MS, T0_MS);
        LineBatch first = writer.take(newestLineId);
        add("line-2", 2, null, null, null, T0_MS, T0_MS);
        LineBatch second = writer.take(newestLineId);

        assertThat(read(first, lines)).containsOnlyKeys("line-1");
        assertThat(read(second, lines)).containsOnlyKeys("line-2");
        assertThat(second.lineId()).isEqualTo("line-2");
    }

    @Test
    void every_field_of_a_report_arrives() throws IOException {
        String longest = "L".repeat(64);
        List<LineInput> sent = List.of(
                add(longest, Long.MAX_VALUE / 1_000_000_000L, "R07", "order-9", "0123-45-678-9012", T0_MS, T0_MS),
                add(longest, 0, null, null, null, T0_MS, T0_MS),
                add(longest, 1, "förare saknas", "x".repeat(64), null, T0_MS + 9_000_000_000L, T0_MS),
                add(longest, 2, "x".repeat(1_000), "x".repeat(64), "p-1", T0_MS - 1, T0_MS));

        assertThat(read(writer.take(newestLineId), lines())).isEqualTo(Map.of(longest, sent));
    }

    @Test
    void a_batch_is_of_one_watermark() throws IOException {
        LineInput beforeAny = add("line-1", 1, null, null, null, T0_MS, Long.MIN_VALUE);

        assertThatThrownBy(() -> add("line-1", 2, null, null, null, T0_MS, T0_MS))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read(writer.take(newestLineId), lines())).isEqualTo(Map.of("line-1", List.of(beforeAny)));

        LineInput beforeAll = add("line-1", 3, null, null, null, T0_MS, Long.MAX_VALUE - 1);
        assertThat(read(writer.take(newestLineId), lines())).isEqualTo(Map.of("line-1", List.of(beforeAll)));
    }

    /** Puts a report into the batch as it came from the broker, and says what has to come out. */
    private LineInput add(
            String lineId,
            long sequence,
            @Nullable String reasonCode,
            @Nullable String orderId,
            @Nullable String productId,
            long receivedAtMs,
            long watermarkMs) {
        LineTelemetry sent = LineTelemetry.newBuilder()
                .setLineId(lineId)
                .setSessionId(T0_MS)
                .setSequence(sequence)
                .setEventTime(Instant.ofEpochMilli(T0_MS))
                .setState(org.capacityboard.events.MachineState.SETUP)
                .setReasonCode(reasonCode)
                .setOrderId(orderId)
                .setProductId(productId)
                .setGoodCount(4)
                .setScrapCount(5)
                .setReworkCount(orderId == null ? null : 6L)
                .build();
        Ingested read = source.read(Topic.LINE_TELEMETRY, 7, sequence, receivedAtMs, EventCodec.encode(sent));
        writer.add((Ingested.Telemetry) read, watermarkMs);
        newestLineId = lineId;
        LineReport report = new LineReport(
                lineId,
                T0_MS,
                sequence,
                T0_MS,
                MachineState.SETUP,
                reasonCode,
                orderId,
                productId,
                4,
                5,
                orderId == null ? LineReport.NOT_REPORTED : 6);
        return new LineInput.Report(report, read.origin(), watermarkMs);
    }

    private LineInput addOther(String lineId, long sequence) throws IOException {
        LineReport report =
                new LineReport(lineId, 1, sequence, sequence, MachineState.EXECUTE, null, null, null, 4, 5, 6);
        LineInput input = new LineInput.Report(
                report, new Origin(Topic.LINE_TELEMETRY.baseName(), 7, sequence, Origin.NOT_RECEIVED), Long.MIN_VALUE);
        writer.add(input);
        newestLineId = lineId;
        return input;
    }

    private Map<String, List<LineInput>> read(LineBatch batch, LiveLines lines) throws IOException {
        reader.open(batch, lines);
        Map<String, List<LineInput>> read = new TreeMap<>();
        for (int number = 0; number < reader.lineCount(); number++) {
            LiveLine line = reader.line(number);
            List<LineInput> ofLine = new ArrayList<>();
            for (int at = reader.first(number); BatchReader.isInput(at); at = reader.next(at)) {
                ofLine.add(reader.read(at, line));
            }
            assertThat(read.put(line.lineId(), ofLine))
                    .as("each line comes once")
                    .isNull();
        }
        return read;
    }

    /** Without a state backend: lines are found, never loaded. */
    @SuppressWarnings("NullAway")
    private static LiveLines lines() {
        return new LiveLines(null, null, null, 0, Integer.MAX_VALUE);
    }
}

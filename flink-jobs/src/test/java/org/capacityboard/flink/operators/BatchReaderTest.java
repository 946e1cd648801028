package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private final BatchWriter writer = new BatchWriter(16, 0);
    private final BatchReader reader = new BatchReader();

    @Test
    void inputs_come_line_by_line_and_those_of_a_line_in_their_order() throws IOException {
        LiveLines lines = lines();
        List<LineInput> sent = new ArrayList<>();
        for (int sequence = 0; sequence < 3000; sequence++) {
            sent.add(report("line-" + sequence * 7919 % 701, sequence));
        }

        // The second batch finds the places that the first one gave to the lines.
        for (List<LineInput> batch : List.of(sent.subList(0, 1000), sent.subList(1000, 3000))) {
            Map<String, List<LineInput>> expected = new TreeMap<>();
            for (LineInput input : batch) {
                writer.add(input);
                expected.computeIfAbsent(input.lineId(), any -> new ArrayList<>())
                        .add(input);
            }

            assertThat(read(writer.take(), lines)).isEqualTo(expected);
        }
    }

    @Test
    void a_batch_after_another_has_its_own_inputs_only() throws IOException {
        LiveLines lines = lines();
        writer.add(report("line-1", 1));
        LineBatch first = writer.take();
        writer.add(report("line-2", 2));
        LineBatch second = writer.take();

        assertThat(read(first, lines)).containsOnlyKeys("line-1");
        assertThat(read(second, lines)).containsOnlyKeys("line-2");
        assertThat(second.lineId()).isEqualTo("line-2");
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

    private static LineInput.Report report(String lineId, long sequence) {
        LineReport report = new LineReport(
                lineId, 1, sequence, sequence, MachineState.EXECUTE, null, "order-" + sequence, null, 4, 5, 6);
        return new LineInput.Report(
                report, new Origin(Topic.LINE_TELEMETRY.baseName(), 7, sequence, Origin.NOT_RECEIVED), Long.MIN_VALUE);
    }
}

package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineInputWireCodecTest {
    private final LineInputWireCodec codec = new LineInputWireCodec();

    @Test
    void every_field_of_a_report_arrives() throws IOException {
        LineInput.Report sent = report("line-1", "R07", "order-9", "0123-45-678-9012");

        assertThat(overTheWire(sent)).isEqualTo(sent);
    }

    @Test
    void absent_texts_stay_absent() throws IOException {
        LineInput.Report sent = report("line-1", null, null, null);

        assertThat(overTheWire(sent)).isEqualTo(sent);
    }

    @Test
    void texts_that_are_long_or_not_ascii_arrive_whole() throws IOException {
        LineInput.Report sent = report("line-1", "förare saknas", "x".repeat(65), "\u0000");

        assertThat(overTheWire(sent)).isEqualTo(sent);
    }

    private LineInput overTheWire(LineInput sent) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        codec.write(sent, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        LineInput received = codec.read(in, codec.version());
        assertThat(in.available()).isZero();
        return received;
    }

    private static LineInput.Report report(
            String lineId, @Nullable String reasonCode, @Nullable String orderId, @Nullable String productId) {
        LineReport report = new LineReport(
                lineId, 1, Long.MAX_VALUE, -3, MachineState.SETUP, reasonCode, orderId, productId, 4, 5, 6);
        return new LineInput.Report(
                report, new Origin(Topic.LINE_TELEMETRY.baseName(), 7, 8, Origin.NOT_RECEIVED), Long.MIN_VALUE);
    }
}

package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LineStateCodecTest {
    @Test
    void what_is_stored_of_a_line_arrives_whole() throws IOException {
        LineState written = new LineState(new byte[] {1, 2}, 3, new byte[] {4, 5, 6}, 7, 8, 9, 10);
        DataOutputSerializer out = new DataOutputSerializer(16);
        LineStateCodec.INSTANCE.write(written, out);

        assertThat(read(out, LineStateCodec.INSTANCE.version()))
                .usingRecursiveComparison()
                .isEqualTo(written);
    }

    @Test
    void version_1_has_no_hour_at_hand() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        Wire.bytes(new byte[] {1, 2}, out);
        for (long number : new long[] {7, 8, 9, 10}) {
            out.writeLong(number);
        }

        assertThat(read(out, 1))
                .usingRecursiveComparison()
                .isEqualTo(new LineState(new byte[] {1, 2}, LineState.NO_HOUR, new byte[0], 7, 8, 9, 10));
    }

    private static LineState read(DataOutputSerializer written, int version) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(written.getCopyOfBuffer());
        LineState read = LineStateCodec.INSTANCE.read(in, version);
        assertThat(in.available()).isZero();
        return read;
    }
}

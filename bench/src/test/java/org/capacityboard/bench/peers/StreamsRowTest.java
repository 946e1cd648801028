package org.capacityboard.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.capacityboard.bench.peers.StreamsRow.Kind;
import org.junit.jupiter.api.Test;

class StreamsRowTest {
    @Test
    void a_row_is_read_as_it_was_written() {
        StreamsRow written =
                new StreamsRow(Kind.LOSS, "DOWN", 20_515, "Störung 7", new long[] {0, -1, Long.MAX_VALUE, 42});

        StreamsRow read = StreamsRow.decode(written.encode());

        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }
}

package org.capacityboard.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.StandardLoad;
import org.junit.jupiter.api.Test;

class GenericTelemetryTest {
    private static final StandardLoad LOAD = new StandardLoad(100, 60, Instant.parse("2026-03-03T00:00:00Z"), 1);

    @Test
    void both_readers_refuse_the_rubbish_of_the_load_and_nothing_else() {
        List<byte[]> sent = new ArrayList<>();
        LoadEvents events = new LoadEvents(LOAD);
        while (events.hasNext()) {
            events.next((partition, key, value) -> sent.add(value));
        }
        GenericTelemetry avro = new GenericTelemetry();
        ReportDeserializer product = new ReportDeserializer();

        long refusedByAvro =
                sent.stream().filter(bytes -> avro.deserialize(bytes) == null).count();
        long refusedByProduct = sent.stream()
                .filter(bytes -> product.deserialize("telemetry", bytes) == null)
                .count();

        LoadSize size = LoadSize.of(LOAD);
        assertThat(sent).hasSize(Math.toIntExact(size.records()));
        assertThat(size.rubbish()).isPositive();
        assertThat(refusedByAvro).isEqualTo(size.rubbish());
        assertThat(refusedByProduct).isEqualTo(size.rubbish());
    }
}

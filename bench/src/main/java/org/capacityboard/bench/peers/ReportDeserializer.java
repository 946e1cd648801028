package org.capacityboard.bench.peers;

import org.apache.kafka.common.serialization.Deserializer;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.UnreadableEventException;
import org.jspecify.annotations.Nullable;

/** Reads reports with the product's decoder; null for what is none. All tasks share it: each thread has a decoder of its own. */
final class ReportDeserializer implements Deserializer<LineReport> {
    private static final MachineState[] STATES = MachineState.values();

    private final ThreadLocal<TelemetryDecoder> decoders = ThreadLocal.withInitial(TelemetryDecoder::new);

    @Override
    public @Nullable LineReport deserialize(String topic, byte[] bytes) {
        TelemetryDecoder decoder = decoders.get();
        try {
            if (!decoder.decode(bytes) || decoder.goodCount() < 0 || decoder.scrapCount() < 0) {
                return null;
            }
        } catch (UnreadableEventException e) {
            return null;
        }
        return new LineReport(
                decoder.lineId(),
                decoder.sessionId(),
                decoder.sequence(),
                decoder.eventTimeMs(),
                STATES[decoder.state().ordinal()],
                decoder.reasonCode(),
                decoder.orderId(),
                decoder.productId(),
                decoder.goodCount(),
                decoder.scrapCount(),
                decoder.hasReworkCount() ? decoder.reworkCount() : LineReport.NOT_REPORTED);
    }
}

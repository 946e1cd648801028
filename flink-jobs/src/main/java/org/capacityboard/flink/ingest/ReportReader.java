package org.capacityboard.flink.ingest;

import java.util.Arrays;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.schemas.TelemetryDecoder;

/** Takes the bytes of valid reports apart. Not for use by several threads. */
public final class ReportReader {
    private static final MachineState[] STATES = Arrays.stream(org.capacityboard.events.MachineState.values())
            .map(state -> MachineState.valueOf(state.name()))
            .toArray(MachineState[]::new);

    private final TelemetryDecoder decoder = new TelemetryDecoder();

    /**
     * The report whose body begins somewhere in these bytes.
     *
     * @param lineId its line, which the caller knows
     */
    public LineReport read(byte[] bytes, int bodyFrom, String lineId) {
        decoder.decodeBody(bytes, bodyFrom);
        return new LineReport(
                lineId,
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

package org.capacityboard.simulator;

import org.capacityboard.schemas.TelemetryEncoder;
import org.capacityboard.schemas.Topic;

/** The telemetry of one line, as bytes. */
final class LineEvents implements EventSource {
    private final String lineId;
    private final Reports reports;
    private final TelemetryEncoder encoder;
    private final byte[] prefix;
    private final Report report = new Report();

    LineEvents(SimulatedLine line, Reports reports, TelemetryEncoder encoder) {
        this.lineId = line.lineId();
        this.reports = reports;
        this.encoder = encoder;
        this.prefix = TelemetryEncoder.prefix(lineId);
    }

    @Override
    public void seek(long sendTimeMs) {
        reports.seek(sendTimeMs);
        do {
            reports.next(report);
        } while (report.sendTimeMs < sendTimeMs);
    }

    @Override
    public long nextSendTimeMs() {
        return report.sendTimeMs;
    }

    @Override
    public SimulatedEvent next() {
        byte[] value = encoder.encode(
                prefix,
                report.sessionId,
                report.sequence,
                report.eventTimeMs,
                report.state,
                report.reasonCode,
                report.productId,
                report.goodCount,
                report.scrapCount,
                report.reworkCount);
        SimulatedEvent event =
                new SimulatedEvent(Topic.LINE_TELEMETRY, lineId, value, report.eventTimeMs, report.sendTimeMs);
        reports.next(report);
        return event;
    }
}

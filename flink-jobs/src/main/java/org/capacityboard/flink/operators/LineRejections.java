package org.capacityboard.flink.operators;

import java.time.Duration;
import java.time.Instant;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Payloads;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;

/** Why the timeline of a line refuses something, in words for a plant engineer. */
final class LineRejections {
    private LineRejections() {}

    static Rejection late(LineInput.Report input, long watermarkMs, Duration horizon) {
        LineReport report = input.report();
        return new Rejection(
                input.origin(),
                RejectReason.LATE,
                "The report of line " + report.lineId() + " (session " + report.sessionId() + ", sequence "
                        + report.sequence() + ") came too late: it would change figures of "
                        + Instant.ofEpochMilli(report.eventTimeMs()) + " or before, and those older than "
                        + Instant.ofEpochMilli(watermarkMs - horizon.toMillis()) + " are final (correction horizon "
                        + horizon.toHours() + " h).\nMaybe the edge was cut off for longer than that.",
                report.eventTimeMs(),
                Payloads.json(report));
    }

    static Rejection conflict(Ingested.Reference reference) {
        return new Rejection(
                reference.origin(),
                RejectReason.CONFLICTING_REVISION,
                "Another content of " + reference.id() + " with the same validFrom and revision " + reference.revision()
                        + " was accepted before; the first one stands.\nMaybe the change needs a higher revision.",
                Ingested.NO_EVENT_TIME,
                Payloads.json(reference));
    }

    static Rejection unknownLine(LineInput input) {
        if (input instanceof LineInput.Report held) {
            return new Rejection(
                    held.origin(),
                    RejectReason.UNKNOWN_LINE,
                    "Line " + held.lineId() + " is not known at "
                            + Instant.ofEpochMilli(held.report().eventTimeMs())
                            + ": no version of it was accepted from topic lines with a validFrom at or before that instant."
                            + "\nMaybe the line was never announced, or its lineId is misspelt.",
                    held.report().eventTimeMs(),
                    Payloads.json(held.report()));
        }
        Ingested.Reference plan = ((LineInput.Version) input).stamped().reference();
        return new Rejection(
                plan.origin(),
                RejectReason.UNKNOWN_LINE,
                "Shift plan " + plan.id() + " is for line " + input.lineId() + ", which is not known in its time."
                        + "\nMaybe the line was never announced, or its lineId is misspelt.",
                Ingested.NO_EVENT_TIME,
                Payloads.json(plan));
    }
}

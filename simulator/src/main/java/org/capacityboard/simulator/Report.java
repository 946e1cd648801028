package org.capacityboard.simulator;

import org.capacityboard.events.MachineState;
import org.capacityboard.schemas.TelemetryEncoder;
import org.jspecify.annotations.Nullable;

/** One report of a line on its way out; reused, because a million are made for every second of loading history. */
final class Report {
    static final long NOT_COUNTED = TelemetryEncoder.NOT_COUNTED;

    long sessionId;
    long sequence;
    long eventTimeMs;
    long sendTimeMs;
    MachineState state = MachineState.OFFLINE;

    @Nullable
    String reasonCode;

    @Nullable
    String productId;

    long goodCount;
    long scrapCount;
    long reworkCount = NOT_COUNTED;

    Report set(Report other) {
        sessionId = other.sessionId;
        sequence = other.sequence;
        eventTimeMs = other.eventTimeMs;
        sendTimeMs = other.sendTimeMs;
        state = other.state;
        reasonCode = other.reasonCode;
        productId = other.productId;
        goodCount = other.goodCount;
        scrapCount = other.scrapCount;
        reworkCount = other.reworkCount;
        return this;
    }
}

package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.events.LineTelemetry;
import org.jspecify.annotations.Nullable;

/**
 * What the oracle computes from.
 *
 * @param events in arrival order; those that break a rule of intake are left out by the oracle itself
 * @param until event time covered: no time beyond it is counted
 * @param horizon how long a window may still change after its end
 */
public record OracleInput(List<OracleEvent> events, Instant until, Duration horizon) {
    /** How far the watermark stays behind the highest event time. */
    public static final Duration DISORDER = Duration.ofSeconds(30);

    public OracleInput {
        events = List.copyOf(events);
    }

    /** Arrivals read one after the other, the watermark following the highest event time after every one, as in a replay of files. */
    public static OracleInput replayed(List<Arrival> arrivals, Instant until, Duration horizon) {
        List<OracleEvent> events = new ArrayList<>();
        @Nullable Instant watermark = null;
        for (Arrival arrival : arrivals) {
            if (arrival.event() == null) {
                continue;
            }
            OracleEvent event = new OracleEvent(arrival.event(), arrival.receivedAt(), watermark);
            events.add(event);
            if (event.event() instanceof LineTelemetry telemetry
                    && Intake.isAcceptable(telemetry, event.receivedAt())) {
                Instant covered = telemetry.getEventTime().minus(DISORDER);
                watermark = watermark == null || covered.isAfter(watermark) ? covered : watermark;
            }
        }
        return new OracleInput(events, until, horizon);
    }
}

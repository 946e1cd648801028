package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Short words for tests: simulations and what they send. */
final class Feed {
    /** A Monday. */
    static final Instant START = Instant.parse("2026-09-07T00:00:00Z");

    static final Duration ONE_DAY = Duration.ofDays(1);

    private Feed() {}

    static Simulation alliance() throws IOException {
        return Simulation.of(Scenario.load("alliance-155"), START);
    }

    static Simulation cleanLine() throws IOException {
        return Simulation.of(Scenario.load("clean-line"), START);
    }

    /** Everything sent in an interval of the simulation. */
    static List<SimulatedEvent> events(Simulation simulation, Instant from, Duration length) {
        SimulatedEvents events = SimulatedEvents.from(simulation, from.toEpochMilli());
        List<SimulatedEvent> taken = new ArrayList<>();
        while (events.nextSendTimeMs() < from.plus(length).toEpochMilli()) {
            taken.add(events.next());
        }
        return taken;
    }

    /** All of an event, to compare it by. */
    static String text(SimulatedEvent event) {
        return event.sendTimeMs() + " " + event.eventTimeMs() + " " + event.topic() + " " + event.key() + " "
                + HexFormat.of().formatHex(event.value());
    }

    /** The event in the bytes; null for bytes that are none. */
    static @Nullable SpecificRecord decoded(SimulatedEvent event) {
        Schema schema = event.topic().schema();
        boolean readable = schema != null
                && event.value()[0] == (byte) 0xC3
                && EventCodec.fingerprint(event.value()) == EventCodec.fingerprint(schema);
        return schema != null && readable ? EventCodec.decode(event.value(), schema, event.topic()) : null;
    }

    /** The telemetry in an event; fails if it is none. */
    static LineTelemetry report(SimulatedEvent event) {
        assertThat(event.topic()).isEqualTo(Topic.LINE_TELEMETRY);
        return (LineTelemetry) EventCodec.decode(event.value(), LineTelemetry.getClassSchema(), Topic.LINE_TELEMETRY);
    }

    static List<LineTelemetry> reports(List<SimulatedEvent> events) {
        return events.stream()
                .filter(it -> it.topic() == Topic.LINE_TELEMETRY)
                .map(Feed::report)
                .toList();
    }
}

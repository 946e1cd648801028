package org.capacityboard.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.schemas.RegisteredSchema;
import org.capacityboard.schemas.Topic;

/** What must be known before anything is reported: the schemas written with, then plants, products and lines. */
final class ReferenceEvents implements EventSource {
    private static final double DECLARED_SHARE_OF_IDEAL = 0.85;
    private static final List<Topic> WRITTEN = List.of(
            Topic.PLANTS,
            Topic.PRODUCTS,
            Topic.MATERIALS,
            Topic.SUPPLIERS,
            Topic.LINES,
            Topic.SURGE_REQUIREMENTS,
            Topic.SHIFT_PLANS,
            Topic.MATERIAL_STOCKS,
            Topic.WORKFORCE,
            Topic.ORDERS,
            Topic.DELIVERIES,
            Topic.LINE_TELEMETRY);

    private final Scenario scenario;
    private final List<SimulatedLine> lines;
    private final long startMs;
    private Iterator<SimulatedEvent> left = List.<SimulatedEvent>of().iterator();

    ReferenceEvents(Scenario scenario, List<SimulatedLine> lines, long startMs) {
        this.scenario = scenario;
        this.lines = lines;
        this.startMs = startMs;
    }

    @Override
    public void seek(long sendTimeMs) {
        left = (sendTimeMs > startMs ? List.<SimulatedEvent>of() : all()).iterator();
    }

    @Override
    public long nextSendTimeMs() {
        return left.hasNext() ? startMs : NEVER;
    }

    @Override
    public SimulatedEvent next() {
        return left.next();
    }

    private List<SimulatedEvent> all() {
        List<SimulatedEvent> events = new ArrayList<>();
        for (Topic topic : WRITTEN) {
            Schema schema = topic.schema();
            if (schema != null) {
                RegisteredSchema entry = RegisteredSchema.of(schema);
                byte[] json = entry.json().getBytes(StandardCharsets.UTF_8);
                events.add(new SimulatedEvent(Topic.SCHEMAS, entry.key(), json, startMs, startMs));
            }
        }
        List<SpecificRecord> records = new ArrayList<>(scenario.plants());
        records.addAll(scenario.products());
        records.addAll(scenario.materials());
        records.addAll(scenario.suppliers());
        lines.forEach(line -> records.add(event(line)));
        records.addAll(scenario.surgeRequirements());
        records.forEach(it -> events.add(SimulatedEvent.of(it, startMs)));
        return events;
    }

    private Line event(SimulatedLine line) {
        Scenario.LineGroup group = line.group();
        Scenario.OtherProduct other = group.otherProduct();
        Scenario.Hours hours = line.shifts().hoursPerWeek();
        return Line.newBuilder()
                .setLineId(line.lineId())
                .setPlantId(group.plantId())
                .setProductId(group.productId())
                .setIdealCycleSeconds(group.idealCycleSeconds())
                .setCycles(
                        other == null
                                ? List.of()
                                : List.of(new ProductCycle(other.productId(), other.idealCycleSeconds())))
                .setHeartbeatSeconds(scenario.heartbeatSeconds())
                .setCalendar(line.aroundTheClock() ? LineCalendar.AROUND_THE_CLOCK : LineCalendar.PLANNED)
                .setDeclaredUnitsPerHour(3600 / group.idealCycleSeconds() * DECLARED_SHARE_OF_IDEAL)
                .setHoursPerWeek(new HoursPerWeek(hours.peacetime(), hours.crisis(), hours.conflict()))
                .setAvailableFrom(
                        group.availableAfterDays() == null ? null : Instant.ofEpochMilli(line.availableFromMs()))
                .build();
    }
}

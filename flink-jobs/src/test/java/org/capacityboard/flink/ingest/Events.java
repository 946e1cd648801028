package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/** One-line builders of what plants send. */
final class Events {
    static final Instant T0 = Instant.parse("2026-03-02T06:00:00Z");
    static final long T0_MS = T0.toEpochMilli();
    static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private Events() {}

    static LineTelemetry.Builder telemetry() {
        return LineTelemetry.newBuilder()
                .setLineId("L1")
                .setSessionId(T0_MS)
                .setSequence(7)
                .setEventTime(T0)
                .setState(org.capacityboard.events.MachineState.EXECUTE)
                .setGoodCount(100)
                .setScrapCount(2);
    }

    static Plant.Builder plant() {
        return Plant.newBuilder()
                .setPlantId("0A1B2")
                .setName("Works One")
                .setNation("POL")
                .setParentEntity("Works Group")
                .setLatitude(52.1)
                .setLongitude(21.0)
                .setTimeZone("Europe/Warsaw");
    }

    static ShiftPlan.Builder shiftPlan() {
        return ShiftPlan.newBuilder()
                .setPlanId("P1")
                .setLineId("L1")
                .setStart(T0)
                .setEnd(T0.plusSeconds(3600))
                .setBreaks(List.of(new PlanBreak(T0.minusSeconds(600), T0.minusSeconds(300))));
    }

    static OrderEvent.Builder order() {
        return OrderEvent.newBuilder()
                .setOrderId("O1")
                .setEventTime(T0)
                .setType(OrderEventType.CONFIRMED)
                .setProductId("shell")
                .setPlantId("0A1B2")
                .setBuyerNation("NLD")
                .setQuantity(10)
                .setConfirmedAt(T0)
                .setPromisedAt(T0.plus(Duration.ofDays(30)));
    }

    static DeliveryEvent.Builder delivery() {
        return DeliveryEvent.newBuilder()
                .setDeliveryId("D1")
                .setOrderId("O1")
                .setEventTime(T0)
                .setStage(DeliveryStage.ACCEPTED)
                .setQuantity(4);
    }

    static Ingested report(long eventTimeMs, long receivedAtMs) {
        byte[] record = EventCodec.encode(
                telemetry().setEventTime(Instant.ofEpochMilli(eventTimeMs)).build());
        int lineIdFrom = EventCodec.HEADER_BYTES + 1;
        return new Ingested.Telemetry(origin(0, receivedAtMs), eventTimeMs, record, lineIdFrom, lineIdFrom + 2);
    }

    /** What stands in a report that was read. */
    static LineReport reportOf(Ingested read) {
        Ingested.Telemetry telemetry = (Ingested.Telemetry) read;
        return new ReportReader().read(telemetry.record(), EventCodec.HEADER_BYTES, telemetry.lineId());
    }

    static Ingested reference(long offset) {
        return new Ingested.Reference(origin(offset, T0_MS), "0A1B2", 0, 0, new byte[0]);
    }

    static Ingested refused(long receivedAtMs) {
        return new Ingested.Refused(new Rejection(
                origin(0, receivedAtMs), RejectReason.UNREADABLE, "no event", Ingested.NO_EVENT_TIME, "hex:00"));
    }

    private static Origin origin(long offset, long receivedAtMs) {
        return new Origin(Topic.LINE_TELEMETRY.baseName(), 0, offset, receivedAtMs);
    }
}

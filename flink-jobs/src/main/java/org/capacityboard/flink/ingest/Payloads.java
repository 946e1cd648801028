package org.capacityboard.flink.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.schemas.EventJson;

/** What a refused record held, in a form that people can read and that can be sent again. */
public final class Payloads {
    /** Longer payloads are cut here and end in {@code ...}: they must fit into a message of topic rejected. */
    static final int LONGEST = 100_000;

    private Payloads() {}

    /** A report as a line of JSON. */
    public static String json(LineReport report) {
        return json(event(report));
    }

    /** What was said of an order as a line of JSON. */
    public static String json(OrderRecord order) {
        return json(OrderEvent.newBuilder()
                .setOrderId(order.orderId())
                .setEventTime(Instant.ofEpochMilli(order.eventTimeMs()))
                .setType(OrderEventType.valueOf(order.change().name()))
                .setProductId(order.productId())
                .setPlantId(order.plantId())
                .setBuyerNation(order.buyerNation())
                .setQuantity(order.quantity())
                .setConfirmedAt(Instant.ofEpochMilli(order.confirmedAtMs()))
                .setPromisedAt(Instant.ofEpochMilli(order.promisedAtMs()))
                .setPriority(order.priority() == OrderRecord.NO_PRIORITY ? null : order.priority())
                .setFrameworkId(order.frameworkId())
                .setRevision(order.revision())
                .build());
    }

    /** A delivery as a line of JSON. */
    public static String json(DeliveryRecord delivery) {
        return json(DeliveryEvent.newBuilder()
                .setDeliveryId(delivery.deliveryId())
                .setOrderId(delivery.orderId())
                .setEventTime(Instant.ofEpochMilli(delivery.eventTimeMs()))
                .setStage(DeliveryStage.valueOf(delivery.stage().name()))
                .setQuantity(delivery.quantity())
                .build());
    }

    /** A version of reference data as a line of JSON. */
    public static String json(Ingested.Reference reference) {
        return json(ReferenceReader.event(reference));
    }

    static String json(SpecificRecord event) {
        return cut(EventJson.write(event));
    }

    /** A line of a file as it stands there; as bytes if it holds what no database takes. */
    static String line(String line) {
        return line.indexOf('\0') < 0 ? cut(line) : hex(line.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, LONGEST / 2);
        return "hex:" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "..." : "");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static LineTelemetry event(LineReport report) {
        return LineTelemetry.newBuilder()
                .setLineId(report.lineId())
                .setSessionId(report.sessionId())
                .setSequence(report.sequence())
                .setEventTime(Instant.ofEpochMilli(report.eventTimeMs()))
                .setState(MachineState.valueOf(report.state().name()))
                .setReasonCode(report.reasonCode())
                .setOrderId(report.orderId())
                .setProductId(report.productId())
                .setGoodCount(report.goodCount())
                .setScrapCount(report.scrapCount())
                .setReworkCount(report.reworkCount() == LineReport.NOT_REPORTED ? null : report.reworkCount())
                .build();
    }
}

package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;

/** Orders of one product at one plant in UTC; times are days since {@link #T0}, and parts of them. */
final class OrderStory {
    static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
    static final Duration HORIZON = Duration.ofHours(48);

    private final List<SpecificRecord> events = new ArrayList<>();
    private double promisedOn = 100;
    private long revision;
    private int deliveries;

    OrderStory() {
        events.add(Plant.newBuilder()
                .setPlantId("PL001")
                .setName("Plant")
                .setNation("AUT")
                .setParentEntity("Synthetic works")
                .setLatitude(48)
                .setLongitude(16)
                .setTimeZone("UTC")
                .build());
        events.add(Product.newBuilder()
                .setProductId("shell-a")
                .setName("Shell")
                .setBillOfMaterials(List.of())
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .build());
    }

    static Instant on(double day) {
        return T0.plusMillis(Math.round(day * 86_400_000));
    }

    OrderStory promisedOn(double day) {
        promisedOn = day;
        return this;
    }

    /** Ordered, and known, on a day. */
    OrderStory confirmed(String orderId, double day, long units) {
        return said(OrderEventType.CONFIRMED, orderId, day, day, units);
    }

    /** Ordered on a day, known later. */
    OrderStory confirmedLate(String orderId, double day, double knownOn, long units) {
        return said(OrderEventType.CONFIRMED, orderId, day, knownOn, units);
    }

    OrderStory amended(String orderId, double confirmedOn, double day, long units) {
        return said(OrderEventType.AMENDED, orderId, confirmedOn, day, units);
    }

    OrderStory cancelled(String orderId, double confirmedOn, double day, long units) {
        return said(OrderEventType.CANCELLED, orderId, confirmedOn, day, units);
    }

    private OrderStory said(OrderEventType type, String orderId, double confirmedOn, double day, long units) {
        events.add(OrderEvent.newBuilder()
                .setOrderId(orderId)
                .setEventTime(on(day))
                .setType(type)
                .setProductId("shell-a")
                .setPlantId("PL001")
                .setBuyerNation("POL")
                .setQuantity(units)
                .setConfirmedAt(on(confirmedOn))
                .setPromisedAt(on(promisedOn))
                .setRevision(revision++)
                .build());
        return this;
    }

    OrderStory accepted(String orderId, double day, long units) {
        return delivered(DeliveryStage.ACCEPTED, orderId, day, units);
    }

    OrderStory delivered(DeliveryStage stage, String orderId, double day, long units) {
        events.add(DeliveryEvent.newBuilder()
                .setDeliveryId("lot-" + deliveries++)
                .setOrderId(orderId)
                .setEventTime(on(day))
                .setStage(stage)
                .setQuantity(units)
                .build());
        return this;
    }

    LeadTimeRows until(double day) {
        Instant until = on(day);
        return Oracle.leadTimes(new OracleInput(
                events.stream()
                        .map(event -> new OracleEvent(event, until, null))
                        .toList(),
                until,
                HORIZON));
    }

    /** Lead times of all orders, by their last unit, on the last day of these rows. */
    static LeadTimeKey ofAll(LeadTimeRows rows) {
        return of(rows, "all", "LAST_UNIT");
    }

    static LeadTimeKey of(LeadTimeRows rows, String cohort, String basis) {
        return rows.rows().keySet().stream()
                .filter(key -> key.table() == LeadTimeTable.LEAD_TIME
                        && key.part("group_kind").equals("alliance")
                        && key.part("cohort").equals(cohort)
                        && key.part("basis").equals(basis))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Values of a curve of all orders, by their last unit, from day 0 on. */
    static List<Double> survival(LeadTimeRows rows, int... days) {
        List<Double> values = new ArrayList<>();
        for (int day : days) {
            LeadTimeKey key =
                    LeadTimeKey.of(LeadTimeTable.LEAD_TIME_CURVE, "alliance", "alliance", "all", "LAST_UNIT", day);
            Double value = rows.number(key, "survival");
            values.add(value == null ? Double.NaN : value);
        }
        return values;
    }
}

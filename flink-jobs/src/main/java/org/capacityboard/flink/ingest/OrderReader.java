package org.capacityboard.flink.ingest;

import java.util.Objects;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.DeliveryStage;
import org.capacityboard.domain.leadtime.OrderChange;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/** Turns valid events of orders and deliveries, and the reference data they name, into the records that lead times are computed from. */
public final class OrderReader {
    private OrderReader() {}

    /** What was said of an order, from an event of topic orders. */
    public static OrderRecord order(Ingested.Other read) {
        OrderEvent event = (OrderEvent) EventCodec.fromBody(read.body(), Topic.ORDERS);
        return new OrderRecord(
                event.getOrderId(),
                OrderChange.valueOf(event.getType().name()),
                event.getEventTime().toEpochMilli(),
                event.getRevision(),
                event.getProductId(),
                event.getPlantId(),
                event.getBuyerNation(),
                event.getQuantity(),
                event.getConfirmedAt().toEpochMilli(),
                event.getPromisedAt().toEpochMilli(),
                Objects.requireNonNullElse(event.getPriority(), OrderRecord.NO_PRIORITY),
                event.getFrameworkId(),
                read.body());
    }

    /** What came to a stage, from an event of topic deliveries. */
    public static DeliveryRecord delivery(Ingested.Other read) {
        DeliveryEvent event = (DeliveryEvent) EventCodec.fromBody(read.body(), Topic.DELIVERIES);
        return new DeliveryRecord(
                event.getDeliveryId(),
                event.getOrderId(),
                DeliveryStage.valueOf(event.getStage().name()),
                event.getEventTime().toEpochMilli(),
                event.getQuantity(),
                read.body());
    }

    /** A plant's clock and nation, from a reference of topic plants. */
    public static OrderPlant plant(Ingested.Reference reference) {
        Plant plant = (Plant) ReferenceReader.event(reference);
        return new OrderPlant(ReferenceReader.plant(reference), plant.getNation());
    }

    /** A product's capability area, from a reference of topic products. */
    public static OrderProduct product(Ingested.Reference reference) {
        Product product = (Product) ReferenceReader.event(reference);
        return new OrderProduct(
                product.getProductId(),
                reference.validFromMs(),
                reference.revision(),
                product.getCapabilityArea().name());
    }
}

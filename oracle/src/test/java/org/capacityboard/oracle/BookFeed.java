package org.capacityboard.oracle;

import java.time.Instant;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.DeliveryStage;
import org.capacityboard.domain.leadtime.OrderChange;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.schemas.EventCodec;
import org.jspecify.annotations.Nullable;

/** Orders, deliveries and what they name in the words of the domain. */
final class BookFeed {
    private BookFeed() {}

    static OrderPlant plant(Plant plant) {
        return new OrderPlant(DomainFeed.plant(plant), plant.getNation());
    }

    static OrderProduct product(Product product) {
        @Nullable Instant validFrom = product.getValidFrom();
        return new OrderProduct(
                product.getProductId(),
                validFrom == null ? Versions.ALWAYS : validFrom.toEpochMilli(),
                product.getRevision(),
                product.getCapabilityArea().name());
    }

    static OrderRecord order(OrderEvent order) {
        return new OrderRecord(
                order.getOrderId(),
                OrderChange.valueOf(order.getType().name()),
                order.getEventTime().toEpochMilli(),
                order.getRevision(),
                order.getProductId(),
                order.getPlantId(),
                order.getBuyerNation(),
                order.getQuantity(),
                order.getConfirmedAt().toEpochMilli(),
                order.getPromisedAt().toEpochMilli(),
                order.getPriority() == null ? OrderRecord.NO_PRIORITY : order.getPriority(),
                order.getFrameworkId(),
                EventCodec.body(order));
    }

    static DeliveryRecord delivery(DeliveryEvent delivery) {
        return new DeliveryRecord(
                delivery.getDeliveryId(),
                delivery.getOrderId(),
                DeliveryStage.valueOf(delivery.getStage().name()),
                delivery.getEventTime().toEpochMilli(),
                delivery.getQuantity(),
                EventCodec.body(delivery));
    }
}

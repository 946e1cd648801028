package org.capacityboard.flink.operators;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.DeliveryStage;
import org.capacityboard.domain.leadtime.OrderChange;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.Topic;

/** Inputs of an order book with one plant and one product, as a test says them. Days count from {@link #T0}. */
final class BookInputs {
    static final long NO_WATERMARK = Long.MIN_VALUE;
    static final Instant T0 = Instant.parse("2026-11-02T06:00:00Z");
    static final String PLANT_ID = "AB123";
    static final String PRODUCT_ID = "shell";

    private BookInputs() {}

    static long day(double days) {
        return T0.toEpochMilli() + Math.round(days * Duration.ofDays(1).toMillis());
    }

    static BookInput plant() {
        return new BookInput.Plant(
                new OrderPlant(new PlantVersion(PLANT_ID, Versions.ALWAYS, 0, ZoneOffset.UTC, 0), "NOR"), NO_WATERMARK);
    }

    static BookInput product() {
        return new BookInput.Product(new OrderProduct(PRODUCT_ID, Versions.ALWAYS, 0, "AMMUNITION"), NO_WATERMARK);
    }

    /** Ten units, promised in thirty days. */
    static BookInput confirmed(String orderId, double atDay) {
        return order(orderId, OrderChange.CONFIRMED, atDay, PLANT_ID, PRODUCT_ID, 10, NO_WATERMARK);
    }

    static BookInput amended(String orderId, double atDay, long quantity) {
        return order(orderId, OrderChange.AMENDED, atDay, PLANT_ID, PRODUCT_ID, quantity, NO_WATERMARK);
    }

    static BookInput cancelled(String orderId, double atDay) {
        return order(orderId, OrderChange.CANCELLED, atDay, PLANT_ID, PRODUCT_ID, 10, NO_WATERMARK);
    }

    static BookInput confirmedAt(String plantId, String productId, String orderId, double atDay) {
        return order(orderId, OrderChange.CONFIRMED, atDay, plantId, productId, 10, NO_WATERMARK);
    }

    private static BookInput order(
            String orderId,
            OrderChange change,
            double atDay,
            String plantId,
            String productId,
            long quantity,
            long readAtWatermarkMs) {
        return new BookInput.Order(
                new OrderRecord(
                        orderId,
                        change,
                        day(atDay),
                        0,
                        productId,
                        plantId,
                        "NLD",
                        quantity,
                        change == OrderChange.CONFIRMED ? day(atDay) : day(0),
                        day(atDay + 30),
                        OrderRecord.NO_PRIORITY,
                        null,
                        (orderId + change + atDay + plantId + productId + quantity).getBytes(StandardCharsets.UTF_8)),
                new Origin(Topic.ORDERS.baseName(), 0, Math.round(atDay * 1_000), day(atDay)),
                readAtWatermarkMs);
    }

    static BookInput accepted(String orderId, String deliveryId, double atDay, long quantity) {
        return accepted(orderId, deliveryId, atDay, quantity, NO_WATERMARK);
    }

    static BookInput accepted(String orderId, String deliveryId, double atDay, long quantity, long readAtWatermarkMs) {
        return new BookInput.Delivery(
                new DeliveryRecord(
                        deliveryId,
                        orderId,
                        DeliveryStage.ACCEPTED,
                        day(atDay),
                        quantity,
                        (orderId + deliveryId + atDay + quantity).getBytes(StandardCharsets.UTF_8)),
                new Origin(Topic.DELIVERIES.baseName(), 3, Math.round(atDay * 1_000), day(atDay)),
                readAtWatermarkMs);
    }
}

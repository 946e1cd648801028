package org.capacityboard.flink.operators;

import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.flink.ingest.Origin;

/** What the order book takes in. Every input carries the watermark at which it was read ({@code Long.MIN_VALUE}: none yet). */
public sealed interface BookInput {
    /** Under which its state lies: an order's id, or {@code plant:} or {@code product:} and an id. No id of an order has a colon. */
    String key();

    long readAtWatermarkMs();

    /** What was said of an order, or done for it. */
    sealed interface OfOrder extends BookInput {
        Origin origin();

        long eventTimeMs();
    }

    /** An order was confirmed, amended or cancelled. */
    record Order(OrderRecord record, Origin origin, long readAtWatermarkMs) implements OfOrder {
        @Override
        public String key() {
            return record.orderId();
        }

        @Override
        public long eventTimeMs() {
            return record.eventTimeMs();
        }
    }

    /** Units of an order were dispatched, accepted or rejected. */
    record Delivery(DeliveryRecord record, Origin origin, long readAtWatermarkMs) implements OfOrder {
        @Override
        public String key() {
            return record.orderId();
        }

        @Override
        public long eventTimeMs() {
            return record.eventTimeMs();
        }
    }

    /** An accepted version of a plant. */
    record Plant(OrderPlant version, long readAtWatermarkMs) implements BookInput {
        @Override
        public String key() {
            return keyOf(version.version().plantId());
        }

        static String keyOf(String plantId) {
            return "plant:" + plantId;
        }
    }

    /** An accepted version of a product. */
    record Product(OrderProduct version, long readAtWatermarkMs) implements BookInput {
        @Override
        public String key() {
            return keyOf(version.productId());
        }

        static String keyOf(String productId) {
            return "product:" + productId;
        }
    }
}

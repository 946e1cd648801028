package org.capacityboard.flink.operators;

import java.util.Locale;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.flink.ingest.Payloads;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.schemas.Topic;

/** Why the order book refuses something, in words for a plant engineer. */
final class OrderRejections {
    private OrderRejections() {}

    static Rejection unknownPlant(BookInput.Order input) {
        return unknownReference(input, "plant " + input.record().plantId(), Topic.PLANTS);
    }

    static Rejection unknownProduct(BookInput.Order input) {
        return unknownReference(input, "product " + input.record().productId(), Topic.PRODUCTS);
    }

    /** A change or cancellation of an order that nobody confirmed, or a delivery of one. */
    static Rejection unknownOrder(BookInput.OfOrder input) {
        if (input instanceof BookInput.Order change) {
            OrderRecord record = change.record();
            return unknownOrder(
                    input,
                    "Order " + record.orderId() + " was " + record.change()
                            + ", but nothing of topic orders CONFIRMED it",
                    Payloads.json(record));
        }
        DeliveryRecord record = ((BookInput.Delivery) input).record();
        return unknownOrder(
                input,
                "Delivery " + record.deliveryId() + " (" + record.stage() + ") is of order " + record.orderId()
                        + ", which nothing of topic orders CONFIRMED",
                Payloads.json(record));
    }

    /** A new record of an order that has as many as one may have. */
    static Rejection tooManyRecords(BookInput.OfOrder input) {
        return new Rejection(
                input.origin(),
                RejectReason.TOO_MANY_RECORDS,
                String.format(
                        Locale.ROOT,
                        "Order %s has %,d records already, and no order may have more."
                                + "\nMaybe a system repeats itself with new numbers: a deliveryId, revision or eventTime that is another each time.",
                        input.key(),
                        BookState.MOST_RECORDS),
                input.eventTimeMs(),
                input instanceof BookInput.Order order
                        ? Payloads.json(order.record())
                        : Payloads.json(((BookInput.Delivery) input).record()));
    }

    private static Rejection unknownReference(BookInput.Order input, String missing, Topic topic) {
        OrderRecord record = input.record();
        return new Rejection(
                input.origin(),
                RejectReason.UNKNOWN_REFERENCE,
                "Order " + record.orderId() + " names " + missing + ", which topic " + topic.baseName()
                        + " does not have.\nMaybe it was not sent yet: send it first, then this record again.",
                record.eventTimeMs(),
                Payloads.json(record));
    }

    private static Rejection unknownOrder(BookInput.OfOrder input, String what, String payload) {
        return new Rejection(
                input.origin(),
                RejectReason.UNKNOWN_ORDER,
                what
                        + " in all the time it waited.\nMaybe its CONFIRMED event was refused itself, or the orderId is misspelt.",
                input.eventTimeMs(),
                payload);
    }
}

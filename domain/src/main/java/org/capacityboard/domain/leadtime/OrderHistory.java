package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All distinct records of one order line. Unchangeable: a record more makes a new history.
 */
public final class OrderHistory {
    private static final OrderRecord[] NO_ORDERS = {};
    private static final DeliveryRecord[] NO_DELIVERIES = {};
    private static final Comparator<DeliveryRecord> BY_DELIVERY =
            Comparator.comparing(DeliveryRecord::deliveryId).thenComparing(DeliveryRecord::stage);

    private final String orderId;
    private final OrderRecord[] orders;
    private final DeliveryRecord[] deliveries;
    private final long version;

    private OrderHistory(String orderId, OrderRecord[] orders, DeliveryRecord[] deliveries, long version) {
        this.orderId = orderId;
        this.orders = orders;
        this.deliveries = deliveries;
        this.version = version;
    }

    /** A history without records. */
    public static OrderHistory of(String orderId) {
        return new OrderHistory(orderId, NO_ORDERS, NO_DELIVERIES, 0);
    }

    /** A history as it was stored. */
    public static OrderHistory of(
            String orderId, List<OrderRecord> orders, List<DeliveryRecord> deliveries, long version) {
        OrderRecord[] ranked = orders.toArray(NO_ORDERS);
        for (int i = 0; i < ranked.length; i++) {
            ranked[i] = withId(ranked[i], orderId);
        }
        Arrays.sort(ranked);
        DeliveryRecord[] ordered = deliveries.toArray(NO_DELIVERIES);
        Arrays.sort(ordered, BY_DELIVERY);
        String deliveryId = "";
        for (int i = 0; i < ordered.length; i++) {
            deliveryId = ordered[i].deliveryId().equals(deliveryId) ? deliveryId : ordered[i].deliveryId();
            ordered[i] = withIds(ordered[i], deliveryId, orderId);
        }
        return new OrderHistory(orderId, ranked, ordered, version);
    }

    public String orderId() {
        return orderId;
    }

    /** By rank. */
    public List<OrderRecord> orders() {
        return Collections.unmodifiableList(Arrays.asList(orders));
    }

    /** By delivery and stage; of each the content that counts. */
    public List<DeliveryRecord> deliveries() {
        return Collections.unmodifiableList(Arrays.asList(deliveries));
    }

    /** How many distinct records it ever accepted. */
    public long version() {
        return version;
    }

    /** With one record more; this history itself if the record is there already, or counts less than what is. */
    public OrderHistory with(OrderRecord record) {
        int place = Arrays.binarySearch(orders, record);
        if (place >= 0) {
            return this;
        }
        int at = -place - 1;
        OrderRecord[] more = Arrays.copyOf(orders, orders.length + 1);
        System.arraycopy(orders, at, more, at + 1, orders.length - at);
        more[at] = withId(record, orderId);
        return new OrderHistory(orderId, more, deliveries, version + 1);
    }

    /** With one record more; this history itself if the record is there already, or counts less than what is. */
    public OrderHistory with(DeliveryRecord record) {
        int place = Arrays.binarySearch(deliveries, record, BY_DELIVERY);
        if (place >= 0) {
            if (deliveries[place].compareTo(record) >= 0) {
                return this;
            }
            DeliveryRecord[] changed = deliveries.clone();
            changed[place] = withIds(record, deliveries[place].deliveryId(), orderId);
            return new OrderHistory(orderId, orders, changed, version + 1);
        }
        int at = -place - 1;
        DeliveryRecord[] more = Arrays.copyOf(deliveries, deliveries.length + 1);
        System.arraycopy(deliveries, at, more, at + 1, deliveries.length - at);
        String deliveryId = record.deliveryId();
        if (at > 0 && deliveries[at - 1].deliveryId().equals(deliveryId)) {
            deliveryId = deliveries[at - 1].deliveryId();
        } else if (at < deliveries.length && deliveries[at].deliveryId().equals(deliveryId)) {
            deliveryId = deliveries[at].deliveryId();
        }
        more[at] = withIds(record, deliveryId, orderId);
        return new OrderHistory(orderId, orders, more, version + 1);
    }

    /** How the order stood at an instant, from the events before it; null if it was not confirmed by then. */
    public @Nullable OrderStanding standingAt(long instantMs) {
        return Reckoning.standingAt(this, orders, deliveries, instantMs);
    }

    /** How the order stands from all its records; it must be confirmed. */
    OrderStanding standing() {
        OrderStanding standing = standingAt(OrderStanding.NEVER);
        if (standing == null) {
            throw new IllegalStateException("Order " + orderId + " has no CONFIRMED");
        }
        return standing;
    }

    /** Event time of the record it knows about a delivery's stage, before a record would change it; {@code orElse} if there is none. */
    long deliveryTimeMs(DeliveryRecord record, long orElse) {
        int place = Arrays.binarySearch(deliveries, record, BY_DELIVERY);
        return place < 0 ? orElse : deliveries[place].eventTimeMs();
    }

    /** Event time of its newest record; nothing changes later. */
    long lastEventMs() {
        long last = Long.MIN_VALUE;
        for (OrderRecord order : orders) {
            last = Math.max(last, order.eventTimeMs());
        }
        for (DeliveryRecord delivery : deliveries) {
            last = Math.max(last, delivery.eventTimeMs());
        }
        return last;
    }

    /** When the first unit was accepted, whatever the order's state then; {@link OrderStanding#NEVER} if none was. */
    long firstOutputMs() {
        long first = OrderStanding.NEVER;
        for (DeliveryRecord delivery : deliveries) {
            if (delivery.stage() == DeliveryStage.ACCEPTED) {
                first = Math.min(first, delivery.eventTimeMs());
            }
        }
        return first;
    }

    /** Units accepted from an instant until before another, whatever the order's state then. */
    long outputUnits(long fromMs, long toMs) {
        long units = 0;
        for (DeliveryRecord delivery : deliveries) {
            if (delivery.stage() == DeliveryStage.ACCEPTED
                    && delivery.eventTimeMs() >= fromMs
                    && delivery.eventTimeMs() < toMs) {
                units += delivery.quantity();
            }
        }
        return units;
    }

    /** Which records told of the order, from one instant to the next; the first reign begins when the order was confirmed. */
    List<Reign> reigns() {
        OrderRecord[] byTime = orders;
        if (orders.length > 1) {
            byTime = orders.clone();
            Arrays.sort(byTime, Comparator.comparingLong(OrderRecord::eventTimeMs));
        }
        List<Reign> reigns = new ArrayList<>(1);
        boolean confirmed = false;
        OrderRecord lowest = byTime[0];
        OrderRecord highest = null;
        for (int i = 0; i < byTime.length; i++) {
            OrderRecord order = byTime[i];
            confirmed |= order.change() == OrderChange.CONFIRMED;
            lowest = order.compareTo(lowest) < 0 ? order : lowest;
            if (order.change() != OrderChange.CANCELLED && (highest == null || order.compareTo(highest) > 0)) {
                highest = order;
            }
            boolean holds = i + 1 == byTime.length || byTime[i + 1].eventTimeMs() > order.eventTimeMs();
            if (confirmed && holds && highest != null) {
                reigns.add(new Reign(order.eventTimeMs(), lowest, highest));
            }
        }
        return reigns;
    }

    /**
     * From an instant on, until the next reign.
     *
     * @param sinceMs it holds for all instants after this one
     * @param lowest the record that gives the first promise
     * @param highest the record that counts; never a cancellation, of which only the time does
     */
    record Reign(long sinceMs, OrderRecord lowest, OrderRecord highest) {}

    @SuppressWarnings("ReferenceEquality") // one text for all records of an order, to spare memory
    private static OrderRecord withId(OrderRecord record, String orderId) {
        return record.orderId() == orderId
                ? record
                : new OrderRecord(
                        orderId,
                        record.change(),
                        record.eventTimeMs(),
                        record.revision(),
                        record.productId(),
                        record.plantId(),
                        record.buyerNation(),
                        record.quantity(),
                        record.confirmedAtMs(),
                        record.promisedAtMs(),
                        record.priority(),
                        record.frameworkId(),
                        record.bytes());
    }

    @SuppressWarnings("ReferenceEquality") // likewise
    private static DeliveryRecord withIds(DeliveryRecord record, String deliveryId, String orderId) {
        return record.orderId() == orderId && record.deliveryId() == deliveryId
                ? record
                : new DeliveryRecord(
                        deliveryId, orderId, record.stage(), record.eventTimeMs(), record.quantity(), record.bytes());
    }
}

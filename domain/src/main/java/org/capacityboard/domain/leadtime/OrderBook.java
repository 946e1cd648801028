package org.capacityboard.domain.leadtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All orders of the alliance, and the figures that follow from them. Time is that of the watermark; the same records in any order end in the same rows.
 *
 * <p>Once an order is complete or cancelled and 400 days have passed since then and since its last record, its state is dropped when a day closes. It stays
 * counted, but nothing can change it any more, and its id is forgotten: a CONFIRMED that comes again after that would count twice. Of each plant and product
 * the order with the first acceptance stays, because the forecast asks since when there is output.
 */
public final class OrderBook {
    /** {@link #advance} has not been called yet. */
    public static final long NO_WATERMARK = Long.MIN_VALUE;

    private static final long DROP_AFTER_MS = 400 * UtcDays.DAY_MS;
    /** What the trailing cohort looks back on, and a day for the day that is not over. */
    private static final long LOOK_BACK_MS = 366 * UtcDays.DAY_MS;

    private static final long LATEST_MS = 253_402_300_799_999L;

    private final PlacedOrders orders;
    private final BookRows rows;
    private long watermarkMs;

    /**
     * @param horizon how long after its end a day or week still takes corrections
     * @param store where it writes through
     * @param watermarkMs highest watermark that was reached before; {@link #NO_WATERMARK} at the beginning
     */
    public OrderBook(Duration horizon, BookStore store, long watermarkMs) {
        this(horizon, store, watermarkMs, Math.max(DROP_AFTER_MS, LOOK_BACK_MS + horizon.toMillis()));
    }

    OrderBook(Duration horizon, BookStore store, long watermarkMs, long dropAfterMs) {
        this.watermarkMs = watermarkMs;
        this.orders = new PlacedOrders(store, horizon.toMillis(), dropAfterMs, watermarkMs);
        this.rows = new BookRows(orders, horizon.toMillis(), watermarkMs);
    }

    /** Puts back what {@link BookStore} was given. To be called before anything else but {@link #plant} and {@link #product}. */
    public void restore(OrderHistory order) {
        orders.restore(order);
    }

    /** Puts back what {@link BookStore} was given. */
    public void restore(GroupRemains remains) {
        orders.restore(remains);
    }

    /** A version of a plant; orders that are there already move if it changes their nation or clock. */
    public void plant(OrderPlant version) {
        orders.add(version, watermarkMs);
    }

    /** A version of a product; orders that are there already move if it changes their capability area. */
    public void product(OrderProduct version) {
        orders.add(version, watermarkMs);
    }

    public boolean knowsPlant(String plantId) {
        return orders.reference().knowsPlant(plantId);
    }

    public boolean knowsProduct(String productId) {
        return orders.reference().knowsProduct(productId);
    }

    /** Whether a CONFIRMED of the order was accepted. */
    public boolean knowsOrder(String orderId) {
        return orders.line(orderId) != null;
    }

    /**
     * Takes an order event whose plant and product are known; unless it is a CONFIRMED the order must be known.
     *
     * @return whether it was new
     */
    public boolean take(OrderRecord record) {
        orders.placeRestored(watermarkMs);
        OrderLine line = orders.line(record.orderId());
        if (line == null && record.change() != OrderChange.CONFIRMED) {
            throw new IllegalArgumentException(
                    "Order " + record.orderId() + " is " + record.change() + " but no CONFIRMED of it was accepted");
        }
        OrderHistory before = line == null ? OrderHistory.of(record.orderId()) : line.history;
        OrderHistory after = before.with(record);
        return change(before, after, record.eventTimeMs(), record.eventTimeMs());
    }

    /**
     * Takes a delivery of a known order.
     *
     * @return whether it was new
     */
    public boolean take(DeliveryRecord record) {
        orders.placeRestored(watermarkMs);
        OrderLine line = orders.line(record.orderId());
        if (line == null) {
            throw new IllegalArgumentException("Delivery " + record.deliveryId() + " is of order " + record.orderId()
                    + ", of which no CONFIRMED was accepted");
        }
        OrderHistory before = line.history;
        long eventTimeMs = record.eventTimeMs();
        long fromMs = Math.min(eventTimeMs, before.deliveryTimeMs(record, eventTimeMs));
        return change(before, before.with(record), fromMs, eventTimeMs);
    }

    @SuppressWarnings("ReferenceEquality") // a history that took nothing is itself
    private boolean change(OrderHistory before, OrderHistory after, long fromMs, long toMs) {
        if (before == after) {
            return false;
        }
        orders.change(after, fromMs, toMs, watermarkMs);
        return true;
    }

    /**
     * Time has passed: closes days, makes days and weeks final, and, if {@code early}, shows what changed in those that are open, at most once a minute.
     *
     * @param early whether rows of open days are wanted; not while catching up
     */
    public void advance(long watermarkMs, boolean early, LeadTimeSink sink) {
        long beforeMs = go(watermarkMs);
        if (this.watermarkMs != NO_WATERMARK) {
            rows.advance(beforeMs, this.watermarkMs, early, sink);
        }
    }

    /** Writes everything that is not final as it stands at {@code watermarkMs}: at the end of files, and once a restored job has caught up. */
    public void writeAll(long watermarkMs, LeadTimeSink sink) {
        long beforeMs = go(watermarkMs);
        if (this.watermarkMs != NO_WATERMARK) {
            rows.writeAll(beforeMs, this.watermarkMs, sink);
        }
    }

    /** Returns the watermark before. */
    private long go(long toMs) {
        if (toMs > LATEST_MS) {
            throw new IllegalArgumentException("The watermark is " + toMs + " ms, must be before the year 10000"
                    + "\nMaybe it is the one that ends a stream: days are closed up to an instant that was reached.");
        }
        orders.placeRestored(watermarkMs);
        long beforeMs = watermarkMs;
        watermarkMs = Math.max(beforeMs, toMs);
        return beforeMs;
    }

    /** The highest watermark it has seen. */
    public long watermarkMs() {
        return watermarkMs;
    }

    /** How the order stands now, by all its records; null if it is not known. */
    public @Nullable OrderStanding standing(String orderId) {
        OrderLine line = orders.line(orderId);
        return line == null ? null : line.history.standing();
    }
}

package org.capacityboard.domain.leadtime;

import static org.capacityboard.domain.leadtime.OrderSaid.DAY;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.Versions;

/** An order book with two plants and two products, what it stored and what it wrote. */
final class BookScene implements BookStore {
    static final Group SHELL = new Group(GroupKind.PRODUCT, "shell");
    static final Duration HORIZON = Duration.ofHours(48);
    /** {@link #dropAfterMs} of a book that drops when the product does. */
    static final long AS_USUAL = 0;

    final WrittenRows rows = new WrittenRows();
    final Map<String, OrderHistory> stored = new TreeMap<>();
    final Map<Group, GroupRemains> remains = new TreeMap<>();
    private final List<OrderPlant> plants = new ArrayList<>();
    private final List<OrderProduct> products = new ArrayList<>();
    private final Duration horizon;
    private final long dropAfterMs;
    OrderBook book;

    BookScene() {
        this(HORIZON, AS_USUAL);
    }

    BookScene(Duration horizon, long dropAfterMs) {
        this.horizon = horizon;
        this.dropAfterMs = dropAfterMs;
        book = open(OrderBook.NO_WATERMARK);
        plant("P0001", "DEU", "UTC", 0);
        plant("P0002", "POL", "UTC", 0);
        product("shell", "AMMUNITION");
        product("charge", "AMMUNITION");
    }

    private OrderBook open(long watermarkMs) {
        return dropAfterMs == AS_USUAL
                ? new OrderBook(horizon, this, watermarkMs)
                : new OrderBook(horizon, this, watermarkMs, dropAfterMs);
    }

    BookScene plant(String id, String nation, String zone, int dayStartsAtMinute) {
        return plant(id, nation, zone, dayStartsAtMinute, Versions.ALWAYS, 0);
    }

    BookScene plant(String id, String nation, String zone, int dayStartsAtMinute, long validFromMs, long revision) {
        OrderPlant plant =
                new OrderPlant(new PlantVersion(id, validFromMs, revision, ZoneId.of(zone), dayStartsAtMinute), nation);
        plants.add(plant);
        book.plant(plant);
        return this;
    }

    BookScene product(String id, String area) {
        return product(id, area, Versions.ALWAYS, 0);
    }

    BookScene product(String id, String area, long validFromMs, long revision) {
        OrderProduct product = new OrderProduct(id, validFromMs, revision, area);
        products.add(product);
        book.product(product);
        return this;
    }

    BookScene take(OrderSaid... said) {
        for (OrderSaid one : said) {
            book.take(one.record());
        }
        return this;
    }

    BookScene take(DeliveryRecord... deliveries) {
        for (DeliveryRecord delivery : deliveries) {
            book.take(delivery);
        }
        return this;
    }

    BookScene advance(long watermarkMs, boolean early) {
        book.advance(watermarkMs, early, rows);
        return this;
    }

    BookScene writeAll(long watermarkMs) {
        book.writeAll(watermarkMs, rows);
        return this;
    }

    /** Closes the book and opens it again with what was stored. */
    BookScene restart() {
        book = open(book.watermarkMs());
        plants.forEach(book::plant);
        products.forEach(book::product);
        stored.values()
                .forEach(order -> book.restore(
                        OrderHistory.of(order.orderId(), order.orders(), order.deliveries(), order.version())));
        remains.values()
                .forEach(group -> book.restore(new GroupRemains(
                        group.group(),
                        group.version(),
                        group.firstKnownAtMs(),
                        DroppedOrders.of(group.dropped().numbers()))));
        return this;
    }

    static long day(long ms) {
        return Math.floorDiv(ms, DAY);
    }

    @Override
    public void put(OrderHistory order) {
        stored.put(order.orderId(), order);
    }

    @Override
    public void removeOrder(String orderId) {
        stored.remove(orderId);
    }

    @Override
    public void put(GroupRemains group) {
        remains.put(group.group(), group);
    }
}

package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.domain.throughput.ProductionCalendar;
import org.jspecify.annotations.Nullable;

/** What is known of plants and products. Before their first version they are as that says. */
final class OrderReference {
    private final Map<String, List<OrderPlant>> plants = new HashMap<>();
    private final Map<String, List<OrderProduct>> products = new HashMap<>();

    /** Returns whether it was new. */
    boolean add(OrderPlant plant) {
        List<OrderPlant> versions = plants.computeIfAbsent(plant.version().plantId(), id -> new ArrayList<>());
        int at = versions.size();
        while (at > 0 && compare(versions.get(at - 1), plant) > 0) {
            at--;
        }
        if (at > 0 && compare(versions.get(at - 1), plant) == 0) {
            return false;
        }
        versions.add(at, plant);
        return true;
    }

    /** Returns whether it was new. */
    boolean add(OrderProduct product) {
        List<OrderProduct> versions = products.computeIfAbsent(product.productId(), id -> new ArrayList<>());
        int at = versions.size();
        while (at > 0 && compare(versions.get(at - 1), product) > 0) {
            at--;
        }
        if (at > 0 && compare(versions.get(at - 1), product) == 0) {
            return false;
        }
        versions.add(at, product);
        return true;
    }

    private static int compare(OrderPlant one, OrderPlant other) {
        int order = Long.compare(one.version().validFromMs(), other.version().validFromMs());
        return order == 0
                ? Long.compare(one.version().revision(), other.version().revision())
                : order;
    }

    private static int compare(OrderProduct one, OrderProduct other) {
        int order = Long.compare(one.validFromMs(), other.validFromMs());
        return order == 0 ? Long.compare(one.revision(), other.revision()) : order;
    }

    boolean knowsPlant(String plantId) {
        return plants.containsKey(plantId);
    }

    boolean knowsProduct(String productId) {
        return products.containsKey(productId);
    }

    String nation(String plantId, long atMs) {
        return plant(plantId, atMs).nation();
    }

    String capabilityArea(String productId, long atMs) {
        List<OrderProduct> versions = known(products.get(productId), "Product", productId);
        OrderProduct valid = null;
        for (OrderProduct version : versions) {
            if (valid == null || version.validFromMs() <= atMs || version.validFromMs() == valid.validFromMs()) {
                valid = version;
            }
        }
        return known(valid, "Product", productId).capabilityArea();
    }

    /** The production day of a plant in which a promise lies, an epoch day. */
    long dueDay(String plantId, long promisedAtMs) {
        return ProductionCalendar.of(plant(plantId, promisedAtMs).version()).dayAt(promisedAtMs);
    }

    /** First instant after that day. */
    long dueEndMs(String plantId, long promisedAtMs) {
        ProductionCalendar calendar =
                ProductionCalendar.of(plant(plantId, promisedAtMs).version());
        return calendar.endMs(calendar.dayAt(promisedAtMs));
    }

    private OrderPlant plant(String plantId, long atMs) {
        List<OrderPlant> versions = known(plants.get(plantId), "Plant", plantId);
        OrderPlant valid = null;
        for (OrderPlant version : versions) {
            long fromMs = version.version().validFromMs();
            if (valid == null || fromMs <= atMs || fromMs == valid.version().validFromMs()) {
                valid = version;
            }
        }
        return known(valid, "Plant", plantId);
    }

    private static <T> T known(@Nullable T found, String what, String id) {
        if (found == null) {
            throw new IllegalStateException(what + " " + id + " of an order is not known");
        }
        return found;
    }
}

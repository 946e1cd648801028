package org.capacityboard.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;

/**
 * Orders that were confirmed evenly over a while, at plants of many nations. Same values, same orders.
 *
 * @param orders how many there are when the while is over
 * @param open about how many of them then are neither complete nor cancelled
 * @param past how long the while is
 * @param end when it is over
 */
public record OrderLoad(int orders, int open, Duration past, Instant end, long seed) {
    static final int UNITS = 20;
    static final double AMENDED_RATIO = 0.1;
    static final double CANCELLED_RATIO = 0.02;
    static final double REPEATED_RATIO = 0.01;

    private static final int PLANTS = 200;
    private static final int PRODUCTS = 50;
    private static final int PRODUCTS_OF_A_PLANT = 2;
    private static final List<String> NATIONS = List.of(
            "NOR", "POL", "DEU", "FRA", "ITA", "ESP", "NLD", "BEL", "DNK", "SWE", "FIN", "EST", "LVA", "LTU", "CZE",
            "SVK", "HUN", "ROU", "BGR", "GRC", "TUR", "PRT", "GBR", "USA", "CAN");

    public OrderLoad {
        if (open < 1 || open * 2L > orders || past.toDays() < 1) {
            throw new IllegalArgumentException(orders + " orders, " + open + " of them open, in " + past
                    + ": at most half may be open, and a day must pass");
        }
    }

    /** Plants and products, valid always. */
    public List<SpecificRecord> reference() {
        List<SpecificRecord> events = new ArrayList<>();
        for (int plant = 0; plant < PLANTS; plant++) {
            events.add(Plant.newBuilder()
                    .setPlantId(plantId(plant))
                    .setName("Synthetic plant " + plant)
                    .setNation(NATIONS.get(plant % NATIONS.size()))
                    .setParentEntity("Synthetic Works")
                    .setLatitude(60)
                    .setLongitude(10)
                    .setTimeZone("UTC")
                    .build());
        }
        CapabilityArea[] areas = CapabilityArea.values();
        for (int product = 0; product < PRODUCTS; product++) {
            events.add(Product.newBuilder()
                    .setProductId(productId(product))
                    .setName("Synthetic product " + product)
                    .setCapabilityArea(areas[product % areas.length])
                    .setBillOfMaterials(List.of())
                    .build());
        }
        return events;
    }

    String orderId(int order) {
        return "order-" + order;
    }

    String plantOf(int order) {
        return plantId(plant(order));
    }

    String productOf(int order) {
        int which = (int) (chance(order, 2) * PRODUCTS_OF_A_PLANT);
        return productId((plant(order) * PRODUCTS_OF_A_PLANT + which) % PRODUCTS);
    }

    String buyerOf(int order) {
        return NATIONS.get((int) (chance(order, 3) * NATIONS.size()));
    }

    private int plant(int order) {
        return (int) (chance(order, 1) * PLANTS);
    }

    /** When an order is confirmed, ms since 1970. */
    long confirmedAtMs(int order) {
        return end.minus(past).toEpochMilli() + (long) ((double) order / orders * past.toMillis());
    }

    /** From confirmation to the last unit, ms: 0.25 to 1.75 of what leaves as many open as asked for. */
    long leadTimeMs(int order) {
        double mean = (double) open / orders * past.toMillis();
        return (long) (mean * (0.25 + 1.5 * chance(order, 4)));
    }

    boolean isAmended(int order) {
        return chance(order, 5) < AMENDED_RATIO;
    }

    boolean isCancelled(int order) {
        return chance(order, 6) < CANCELLED_RATIO;
    }

    private static String plantId(int plant) {
        return String.format(Locale.ROOT, "Q%04d", plant);
    }

    private static String productId(int product) {
        return "ordered-" + product;
    }

    /** A number in [0, 1) that depends on the seed, the order and the question only. */
    private double chance(int order, int question) {
        long z = seed * 0x9E3779B97F4A7C15L + order * 0xBF58476D1CE4E5B9L + question * 0x94D049BB133111EBL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
    }
}

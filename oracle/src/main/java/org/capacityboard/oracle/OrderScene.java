package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;

/**
 * When and where a stream of orders plays.
 *
 * @param references every version of plants and products
 * @param outputEndsMs from when each plant, in their order, makes nothing any more
 */
record OrderScene(
        long startMs,
        long endMs,
        Duration horizon,
        List<String> plants,
        List<String> products,
        List<SpecificRecord> references,
        List<Long> outputEndsMs) {
    static final List<String> BUYERS = List.of("POL", "DEU", "FIN");

    /** Clocks change some weeks later; one stream runs through a week 53. All is in the past, so that a live board takes it too. */
    private static final List<String> STARTS =
            List.of("2020-10-05T00:00:00Z", "2024-09-30T00:00:00Z", "2025-01-13T00:00:00Z", "2025-02-24T00:00:00Z");

    private static final String[] ZONES = {
        "Europe/Vienna",
        "America/New_York",
        "Asia/Kolkata",
        "Pacific/Auckland",
        "Pacific/Kiritimati",
        "Etc/GMT+12",
        "UTC"
    };
    private static final String[] NATIONS = {"AUT", "USA", "NOR"};
    private static final CapabilityArea[] AREAS = {
        CapabilityArea.AMMUNITION, CapabilityArea.ARTILLERY, CapabilityArea.AIR_DEFENCE
    };
    private static final List<String> PRODUCTS = List.of("shell-155", "1320-01-TST-0001", "charge-b");

    static OrderScene drawn(Chance chance, OrderStreamOptions options, Duration horizon) {
        long startMs = Instant.parse(chance.oneOf(STARTS)).toEpochMilli() + chance.upTo(Duration.ofDays(7));
        long endMs = startMs + Duration.ofDays(7L * options.weeks()).toMillis();
        List<SpecificRecord> references = new ArrayList<>();
        List<String> plants = new ArrayList<>();
        List<Long> outputEnds = new ArrayList<>();
        int plantCount = chance.between(1, 3);
        for (int i = 0; i < plantCount; i++) {
            plants.add("PL00" + i);
            outputEnds.add(chance.inPercent(25) ? endMs - chance.upTo(Duration.ofDays(70)) : Long.MAX_VALUE);
            plant("PL00" + i, startMs, endMs, chance, references);
        }
        List<String> products = PRODUCTS.subList(0, chance.between(1, PRODUCTS.size()));
        products.forEach(product -> product(product, startMs, endMs, chance, references));
        return new OrderScene(startMs, endMs, horizon, plants, products, references, outputEnds);
    }

    private static void plant(
            String plantId, long startMs, long endMs, Chance chance, List<SpecificRecord> references) {
        Plant.Builder plant = Plant.newBuilder()
                .setPlantId(plantId)
                .setName("Plant " + plantId)
                .setParentEntity("Synthetic works")
                .setLatitude(48)
                .setLongitude(16);
        int revision = 0;
        do {
            plant.setNation(chance.oneOf(NATIONS))
                    .setTimeZone(chance.oneOf(ZONES))
                    .setDayStartsAt(
                            chance.inPercent(30) ? null : chance.oneOf("06:00", "22:00", "13:30", "23:59", "02:30"))
                    .setRevision(revision);
            if (revision > 0 || chance.inPercent(20)) {
                plant.setValidFrom(Instant.ofEpochMilli(chance.between(startMs, endMs)));
            }
            references.add(plant.build());
            revision++;
        } while (chance.inPercent(35));
    }

    private static void product(
            String productId, long startMs, long endMs, Chance chance, List<SpecificRecord> references) {
        Product.Builder product = Product.newBuilder()
                .setProductId(productId)
                .setName("Product " + productId)
                .setBillOfMaterials(List.of());
        int revision = 0;
        do {
            product.setCapabilityArea(chance.oneOf(AREAS)).setRevision(revision);
            if (revision > 0 && chance.inPercent(70)) {
                product.setValidFrom(Instant.ofEpochMilli(chance.between(startMs, endMs)));
            }
            references.add(product.build());
            revision++;
        } while (chance.inPercent(25));
    }
}

package org.capacityboard.bench.load;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;

/** Plants, products and lines of a load, valid always. */
public final class LoadReference {
    static final int HEARTBEAT_SECONDS = 60;

    private static final int PRODUCTS = 20;

    private LoadReference() {}

    /** All of it, in an order in which nothing has to wait for what it names. */
    public static List<SpecificRecord> events(StandardLoad load) {
        List<SpecificRecord> events = new ArrayList<>();
        for (int plant = 0; plant * StandardLoad.LINES_PER_PLANT < load.lines(); plant++) {
            events.add(plant(plant));
        }
        for (int product = 0; product < PRODUCTS; product++) {
            events.add(Product.newBuilder()
                    .setProductId(productId(product))
                    .setName("Synthetic product " + product)
                    .setCapabilityArea(CapabilityArea.COMPONENT)
                    .setBillOfMaterials(List.of())
                    .build());
        }
        for (int line = 0; line < load.lines(); line++) {
            events.add(line(load, line));
        }
        return events;
    }

    static Plant plant(int plant) {
        return Plant.newBuilder()
                .setPlantId(plantId(plant))
                .setName("Synthetic plant " + plant)
                .setNation("NOR")
                .setParentEntity("Synthetic Works")
                .setLatitude(60)
                .setLongitude(10)
                .setTimeZone("UTC")
                .build();
    }

    static Line line(StandardLoad load, int line) {
        int cycleSeconds = LineScript.cycleSeconds(line);
        return Line.newBuilder()
                .setLineId(load.lineId(line))
                .setPlantId(plantId(line / StandardLoad.LINES_PER_PLANT))
                .setProductId(productId(line % PRODUCTS))
                .setIdealCycleSeconds(cycleSeconds)
                .setCycles(List.of())
                .setHeartbeatSeconds(HEARTBEAT_SECONDS)
                .setCalendar(LineCalendar.AROUND_THE_CLOCK)
                .setDeclaredUnitsPerHour(3_600.0 / cycleSeconds)
                .setHoursPerWeek(HoursPerWeek.newBuilder()
                        .setPeacetime(168)
                        .setCrisis(168)
                        .setConflict(168)
                        .build())
                .build();
    }

    static String productId(int product) {
        return "bench-product-" + product;
    }

    private static String plantId(int plant) {
        String digits = Integer.toString(plant, 36).toUpperCase(java.util.Locale.ROOT);
        return "B" + "0".repeat(4 - digits.length()) + digits;
    }
}

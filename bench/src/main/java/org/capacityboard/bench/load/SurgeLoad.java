package org.capacityboard.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.FactWindow;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;

/**
 * An alliance that surge readiness is computed of: products of three levels, each made by as many lines, materials that each go into a few products and come from
 * two suppliers, a count of each at two plants, and what the lines made in the last days. Same values, same events.
 *
 * @param lines at least one a product
 * @param products at least ten
 * @param now when everything was last reported
 */
public record SurgeLoad(int lines, int products, int materials, int plants, Instant now) {
    private static final int DAYS_OF_FACTS = 14;
    private static final int MATERIALS_OF_A_PRODUCT = 4;
    private static final int MATERIALS_OF_A_SUPPLIER = 10;
    private static final int STOCKS_OF_A_MATERIAL = 2;
    private static final int UNITS_PER_HOUR = 20;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final List<String> NATIONS =
            List.of("NOR", "POL", "DEU", "FRA", "ITA", "ESP", "NLD", "CZE", "GBR", "USA");

    public SurgeLoad {
        if (products < 10 || lines < products || materials < MATERIALS_OF_A_PRODUCT || plants < STOCKS_OF_A_MATERIAL) {
            throw new IllegalArgumentException("an alliance of " + lines + " lines, " + products + " products, "
                    + materials + " materials and " + plants + " plants is too small");
        }
    }

    /** Plants, materials, suppliers, products, lines and requirements, valid always. */
    public List<SpecificRecord> reference() {
        List<SpecificRecord> events = new ArrayList<>();
        IntStream.range(0, plants).mapToObj(this::plant).forEach(events::add);
        IntStream.range(0, materials).mapToObj(this::material).forEach(events::add);
        IntStream.range(0, materials * 2 / MATERIALS_OF_A_SUPPLIER)
                .mapToObj(this::supplier)
                .forEach(events::add);
        // Inputs before what they go into.
        IntStream.range(0, products)
                .map(product -> products - 1 - product)
                .mapToObj(this::product)
                .forEach(events::add);
        IntStream.range(0, lines).mapToObj(this::line).forEach(events::add);
        for (int product = 0; product < products; product++) {
            for (Posture posture : Posture.values()) {
                events.add(SurgeRequirement.newBuilder()
                        .setProductId(productId(product))
                        .setPosture(posture)
                        .setUnitsPerMonth(5_000.0 * (1 + posture.ordinal()) + product)
                        .build());
            }
        }
        return events;
    }

    /** Counts of stock and people, and what lines made. */
    public List<SpecificRecord> reports() {
        List<SpecificRecord> events = new ArrayList<>();
        for (int material = 0; material < materials; material++) {
            for (int place = 0; place < STOCKS_OF_A_MATERIAL; place++) {
                events.add(stock(material, place, 2_000 + material, now));
            }
        }
        for (int line = 0; line < lines; line += 2) {
            events.add(new WorkforceReport(lineId(line), now, 24 + line % 40, 8, 0L));
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int day = 1; day <= DAYS_OF_FACTS; day++) {
            for (int line = 0; line < lines; line++) {
                events.add(facts(line, today.minusDays(day).toString()));
            }
        }
        return events;
    }

    /** How many counts of stock there are. */
    public int stocks() {
        return materials * STOCKS_OF_A_MATERIAL;
    }

    /**
     * A count of a material at one of its plants.
     *
     * @param place 0 or 1
     */
    public MaterialStock stock(int material, int place, double onHand, Instant at) {
        return MaterialStock.newBuilder()
                .setPlantId(plantId((material + place * 7) % plants))
                .setMaterialId(materialId(material))
                .setEventTime(at)
                .setOnHand(onHand)
                .setReceipts(List.of(new Receipt(
                        now.plus(Duration.ofDays(20)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                        1_000.0,
                        supplierId(material / MATERIALS_OF_A_SUPPLIER))))
                .build();
    }

    private Plant plant(int plant) {
        return Plant.newBuilder()
                .setPlantId(plantId(plant))
                .setName("Synthetic plant " + plant)
                .setNation(NATIONS.get(plant % NATIONS.size()))
                .setParentEntity("Synthetic Works")
                .setLatitude(60)
                .setLongitude(10)
                .setTimeZone("UTC")
                .build();
    }

    private Material material(int material) {
        return Material.newBuilder()
                .setMaterialId(materialId(material))
                .setName("Synthetic material " + material)
                .setUnit("kg")
                .setLeadTimeDays(30 + material % 60)
                .build();
    }

    private Supplier supplier(int supplier) {
        return Supplier.newBuilder()
                .setSupplierId(supplierId(supplier))
                .setParentEntity("Synthetic Holding " + supplier / 2)
                .setNation(NATIONS.get(supplier % NATIONS.size()))
                .setAllied(supplier % 10 != 0)
                .setSupplies(IntStream.range(0, MATERIALS_OF_A_SUPPLIER)
                        .mapToObj(offer -> new SupplierOffer(
                                materialId((supplier * MATERIALS_OF_A_SUPPLIER + offer) % materials),
                                4_000.0 + 100 * supplier))
                        .toList())
                .build();
    }

    /** A fifth of the products is made of those of the second level, two fifths of those of the third. */
    private Product product(int product) {
        List<BillOfMaterialsItem> bill = new ArrayList<>();
        int second = products / 5;
        int third = second * 3;
        if (product < second) {
            bill.add(new BillOfMaterialsItem(productId(second + product * 2 % (third - second)), 1.0));
            bill.add(new BillOfMaterialsItem(productId(second + (product * 2 + 1) % (third - second)), 1.0));
        } else if (product < third) {
            bill.add(new BillOfMaterialsItem(productId(third + product % (products - third)), 1.0));
        }
        for (int item = 0; item < MATERIALS_OF_A_PRODUCT; item++) {
            bill.add(new BillOfMaterialsItem(
                    materialId((product * MATERIALS_OF_A_PRODUCT + item) % materials), 0.5 + item));
        }
        CapabilityArea[] areas = CapabilityArea.values();
        return Product.newBuilder()
                .setProductId(productId(product))
                .setName("Synthetic product " + product)
                .setCapabilityArea(areas[product % areas.length])
                .setBillOfMaterials(bill)
                .build();
    }

    private Line line(int line) {
        return Line.newBuilder()
                .setLineId(lineId(line))
                .setPlantId(plantId(line % plants))
                .setProductId(productId(line % products))
                .setIdealCycleSeconds(3_600.0 / UNITS_PER_HOUR)
                .setCycles(List.of())
                .setHeartbeatSeconds(60)
                .setCalendar(LineCalendar.AROUND_THE_CLOCK)
                .setDeclaredUnitsPerHour(UNITS_PER_HOUR)
                .setHoursPerWeek(HoursPerWeek.newBuilder()
                        .setPeacetime(40)
                        .setCrisis(120)
                        .setConflict(160)
                        .build())
                .build();
    }

    private LineFacts facts(int line, String productionDay) {
        long good = UNITS_PER_HOUR * 6L + line % 40;
        return LineFacts.newBuilder()
                .setLineId(lineId(line))
                .setProductId(productId(line % products))
                .setWindow(FactWindow.DAY)
                .setWindowStart(null)
                .setProductionDay(productionDay)
                .setPlannedMs(DAY_MS)
                .setProducingMs(DAY_MS / 3)
                .setSetupMs(0)
                .setDelayMs(DAY_MS - DAY_MS / 3)
                .setDownMs(0)
                .setUnknownMs(0)
                .setUnplannedProducingMs(0)
                .setGoodUnits(good)
                .setScrapUnits(good / 50)
                .setReworkUnits(0)
                .setIdealUs(good * 180_000_000)
                .setIdealGoodUs(good * 180_000_000)
                .setReports(86_400)
                .setDuplicates(0)
                .setLostReports(0)
                .setLateReports(0)
                .setGeneration(0)
                .setVersion(86_400)
                .setWatermark(now)
                .setFinal$(false)
                .build();
    }

    private static String plantId(int plant) {
        return String.format(Locale.ROOT, "S%04d", plant);
    }

    private static String productId(int product) {
        return "surged-" + product;
    }

    private static String materialId(int material) {
        return "material-" + material;
    }

    private static String supplierId(int supplier) {
        return "supplier-" + supplier;
    }

    private static String lineId(int line) {
        return "surging-" + line;
    }
}

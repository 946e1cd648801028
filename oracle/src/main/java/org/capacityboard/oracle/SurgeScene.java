package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.Material;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;
import org.capacityboard.events.SurgeRequirement;
import org.jspecify.annotations.Nullable;

/**
 * When and where a stream of surge readiness plays: a small network with bills of several levels.
 *
 * @param step about how long it is from one report of a line to the next
 * @param references every version of everything; those that always held first, each after what it names
 * @param lines first version of every line
 */
record SurgeScene(
        long startMs,
        long endMs,
        Duration step,
        List<String> plants,
        List<String> materials,
        List<String> suppliers,
        List<String> products,
        List<Line> lines,
        List<SpecificRecord> references) {
    /** Clocks change some weeks later; one stream runs through a week 53. All is in the past, so that a live board takes it too. */
    private static final List<String> STARTS =
            List.of("2020-12-07T00:00:00Z", "2024-10-14T00:00:00Z", "2025-01-13T00:00:00Z", "2025-03-10T00:00:00Z");

    private static final String[] ZONES = {
        "Europe/Vienna", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC", "Etc/GMT+12"
    };
    private static final List<String> PARENTS = List.of("Works A", "Works B", "Works C", "Works D");
    private static final String GROUP = "standing-in";

    static SurgeScene drawn(Chance chance, SurgeStreamOptions options) {
        boolean isLong = chance.inPercent(40);
        int drawn = isLong ? chance.between(32, 56) : chance.between(5, 30);
        int days = options.days() > 0 ? options.days() : drawn;
        long startMs = Instant.parse(chance.oneOf(STARTS)).toEpochMilli() + chance.upTo(Duration.ofDays(7));
        SurgeScene scene = new SurgeScene(
                startMs,
                startMs + Duration.ofDays(days).toMillis(),
                Duration.ofHours(days > 30 ? chance.between(5, 12) : chance.between(1, 3)),
                ids("PL0", chance.between(2, 4)),
                ids("stuff-", chance.between(2, 6)),
                ids("supplier-", chance.between(1, 6)),
                ids("product-", chance.between(2, 8)),
                new ArrayList<>(),
                new ArrayList<>());
        scene.draw(chance, chance.between(3, Math.max(3, options.maxLines())));
        return scene;
    }

    private static List<String> ids(String prefix, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(prefix + (prefix.equals("PL0") ? "0" : "") + i);
        }
        return ids;
    }

    private void draw(Chance chance, int lineCount) {
        List<SpecificRecord> later = new ArrayList<>();
        plants.forEach(id -> references.add(plant(id, chance)));
        for (String id : materials) {
            references.add(Material.newBuilder()
                    .setMaterialId(id)
                    .setName("Material " + id)
                    .setUnit("kg")
                    .setLeadTimeDays(chance.upTo(300))
                    .build());
        }
        for (String id : suppliers) {
            Supplier.Builder supplier = Supplier.newBuilder()
                    .setSupplierId(id)
                    .setParentEntity(chance.oneOf(PARENTS))
                    .setNation("NOR");
            do {
                supplier.setAllied(chance.inPercent(75)).setSupplies(offers(chance));
                add(supplier.build(), later);
                supplier.setRevision(supplier.getRevision() + 1).setValidFrom(instant(chance));
            } while (chance.inPercent(30));
        }
        // Inputs come before what they go into.
        for (int i = products.size() - 1; i >= 0; i--) {
            Product.Builder product = Product.newBuilder()
                    .setProductId(products.get(i))
                    .setName("Product " + products.get(i))
                    .setCapabilityArea(CapabilityArea.AMMUNITION)
                    .setInterchangeabilityGroup(chance.inPercent(25) ? GROUP : null);
            do {
                product.setBillOfMaterials(bill(i, chance));
                add(product.build(), later);
                product.setRevision(product.getRevision() + 1).setValidFrom(instant(chance));
            } while (chance.inPercent(20));
        }
        for (int i = 0; i < lineCount; i++) {
            line("line-" + i, chance, later);
        }
        for (String id : products) {
            for (Posture posture : Posture.values()) {
                if (chance.inPercent(60)) {
                    requirement(id, posture, chance, later);
                }
            }
        }
        references.addAll(later);
    }

    private void add(SpecificRecord version, List<SpecificRecord> later) {
        boolean isFirst = version.get(version.getSchema().getField("validFrom").pos()) == null;
        (isFirst ? references : later).add(version);
    }

    private Instant instant(Chance chance) {
        return Instant.ofEpochMilli(chance.between(startMs, endMs));
    }

    private static Plant plant(String id, Chance chance) {
        return Plant.newBuilder()
                .setPlantId(id)
                .setName("Plant " + id)
                .setNation("NOR")
                .setParentEntity("Synthetic works")
                .setLatitude(60)
                .setLongitude(10)
                .setTimeZone(chance.oneOf(ZONES))
                .setDayStartsAt(chance.inPercent(60) ? null : chance.oneOf("06:00", "22:00", "02:30"))
                .build();
    }

    private List<SupplierOffer> offers(Chance chance) {
        List<SupplierOffer> offers = new ArrayList<>();
        for (String material : materials) {
            if (chance.inPercent(45)) {
                offers.add(new SupplierOffer(material, chance.inPercent(10) ? 0 : Math.pow(10, chance.share(2, 5))));
            }
        }
        return offers;
    }

    private List<BillOfMaterialsItem> bill(int product, Chance chance) {
        Set<String> inputs = new TreeSet<>();
        while (inputs.size() < 4 && chance.inPercent(70)) {
            boolean isProduct = product + 1 < products.size() && chance.inPercent(50);
            inputs.add(
                    isProduct ? chance.oneOf(products.subList(product + 1, products.size())) : chance.oneOf(materials));
        }
        return inputs.stream()
                .map(input -> new BillOfMaterialsItem(
                        input, chance.inPercent(40) ? (double) chance.between(1, 3) : chance.share(0.05, 6)))
                .toList();
    }

    private void line(String id, Chance chance, List<SpecificRecord> later) {
        Line.Builder line = Line.newBuilder()
                .setLineId(id)
                .setPlantId(chance.oneOf(plants))
                .setProductId(chance.oneOf(products))
                .setIdealCycleSeconds(chance.share(1, 30))
                .setCycles(List.of())
                .setHeartbeatSeconds((int) step.toSeconds())
                .setCalendar(LineCalendar.PLANNED)
                .setAvailableFrom(chance.inPercent(20) ? funded(chance) : null);
        do {
            line.setDeclaredUnitsPerHour(chance.inPercent(5) ? 0 : chance.share(1, 80))
                    .setHoursPerWeek(
                            chance.inPercent(60)
                                    ? new HoursPerWeek(40.0, 120.0, 160.0)
                                    : new HoursPerWeek(
                                            chance.share(0, 80), chance.share(20, 150), chance.share(80, 168)));
            Line version = line.build();
            add(version, later);
            if (version.getValidFrom() == null) {
                lines.add(version);
            }
            line.setRevision(line.getRevision() + 1).setValidFrom(instant(chance));
            if (chance.inPercent(30)) {
                line.setProductId(chance.oneOf(products)).setAvailableFrom(null);
            }
        } while (chance.inPercent(25));
    }

    private @Nullable Instant funded(Chance chance) {
        return Instant.ofEpochMilli(chance.between(
                startMs, endMs + Duration.ofDays(chance.oneOf(0, 100, 900)).toMillis()));
    }

    private void requirement(String productId, Posture posture, Chance chance, List<SpecificRecord> later) {
        SurgeRequirement.Builder requirement =
                SurgeRequirement.newBuilder().setProductId(productId).setPosture(posture);
        do {
            requirement
                    .setUnitsPerMonth(chance.inPercent(5) ? 0 : Math.pow(10, chance.share(1.5, 4.5)))
                    .setReachWithinDays(chance.inPercent(50) ? null : (Integer) chance.upTo(200))
                    .setSustainDays(
                            chance.inPercent(50) ? null : (Integer) chance.between(1, chance.oneOf(10, 200, 900)));
            add(requirement.build(), later);
            requirement.setRevision(requirement.getRevision() + 1).setValidFrom(instant(chance));
        } while (chance.inPercent(20));
    }
}

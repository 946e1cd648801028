package org.capacityboard.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.Material;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A made-up alliance: its plants, lines, shifts and troubles, as written in a YAML file. Plants, products, materials,
 * suppliers and surge requirements have the fields of the events of that name.
 *
 * @param name name of the scenario
 * @param seed seed of all chance in it
 * @param reportIntervalSeconds time between two reports of a line; a change of state is reported at once
 * @param heartbeatSeconds what the lines promise: they are heard of at least this often
 * @param shiftPlansAheadDays how long before its day a shift is planned
 * @param cancelledShiftRatio share of planned shifts that are cancelled a day before
 * @param orderBooks what is ordered; absent: nothing
 * @param materialSupply how stocks are kept; absent: none are counted
 * @param workforce people certified for lines; lines without a crew never report any
 */
public record Scenario(
        String name,
        long seed,
        double reportIntervalSeconds,
        int heartbeatSeconds,
        int shiftPlansAheadDays,
        double cancelledShiftRatio,
        @Nullable Imperfections imperfections,
        List<ShiftPattern> shiftPatterns,
        List<StopPattern> stopPatterns,
        List<Plant> plants,
        List<LineGroup> lines,
        List<Product> products,
        List<Material> materials,
        List<Supplier> suppliers,
        List<SurgeRequirement> surgeRequirements,
        @Nullable OrderBooks orderBooks,
        @Nullable MaterialSupply materialSupply,
        List<Crew> workforce) {
    private static final int SECONDS_PER_DAY = 24 * 60 * 60;
    private static final double RATIO_TOLERANCE = 1e-6;
    private static final String REASON = "[A-Za-z0-9._-]{1,64}";

    public Scenario {
        Set<String> lineIds = new HashSet<>();
        for (LineGroup group : lines) {
            String what = "of the lines " + group.lineIds();
            Plant plant = find("plantId " + what, group.plantId(), plants, Plant::getPlantId);
            find("productId " + what, group.productId(), products, Product::getProductId);
            ShiftPattern pattern = find("shifts " + what, group.shifts(), shiftPatterns, ShiftPattern::name);
            for (Shift shift : pattern.shifts()) {
                require(
                        shift.fitsIntoDayFrom(SimulatedLine.dayStartsAt(plant)),
                        "The shift of '" + pattern.name() + "' that ends at",
                        shift.end(),
                        "must end before the next production day of plant " + plant.getPlantId() + " starts");
            }
            find("stops " + what, group.stops(), stopPatterns, StopPattern::name);
            if (group.otherProduct() != null) {
                find("otherProduct " + what, group.otherProduct().productId(), products, Product::getProductId);
            }
            for (String lineId : group.lineIds()) {
                require(lineIds.add(lineId), "lineId", lineId, "must be given to one line only");
            }
        }
        require(!lineIds.isEmpty(), "lines", "empty", "a scenario needs at least one line");
        for (Plant plant : plants) {
            require(
                    isZone(plant.getTimeZone()),
                    "timeZone of " + plant.getPlantId(),
                    plant.getTimeZone(),
                    "must be a zone");
        }
        if (imperfections != null && imperfections.badEdge() != null) {
            String lineId = imperfections.badEdge().lineId();
            require(lineIds.contains(lineId), "lineId of the badEdge", lineId, "must be a line of the scenario");
        }
        if (imperfections != null && imperfections.badErp() != null) {
            String plantId = imperfections.badErp().plantId();
            find("plantId of the badErp", plantId, plants, Plant::getPlantId);
            require(orderBooks != null, "badErp of", plantId, "must stand in a scenario with orderBooks");
        }
        if (orderBooks != null) {
            orderBooks.requireKnown(products, plants, lines);
        }
        if (materialSupply != null) {
            materialSupply.requireKnown(plants, products, materials, suppliers);
        }
        Set<String> requirements = new HashSet<>();
        for (SurgeRequirement it : surgeRequirements) {
            find("productId of the surgeRequirements", it.getProductId(), products, Product::getProductId);
            require(
                    requirements.add(it.getProductId() + it.getPosture()),
                    "The requirement in " + it.getPosture() + " of",
                    it.getProductId(),
                    "must be given once");
        }
        Set<String> crewed = new HashSet<>();
        for (Crew crew : workforce) {
            for (String lineId : crew.lineIds()) {
                require(lineIds.contains(lineId), "lineId of the workforce", lineId, "must be a line of the scenario");
                require(crewed.add(lineId), "lineId of the workforce", lineId, "must have one crew only");
            }
        }
        require(reportIntervalSeconds >= 0.1, "reportIntervalSeconds", reportIntervalSeconds, "must be 0.1 or more");
    }

    /** Hours at which lines of a kind work. Without shifts they run around the clock. */
    public record ShiftPattern(String name, List<DayOfWeek> weekdays, List<Shift> shifts, Hours hoursPerWeek) {}

    /** A shift in local time; it ends the next day if its end is not after its start. */
    public record Shift(LocalTime start, LocalTime end, List<Pause> breaks) {
        private boolean fitsIntoDayFrom(LocalTime dayStart) {
            return secondsAfter(dayStart, start) + secondsAfter(start, end.minusSeconds(1)) < SECONDS_PER_DAY;
        }

        private static int secondsAfter(LocalTime from, LocalTime to) {
            return Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), SECONDS_PER_DAY);
        }
    }

    /** A break in local time. */
    public record Pause(LocalTime start, LocalTime end) {}

    /** Hours a week that the line could work in each posture. */
    public record Hours(double peacetime, double crisis, double conflict) {}

    /**
     * How lines of a kind are interrupted.
     *
     * @param speedSpreadRatio the speed of a run lies within this share around the line's own
     * @param maintenanceDay the day on which the first shift starts with maintenance
     */
    public record StopPattern(
            String name,
            double speedSpreadRatio,
            @Nullable DayOfWeek maintenanceDay,
            double maintenanceMinutes,
            double changeoverMinutes,
            List<Stop> stops) {}

    /** A kind of stop: once in {@code everyMinutes} of running on average, for {@code meanMinutes} on average. */
    public record Stop(MachineState state, String reasonCode, double everyMinutes, double meanMinutes) {
        public Stop {
            require(reasonCode.matches(REASON), "reasonCode", reasonCode, "must match " + REASON);
            require(everyMinutes > 0 && meanMinutes > 0, reasonCode, everyMinutes, "must have times above 0");
        }
    }

    /** Another product, made for {@code days} after every {@code everyDays} of the line's own. */
    public record OtherProduct(String productId, double idealCycleSeconds, int everyDays, int days) {}

    /**
     * Lines that are alike.
     *
     * @param speedRatio share of the ideal speed reached at the start
     * @param weeklyGainRatio what the speed gains a week; it never goes beyond 0.98, or {@code speedRatio} if that is higher
     * @param scrapRatio share of produced units that is scrap
     * @param reworkCounted whether the line counts rework (one unit for every three scrapped)
     * @param availableAfterDays days after the start when a funded line is accepted; absent: it runs
     */
    public record LineGroup(
            List<String> lineIds,
            String plantId,
            String productId,
            double idealCycleSeconds,
            @Nullable OtherProduct otherProduct,
            String shifts,
            String stops,
            double speedRatio,
            double weeklyGainRatio,
            double scrapRatio,
            boolean reworkCounted,
            @Nullable Integer availableAfterDays) {
        public LineGroup {
            require(idealCycleSeconds > 0, "idealCycleSeconds of " + lineIds, idealCycleSeconds, "must be above 0");
            require(scrapRatio >= 0 && scrapRatio < 1, "scrapRatio of " + lineIds, scrapRatio, "must be 0..1");
            require(speedRatio > 0, "speedRatio of " + lineIds, speedRatio, "must be above 0");
        }

        boolean makes(String product) {
            return productId.equals(product)
                    || (otherProduct != null && otherProduct.productId().equals(product));
        }
    }

    /** One of the scenarios that ship with the product, or the YAML file at this path. */
    public static Scenario load(String nameOrFile) throws IOException {
        try (InputStream shipped = Scenario.class.getResourceAsStream(nameOrFile + ".yaml")) {
            if (shipped != null) {
                return ScenarioReader.read(nameOrFile, new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw UserError.wrongUsage(new Problem(
                    "Scenario",
                    nameOrFile,
                    "is neither shipped with the product nor a file",
                    "you meant 'alliance-155' or 'clean-line', or the path of a YAML file"));
        }
        return ScenarioReader.read(nameOrFile, Files.readString(file));
    }

    /** Eight hex digits that change when anything in the scenario does. */
    String fingerprint() {
        CRC32 crc = new CRC32();
        crc.update(toString().getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    Imperfections imperfectionsOrNone() {
        return imperfections == null ? Imperfections.NONE : imperfections;
    }

    static <T> T find(String what, String id, List<T> all, Function<T, String> idOf) {
        return all.stream().filter(it -> idOf.apply(it).equals(id)).findFirst().orElseThrow(() -> {
            List<String> known = all.stream().map(idOf).toList();
            return UserError.wrongUsage(new Problem(what, id, "is not defined in the scenario", "one of " + known));
        });
    }

    private static boolean isZone(String id) {
        return ZoneId.getAvailableZoneIds().contains(id);
    }

    static void requireRatio(String thing, double ratio) {
        require(ratio >= 0 && ratio <= 1 + RATIO_TOLERANCE, thing, ratio, "must be 0..1");
    }

    static void require(boolean holds, String thing, Object value, String rule) {
        if (!holds) {
            throw UserError.wrongUsage(new Problem(thing, String.valueOf(value), rule));
        }
    }
}

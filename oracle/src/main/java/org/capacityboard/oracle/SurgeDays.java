package org.capacityboard.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.schemas.EventCodec;
import org.jspecify.annotations.Nullable;

/**
 * What was known at the end of every day: of what had come in before the watermark passed the day's closing midnight, what concerns the
 * time before it.
 */
final class SurgeDays {
    private static final int WEEKS_LOOKED_BACK = 52;
    private static final int DAYS_LOOKED_BACK = 91;

    private final OracleInput input;

    /** A count or report and its place among those of its key. */
    private record Told(SpecificRecord event, long revision, Instant at) {
        boolean outranks(Told other) {
            if (!at.equals(other.at)) {
                return at.isAfter(other.at);
            }
            return revision > other.revision
                    || (revision == other.revision
                            && Arrays.compare(EventCodec.body(event), EventCodec.body(other.event)) > 0);
        }
    }

    SurgeDays(OracleInput input) {
        this.input = input;
    }

    List<SurgeWorld> worlds() {
        Instant first = input.events().stream()
                .map(OracleEvent::watermark)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(input.until());
        List<SurgeWorld> worlds = new ArrayList<>();
        LocalDate day = LocalDate.ofInstant(first, ZoneOffset.UTC);
        Instant end = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        while (!end.isAfter(input.until())) {
            worlds.add(world(end, true));
            end = end.plus(1, ChronoUnit.DAYS);
        }
        if (end.minus(1, ChronoUnit.DAYS).isBefore(input.until())) {
            worlds.add(world(input.until(), false));
        }
        return worlds;
    }

    private SurgeWorld world(Instant now, boolean isFinal) {
        List<OracleEvent> known = input.events().stream()
                .filter(event -> !isFinal
                        || event.watermark() == null
                        || event.watermark().isBefore(now))
                .filter(event -> !(event.event() instanceof LineTelemetry report)
                        || !report.getEventTime().isAfter(now))
                .toList();
        Map<String, Plant> plants = valid(known, now, Plant.class, Plant::getPlantId);
        Map<String, Material> materials = valid(known, now, Material.class, Material::getMaterialId);
        Map<String, Product> products = valid(known, now, Product.class, Product::getProductId);
        Map<String, Line> lines = valid(known, now, Line.class, Line::getLineId);
        Map<String, Supplier> suppliers = valid(known, now, Supplier.class, Supplier::getSupplierId);
        List<SurgeRequirement> requirements = new ArrayList<>(valid(
                        known,
                        now,
                        SurgeRequirement.class,
                        requirement -> requirement.getProductId() + " " + requirement.getPosture())
                .values());
        requirements.removeIf(requirement -> !products.containsKey(requirement.getProductId()));
        Map<String, Told> counts = new TreeMap<>();
        Map<String, Told> crews = new TreeMap<>();
        for (OracleEvent event : known) {
            if (event.event() instanceof MaterialStock count
                    && isInTime(count.getEventTime(), event.receivedAt(), now)
                    && count.getOnHand() >= 0
                    && plants.containsKey(count.getPlantId())
                    && materials.containsKey(count.getMaterialId())) {
                counts.merge(
                        count.getPlantId() + " " + count.getMaterialId(),
                        new Told(count, count.getRevision(), count.getEventTime()),
                        (a, b) -> b.outranks(a) ? b : a);
            } else if (event.event() instanceof WorkforceReport crew
                    && isInTime(crew.getEventTime(), event.receivedAt(), now)
                    && crew.getPeoplePerShift() > 0
                    && crew.getCertifiedPeople() >= 0
                    && lines.containsKey(crew.getLineId())) {
                crews.merge(
                        crew.getLineId(),
                        new Told(crew, crew.getRevision(), crew.getEventTime()),
                        (a, b) -> b.outranks(a) ? b : a);
            }
        }
        Map<String, WorkforceReport> newestCrews = new TreeMap<>();
        crews.forEach((lineId, told) -> newestCrews.put(lineId, (WorkforceReport) told.event));
        Output output = new Output(known, now);
        return new SurgeWorld(
                now,
                isFinal,
                lines,
                products,
                materials,
                suppliers,
                counts.values().stream().map(told -> (MaterialStock) told.event).toList(),
                newestCrews,
                requirements,
                output.weeks,
                output.made,
                output.heard);
    }

    private static boolean isInTime(Instant at, Instant receivedAt, Instant now) {
        return !at.isBefore(Intake.YEAR_2000) && !at.isAfter(receivedAt.plus(Intake.AHEAD)) && !at.isAfter(now);
    }

    private static <T extends SpecificRecord> Map<String, T> valid(
            List<OracleEvent> known, Instant now, Class<T> kind, Function<T, String> id) {
        Set<String> inputs = inputs(known);
        SortedMap<String, History<T>> histories = new TreeMap<>();
        for (OracleEvent event : known) {
            if (kind.isInstance(event.event()) && isAcceptable(event.event(), inputs)) {
                T version = kind.cast(event.event());
                @Nullable
                Instant from = (Instant)
                        version.get(version.getSchema().getField("validFrom").pos());
                long revision = (Long)
                        version.get(version.getSchema().getField("revision").pos());
                histories
                        .computeIfAbsent(id.apply(version), any -> new History<>())
                        .add(version, from == null ? History.ALWAYS : from.toEpochMilli(), revision, History.ALWAYS);
            }
        }
        Map<String, T> valid = new TreeMap<>();
        histories.forEach((key, history) -> {
            @Nullable T version = history.at(now.toEpochMilli());
            if (version != null) {
                valid.put(key, version);
            }
        });
        return valid;
    }

    /** Whether a bill leads nowhere unknown and not straight back. */
    private static boolean isAcceptable(SpecificRecord event, Set<String> inputs) {
        return !(event instanceof Product product)
                || product.getBillOfMaterials().stream()
                        .map(BillOfMaterialsItem::getInputId)
                        .allMatch(input -> inputs.contains(input) && !input.equals(product.getProductId()));
    }

    private static Set<String> inputs(List<OracleEvent> known) {
        Set<String> inputs = new TreeSet<>();
        for (OracleEvent event : known) {
            if (event.event() instanceof Product product) {
                inputs.add(product.getProductId());
            } else if (event.event() instanceof Material material) {
                inputs.add(material.getMaterialId());
            }
        }
        return inputs;
    }

    /** What lines made, and when they were heard of. */
    private final class Output {
        private final Map<String, SurgeWorld.Weeks> weeks = new TreeMap<>();
        private final Map<String, SurgeWorld.Made> made = new TreeMap<>();
        private final Map<String, Instant> heard = new TreeMap<>();

        Output(List<OracleEvent> known, Instant now) {
            Intake intake = new Intake(new OracleInput(known, now, input.horizon()));
            Map<String, long[]> totals = new HashMap<>();
            Map<String, LocalDate> firstDays = new HashMap<>();
            Set<String> products = new TreeSet<>();
            Map<String, LocalDate> openDays = new HashMap<>();
            intake.lines.forEach((lineId, line) -> {
                LineWalk walk = new LineWalk(lineId, line, intake.plants, now.toEpochMilli(), 0);
                @Nullable LocalDate current = walk.dayOf(now);
                if (line.reports.isEmpty() || current == null) {
                    return;
                }
                heard.put(
                        lineId,
                        line.reports.stream()
                                .map(LineTelemetry::getEventTime)
                                .max(Instant::compareTo)
                                .orElseThrow());
                LocalDate newestMonday = current.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .minusWeeks(1);
                Map<LocalDate, Map<String, Long>> good = new TreeMap<>();
                walk.unitsByDay().forEach((key, facts) -> {
                    LocalDate day = LocalDate.parse(key.window().substring(0, 10));
                    String product = key.subject();
                    long goodUnits = facts.getOrDefault("good_units", 0L);
                    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    if (!monday.isAfter(newestMonday) && monday.isAfter(newestMonday.minusWeeks(WEEKS_LOOKED_BACK))) {
                        good.computeIfAbsent(monday, any -> new TreeMap<>()).merge(product, goodUnits, Long::sum);
                    }
                    if (!day.isBefore(current)) {
                        return;
                    }
                    products.add(product);
                    firstDays.merge(product, day, (a, b) -> a.isBefore(b) ? a : b);
                    openDays.merge(product, current, (a, b) -> a.isAfter(b) ? a : b);
                    if (!day.isBefore(current.minusDays(DAYS_LOOKED_BACK))) {
                        long[] total = totals.computeIfAbsent(product, any -> new long[2]);
                        total[0] += goodUnits;
                        total[1] += goodUnits + facts.getOrDefault("scrap_units", 0L);
                    }
                });
                weeks.put(lineId, new SurgeWorld.Weeks(newestMonday, good));
            });
            for (String product : products) {
                long[] total = totals.getOrDefault(product, new long[2]);
                long days = ChronoUnit.DAYS.between(firstDays.get(product), openDays.get(product));
                made.put(product, new SurgeWorld.Made(total[0], total[1], (int)
                        Math.max(1, Math.min(DAYS_LOOKED_BACK, days))));
            }
        }
    }
}

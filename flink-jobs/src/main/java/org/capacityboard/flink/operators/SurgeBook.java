package org.capacityboard.flink.operators;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.surge.Crew;
import org.capacityboard.domain.surge.LastReport;
import org.capacityboard.domain.surge.LineOutput;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.surge.ProductOutput;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReferenceReader;
import org.capacityboard.flink.ingest.SurgeReader;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** What is known now of lines, products, materials, suppliers, stocks, people, requirements and output; the snapshots of it. */
final class SurgeBook {
    /** 53 weeks. */
    static final int DAYS_KEPT = 371;

    private static final long DAY_MS = 86_400_000;
    private static final int WEEKS = 52;

    private final int staleAfterDays;
    private final VersionsOf<PlantVersion> plants = new VersionsOf<>();
    private final VersionsOf<SurgeLine> lines = new VersionsOf<>();
    private final VersionsOf<SurgeProduct> products = new VersionsOf<>();
    private final VersionsOf<SurgeMaterial> materials = new VersionsOf<>();
    private final VersionsOf<Integer> leadTimesDays = new VersionsOf<>();
    private final VersionsOf<SurgeSupplier> suppliers = new VersionsOf<>();
    private final VersionsOf<Requirement> requirements = new VersionsOf<>();
    private final Map<String, NewestReports> counts = new HashMap<>();
    private final Map<String, NewestReports> crews = new HashMap<>();
    private final Map<String, OutputDays> outputs = new HashMap<>();
    private final Map<String, Long> heardAtMs = new HashMap<>();

    /** @param staleAfterDays days after which silence is stale */
    SurgeBook(int staleAfterDays) {
        this.staleAfterDays = staleAfterDays;
    }

    /** Takes an accepted version. */
    void add(Ingested.Reference reference) {
        Topic topic = Topic.fromBaseName(reference.origin().topic());
        switch (topic) {
            case PLANTS -> add(plants, reference, ReferenceReader.plant(reference));
            case LINES -> add(lines, reference, SurgeReader.line(reference));
            case PRODUCTS -> add(products, reference, SurgeReader.product(reference));
            case MATERIALS -> {
                add(materials, reference, SurgeReader.material(reference));
                add(leadTimesDays, reference, SurgeReader.leadTimeDays(reference));
            }
            case SUPPLIERS -> add(suppliers, reference, SurgeReader.supplier(reference));
            case SURGE_REQUIREMENTS -> add(requirements, reference, SurgeReader.requirement(reference));
            default -> throw new IllegalArgumentException("surge readiness does not look at topic " + topic.baseName());
        }
    }

    private static <T> void add(VersionsOf<T> versions, Ingested.Reference reference, T value) {
        versions.add(reference.id(), reference.validFromMs(), reference.revision(), value);
    }

    boolean knows(Topic topic, String id) {
        return switch (topic) {
            case PLANTS -> plants.knows(id);
            case LINES -> lines.knows(id);
            case MATERIALS -> materials.knows(id);
            default -> throw new IllegalArgumentException("nothing waits for topic " + topic.baseName());
        };
    }

    /** Whether nothing is known that a row could be about. */
    boolean isEmpty() {
        return lines.isEmpty() && requirements.isEmpty() && materials.isEmpty();
    }

    /** Takes a count of stock or a report of people; whether it was not known. What cannot count any more from an instant on is forgotten. */
    boolean add(Ingested.Other report, long closedMs) {
        boolean isCount = isCount(report);
        long revision = isCount ? SurgeReader.countRevision(report) : SurgeReader.crewRevision(report);
        return reports(report).add(new NewestReports.Ranked(revision, report), closedMs);
    }

    private NewestReports reports(Ingested.Other report) {
        return (isCount(report) ? counts : crews).computeIfAbsent(report.id(), any -> new NewestReports());
    }

    private static boolean isCount(Ingested.Other report) {
        return report.origin().topic().equals(Topic.MATERIAL_STOCKS.baseName());
    }

    /** Reports that may still count, of what a report is of. */
    List<Ingested.Other> reportsBeside(Ingested.Other report) {
        return reports(report).events();
    }

    boolean add(SurgeInput.Output output) {
        return add(
                output.key(),
                output.lineId(),
                output.productId(),
                output.productionDay(),
                new DayOutput(output.goodUnits(), output.scrapUnits(), output.stamp()));
    }

    boolean add(String key, String lineId, String productId, long day, DayOutput output) {
        return outputs.computeIfAbsent(key, any -> new OutputDays(lineId, productId))
                .put(day, output);
    }

    @Nullable
    DayOutput output(String key, long day) {
        OutputDays days = outputs.get(key);
        return days == null ? null : days.get(day);
    }

    boolean heard(String lineId, long atMs) {
        Long known = heardAtMs.get(lineId);
        if (known != null && known >= atMs) {
            return false;
        }
        heardAtMs.put(lineId, atMs);
        return true;
    }

    @Nullable
    Long heardAtMs(String lineId) {
        return heardAtMs.get(lineId);
    }

    /** Forgets what no later day looks at; tells each day of output that goes, by its key. */
    void close(long closedMs, BiConsumer<String, Long> droppedDay) {
        long keptFrom = Math.floorDiv(closedMs, DAY_MS) - DAYS_KEPT;
        outputs.forEach((key, days) -> days.dropBefore(keptFrom).forEach(day -> droppedDay.accept(key, day)));
        outputs.values().removeIf(OutputDays::isEmpty);
    }

    /** Days from order to receipt of a material; null if nobody knows. */
    @Nullable
    Integer leadTimeDays(String materialId, long ms) {
        return leadTimesDays.at(materialId, ms);
    }

    /**
     * What was known at an instant.
     *
     * @param nowMs "today"
     * @param includedMs latest event time that counts
     * @param coveredMs how far time has come: no production day is over that ends later, even before "today"
     */
    SurgeSnapshot snapshot(long nowMs, long includedMs, long coveredMs) {
        long overMs = Math.min(nowMs, coveredMs);
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines.allAt(includedMs),
                products.allAt(includedMs),
                materials.allAt(includedMs),
                suppliers.allAt(includedMs),
                counts(includedMs),
                List.of(),
                crews(includedMs),
                requirements.allAt(includedMs),
                lineOutputs(overMs, includedMs),
                productOutputs(overMs, includedMs),
                lastReports(nowMs));
    }

    private List<MaterialCount> counts(long includedMs) {
        return newest(counts.values(), includedMs).stream()
                .map(SurgeReader::count)
                .toList();
    }

    private List<Crew> crews(long includedMs) {
        return newest(crews.values(), includedMs).stream()
                .map(SurgeReader::crew)
                .toList();
    }

    private static List<Ingested.Other> newest(Collection<NewestReports> all, long ms) {
        List<Ingested.Other> newest = new ArrayList<>();
        for (NewestReports reports : all) {
            NewestReports.Ranked report = reports.newest(ms);
            if (report != null) {
                newest.add(report.event());
            }
        }
        return newest;
    }

    private List<LineOutput> lineOutputs(long overMs, long includedMs) {
        List<LineOutput> all = new ArrayList<>();
        for (OutputDays days : outputs.values()) {
            long newest = mondayOf(openDay(days.lineId(), overMs, includedMs) - 7);
            long first = Math.max(newest - 7L * (WEEKS - 1), mondayOf(days.firstDay()));
            List<Long> weeks = new ArrayList<>();
            for (long monday = first; monday <= newest; monday += 7) {
                weeks.add(Math.max(0, days.goodUnits(monday, monday + 7)));
            }
            if (!weeks.isEmpty()) {
                all.add(new LineOutput(days.lineId(), days.productId(), first, weeks));
            }
        }
        return all;
    }

    /** The production day of a line that is not over at an instant, an epoch day. */
    private long openDay(String lineId, long ms, long includedMs) {
        SurgeLine line = lines.at(lineId, includedMs);
        PlantVersion plant = line == null ? null : plants.at(line.plantId(), includedMs);
        return plant == null
                ? Math.floorDiv(ms, DAY_MS)
                : LocalDateTime.ofInstant(Instant.ofEpochMilli(ms), plant.zone())
                        .minusMinutes(plant.dayStartsAtMinute())
                        .toLocalDate()
                        .toEpochDay();
    }

    /** Epoch day 0 was a Thursday. */
    private static long mondayOf(long day) {
        return day - Math.floorMod(day + 3, 7);
    }

    /** Only days that are over count: how much of an open one is known hangs on when its rows are written. */
    private List<ProductOutput> productOutputs(long overMs, long includedMs) {
        record Sum(long good, long scrap, long firstDay, long end) {
            Sum plus(Sum other) {
                return new Sum(
                        good + other.good,
                        scrap + other.scrap,
                        Math.min(firstDay, other.firstDay),
                        Math.max(end, other.end));
            }
        }
        Map<String, Sum> sums = new HashMap<>();
        for (OutputDays days : outputs.values()) {
            long end = openDay(days.lineId(), overMs, includedMs);
            long from = end - ProductOutput.MOST_DAYS;
            if (days.firstDay() < end) {
                sums.merge(
                        days.productId(),
                        new Sum(days.goodUnits(from, end), days.scrapUnits(from, end), days.firstDay(), end),
                        Sum::plus);
            }
        }
        List<ProductOutput> all = new ArrayList<>();
        sums.forEach(
                (productId, sum) -> all.add(new ProductOutput(productId, sum.good(), sum.good() + sum.scrap(), (int)
                        Math.min(ProductOutput.MOST_DAYS, sum.end() - sum.firstDay()))));
        return all;
    }

    /** The last report is known to the hour: it is never taken to be after the instant. */
    private List<LastReport> lastReports(long nowMs) {
        return heardAtMs.entrySet().stream()
                .map(heard -> new LastReport(heard.getKey(), Math.min(heard.getValue(), nowMs)))
                .toList();
    }
}

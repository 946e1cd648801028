package org.capacityboard.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.jspecify.annotations.Nullable;

/**
 * What binds a product at a closing midnight UTC, by plain arithmetic from what a simulation has sent until then: line capacities
 * as contracted, materials by counts, firm receipts and rates, each divided by the draw of all requirements together.
 */
final class SurgeByHand {
    private static final double MONTH_DAYS = 30.4375;
    private static final double WEEKS_PER_MONTH = MONTH_DAYS / 7;
    private static final double HOURS_PER_CREW = 40;
    private static final double DECLARED_SHARE_OF_IDEAL = 0.85;
    private static final long DAY_MS = 86_400_000;
    private static final int RATE_DAYS = 91;
    private static final int LATE_DAYS = 60;
    private static final int LAST_DAY = 740;

    /** The least ratio of supply to draw of a product's nodes, and whose they are. */
    record Bound(double readiness, String binding, String next, double nextRatio, TreeMap<String, Double> ratios) {}

    /** What one supplier brings: quantities by day, and a rate from the day after the last of them. */
    private record Flow(Supplier supplier, Map<Integer, Double> due, double perDay) {
        int rateFromDay() {
            return due.keySet().stream().mapToInt(it -> it).max().orElse(0) + 1;
        }
    }

    private final Scenario scenario;
    private final long todayMs;
    private final List<SimulatedLine> lines;
    private final Map<String, MaterialStock> counts = new TreeMap<>();
    private final Map<String, WorkforceReport> people = new HashMap<>();
    private final Map<String, Double> goodPerDay = new HashMap<>();
    private final Map<String, Double> yield = new HashMap<>();

    /** @param days days from the start to the closing midnight */
    SurgeByHand(Simulation simulation, int days) {
        this.scenario = simulation.scenario();
        long startMs = simulation.start().toEpochMilli();
        this.todayMs = startMs + days * DAY_MS;
        this.lines = SimulatedLine.of(
                scenario,
                simulation.seed(),
                simulation.lines(),
                startMs + OrderBookEvents.handoverMs(scenario.orderBooks()));
        StockEvents stocks = StockEvents.of(simulation, lines);
        WorkforceEvents workforce = new WorkforceEvents(scenario.workforce(), lines, startMs);
        List<EventSource> sources = new ArrayList<>(List.of(workforce));
        if (stocks != null) {
            sources.add(stocks);
        }
        for (EventSource source : sources) {
            source.seek(startMs);
            while (source.nextSendTimeMs() < todayMs) {
                SimulatedEvent event = source.next();
                if (Feed.decoded(event) instanceof MaterialStock count) {
                    counts.merge(event.key(), count, (a, b) -> a.getRevision() > b.getRevision() ? a : b);
                } else if (Feed.decoded(event) instanceof WorkforceReport report) {
                    people.put(event.key(), report);
                }
            }
        }
        measure(Math.min(RATE_DAYS, days));
    }

    private void measure(int days) {
        Map<String, Double> good = new HashMap<>();
        Map<String, Double> made = new HashMap<>();
        LocalDate today = LocalDate.ofEpochDay(todayMs / DAY_MS);
        for (SimulatedLine line : lines) {
            for (int i = 1; i <= days; i++) {
                if (line.dayStartMs(today.minusDays(i - 1)) > line.availableFromMs()) {
                    LineDay day = new LineDay(line, today.minusDays(i), scenario.cancelledShiftRatio());
                    String productId = day.productId == null ? line.group().productId() : day.productId;
                    for (LineDay.Stretch it : day.stretches) {
                        long fromMs = Math.max(it.startMs(), line.availableFromMs());
                        double ideal = Math.max(0, it.endMs() - fromMs) * 1000.0 / day.cycleUs / 1e6;
                        good.merge(productId, ideal * it.goodPpm(), Double::sum);
                        made.merge(productId, ideal * (it.goodPpm() + it.scrapPpm()), Double::sum);
                    }
                }
            }
        }
        good.forEach((productId, units) -> {
            goodPerDay.put(productId, units / days);
            double all = made.getOrDefault(productId, 0.0);
            yield.put(productId, all == 0 ? 1 : units / all);
        });
    }

    /** What binds a product, under what goes wrong in the posture; in conflict after the loss of the most critical parent. */
    Bound bound(String productId, Posture posture) {
        Bound whole = bound(productId, posture, null);
        if (posture != Posture.CONFLICT) {
            return whole;
        }
        return parents().stream()
                .map(it -> bound(productId, posture, it))
                .min(Comparator.comparingDouble(Bound::readiness))
                .orElse(whole);
    }

    /** By how much the loss of a parent lowers the readiness of a product. */
    double criticality(String parent, String productId, Posture posture) {
        return bound(productId, posture, null).readiness - bound(productId, posture, parent).readiness;
    }

    TreeSet<String> parents() {
        TreeSet<String> parents = new TreeSet<>();
        scenario.suppliers().forEach(it -> parents.add(it.getParentEntity()));
        return parents;
    }

    /** Days that the stock of a material, or that of one plant, lasts at the draw of a posture. */
    double daysOfSupply(String materialId, Posture posture) {
        return stockToday(materialId) / drawPerDay(materialId, posture);
    }

    /** Share of all that could be delivered of a material that its largest parent brings. */
    double largestShare(String materialId) {
        Map<String, Double> byParent = new HashMap<>();
        flows(materialId).forEach(it -> byParent.merge(it.supplier.getParentEntity(), it.perDay, Double::sum));
        double all = byParent.values().stream().mapToDouble(it -> it).sum();
        return byParent.values().stream().mapToDouble(it -> it).max().orElse(0) / all;
    }

    double readinessWithout(String parent, String productId, Posture posture) {
        return bound(productId, posture, parent).readiness;
    }

    Bound bound(String productId, Posture posture, @Nullable String lostParent) {
        SurgeRequirement required = requirement(productId, posture);
        int reach = required.getReachWithinDays() == null ? defaultReach(posture) : required.getReachWithinDays();
        int hold = required.getSustainDays() == null ? defaultHold(posture) : required.getSustainDays();
        TreeMap<String, Double> ratios = new TreeMap<>();
        for (String node : usage(productId).keySet()) {
            double supply = isMaterial(node)
                    ? materialPerDay(node, reach, hold, posture, lostParent)
                    : linesPerDay(node, posture);
            ratios.put(node, supply / drawPerDay(node, posture));
        }
        List<String> order = ratios.keySet().stream()
                .sorted(Comparator.comparingDouble(it -> ratios.getOrDefault(it, 0.0)))
                .toList();
        double least = ratios.getOrDefault(order.get(0), 0.0);
        double second = ratios.getOrDefault(order.get(1), 0.0);
        return new Bound(Math.min(1, least), order.get(0), order.get(1), second, ratios);
    }

    private double linesPerDay(String node, Posture posture) {
        double perMonth = 0;
        for (SimulatedLine line : lines) {
            if (node(line.group().productId()).equals(node) && line.availableFromMs() <= todayMs) {
                double perHour = 3600 / line.group().idealCycleSeconds() * DECLARED_SHARE_OF_IDEAL;
                Scenario.Hours week = line.shifts().hoursPerWeek();
                double hours =
                        switch (posture) {
                            case PEACETIME -> week.peacetime();
                            case CRISIS -> week.crisis();
                            case CONFLICT -> week.conflict();
                        };
                WorkforceReport report = people.get(line.lineId());
                if (report != null) {
                    hours = Math.min(
                            hours, HOURS_PER_CREW * report.getCertifiedPeople() / (double) report.getPeoplePerShift());
                }
                perMonth += perHour * hours * WEEKS_PER_MONTH;
            }
        }
        return perMonth / MONTH_DAYS;
    }

    private double materialPerDay(
            String materialId, int reach, int hold, Posture posture, @Nullable String lostParent) {
        double[] inflow = new double[LAST_DAY + LATE_DAYS];
        List<Flow> flows = flows(materialId);
        if (posture == Posture.CRISIS) {
            delayLargest(flows);
        }
        for (Flow flow : flows) {
            boolean comes = (posture != Posture.CONFLICT || flow.supplier.getAllied())
                    && !flow.supplier.getParentEntity().equals(lostParent);
            for (int day = 1; comes && day < LAST_DAY; day++) {
                inflow[day] += flow.due.getOrDefault(day, 0.0) + (day >= flow.rateFromDay() ? flow.perDay : 0);
            }
        }
        double stock = stockToday(materialId);
        for (int day = 1; day <= reach; day++) {
            stock = Math.max(0, stock - usedPerDay(materialId)) + inflow[day];
        }
        double least = Double.POSITIVE_INFINITY;
        double available = stock;
        for (int k = 1; k <= hold; k++) {
            available += inflow[reach + k];
            least = Math.min(least, available / k);
        }
        return least;
    }

    private static void delayLargest(List<Flow> flows) {
        Flow of = null;
        int day = 0;
        double largest = 0;
        for (Flow flow : flows) {
            for (Map.Entry<Integer, Double> it : flow.due.entrySet()) {
                if (it.getValue() > largest) {
                    of = flow;
                    day = it.getKey();
                    largest = it.getValue();
                }
            }
        }
        if (of != null) {
            of.due.remove(day);
            of.due.merge(day + LATE_DAYS, largest, Double::sum);
        }
    }

    private List<Flow> flows(String materialId) {
        List<Flow> flows = new ArrayList<>();
        for (Supplier supplier : scenario.suppliers()) {
            for (SupplierOffer offer : supplier.getSupplies()) {
                if (offer.getMaterialId().equals(materialId)) {
                    Map<Integer, Double> due = new HashMap<>();
                    for (MaterialStock count : counts.values()) {
                        for (Receipt it : count.getReceipts()) {
                            long afterMs = it.getDueAt().toEpochMilli() - todayMs;
                            if (count.getMaterialId().equals(materialId)
                                    && it.getSupplierId().equals(supplier.getSupplierId())
                                    && afterMs > 0) {
                                due.merge((int) ((afterMs + DAY_MS - 1) / DAY_MS), it.getQuantity(), Double::sum);
                            }
                        }
                    }
                    flows.add(new Flow(supplier, due, offer.getUnitsPerMonth() / MONTH_DAYS));
                }
            }
        }
        return flows;
    }

    private double stockToday(String materialId) {
        List<MaterialStock> all = counts.values().stream()
                .filter(it -> it.getMaterialId().equals(materialId))
                .toList();
        double onHand = all.stream().mapToDouble(MaterialStock::getOnHand).sum();
        double sum = 0;
        for (MaterialStock count : all) {
            double perDay = onHand == 0 ? 0 : usedPerDay(materialId) * count.getOnHand() / onHand;
            double stock = count.getOnHand();
            for (long atMs = count.getEventTime().toEpochMilli(); atMs < todayMs; atMs += DAY_MS) {
                stock = Math.max(0, stock - perDay);
                for (Receipt it : count.getReceipts()) {
                    long dueMs = it.getDueAt().toEpochMilli();
                    stock += dueMs > atMs && dueMs <= Math.min(atMs + DAY_MS, todayMs) ? it.getQuantity() : 0;
                }
            }
            sum += stock;
        }
        return sum;
    }

    private double usedPerDay(String materialId) {
        double perDay = 0;
        for (Product product : scenario.products()) {
            double good = goodPerDay.getOrDefault(product.getProductId(), 0.0);
            perDay += good == 0 ? 0 : good * directUse(product, materialId);
        }
        return perDay;
    }

    private double directUse(Product product, String materialId) {
        double quantity = 0;
        for (BillOfMaterialsItem item : product.getBillOfMaterials()) {
            Product input = product(item.getInputId());
            double use = item.getInputId().equals(materialId)
                    ? 1
                    : input != null && !hasLines(node(item.getInputId())) ? directUse(input, materialId) : 0;
            quantity += use * item.getQuantityPerUnit();
        }
        return quantity / yield.getOrDefault(product.getProductId(), 1.0);
    }

    private double drawPerDay(String node, Posture posture) {
        double perMonth = 0;
        for (SurgeRequirement it : scenario.surgeRequirements()) {
            if (it.getPosture() == posture) {
                perMonth += it.getUnitsPerMonth() * usage(it.getProductId()).getOrDefault(node, 0.0);
            }
        }
        return perMonth / MONTH_DAYS;
    }

    /** Units of every node that a good unit of the product takes, through all levels of its bill of materials. */
    TreeMap<String, Double> usage(String productId) {
        TreeMap<String, Double> usage = new TreeMap<>();
        add(productId, 1, usage);
        return usage;
    }

    private void add(String id, double units, TreeMap<String, Double> usage) {
        Product product = product(id);
        if (product == null) {
            usage.merge(id, units, Double::sum);
            return;
        }
        if (hasLines(node(id))) {
            usage.merge(node(id), units, Double::sum);
        }
        double made = units / yield.getOrDefault(id, 1.0);
        product.getBillOfMaterials().forEach(item -> add(item.getInputId(), made * item.getQuantityPerUnit(), usage));
    }

    private boolean hasLines(String node) {
        return lines.stream().anyMatch(it -> node(it.group().productId()).equals(node));
    }

    private boolean isMaterial(String node) {
        return scenario.materials().stream().anyMatch(it -> it.getMaterialId().equals(node));
    }

    private String node(String productId) {
        Product product = product(productId);
        String group = product == null ? null : product.getInterchangeabilityGroup();
        return group == null ? productId : group;
    }

    private @Nullable Product product(String id) {
        return scenario.products().stream()
                .filter(it -> it.getProductId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private SurgeRequirement requirement(String productId, Posture posture) {
        return scenario.surgeRequirements().stream()
                .filter(it -> it.getProductId().equals(productId) && it.getPosture() == posture)
                .findFirst()
                .orElseThrow();
    }

    /** The oldest of the counts that hold. */
    Instant oldestCount() {
        return counts.values().stream()
                .map(MaterialStock::getEventTime)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static int defaultReach(Posture posture) {
        return posture == Posture.PEACETIME ? 0 : posture == Posture.CRISIS ? 90 : 365;
    }

    private static int defaultHold(Posture posture) {
        return posture == Posture.PEACETIME ? 90 : posture == Posture.CRISIS ? 180 : 365;
    }
}

package org.capacityboard.domain.surge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Surge readiness word for word by its definition: every path of every bill is walked, every day asked for every stretch of days after it. */
final class ByDefinition {
    static final double MONTH = 30.4375;

    /** What a row should say; never is null. */
    record Said(
            @Nullable Double readiness,
            @Nullable Double low,
            @Nullable Double achievable,
            @Nullable Integer timeToSurge,
            @Nullable Integer sustained,
            @Nullable String binding,
            @Nullable String next,
            @Nullable String lostParent) {}

    private final SurgeSnapshot snapshot;
    private final Map<String, SurgeProduct> products = new HashMap<>();
    private final CoursesByDefinition courses;
    private final Map<String, Double> drawn = new HashMap<>();
    private final Map<String, TreeMap<String, Double>> takenByProduct = new HashMap<>();
    private final Map<String, Double> demonstratedByLine = new HashMap<>();
    private final Map<String, List<SurgeLine>> linesByNode = new HashMap<>();

    ByDefinition(SurgeSnapshot snapshot) {
        this.snapshot = snapshot;
        courses = new CoursesByDefinition(snapshot);
        snapshot.products().forEach(product -> products.put(product.productId(), product));
    }

    private String lineNode(String productId) {
        SurgeProduct product = products.get(productId);
        String group = product == null ? null : product.interchangeabilityGroup();
        return group == null ? "0product " + productId : "0group " + group;
    }

    private List<SurgeLine> lines(String node) {
        return linesByNode.computeIfAbsent(node, any -> snapshot.lines().stream()
                .filter(line -> lineNode(line.productId()).equals(node))
                .toList());
    }

    double quality(String productId) {
        return courses.quality(productId);
    }

    CoursesByDefinition.Course course(String materialId, Posture posture) {
        return courses.course(materialId, posture, null, false);
    }

    /** Units of every node that one good unit takes. */
    private void take(String productId, double units, Map<String, Double> taken) {
        String node = lineNode(productId);
        if (!lines(node).isEmpty()) {
            taken.merge(node, units, Double::sum);
        }
        SurgeProduct product = products.get(productId);
        if (product != null) {
            for (BillItem item : product.bill()) {
                double inputs = units * item.quantityPerUnit() / courses.quality(productId);
                if (products.containsKey(item.inputId())) {
                    take(item.inputId(), inputs, taken);
                } else {
                    taken.merge("1material " + item.inputId(), inputs, Double::sum);
                }
            }
        }
    }

    TreeMap<String, Double> nodes(String productId) {
        TreeMap<String, Double> known = takenByProduct.get(productId);
        if (known != null) {
            return known;
        }
        TreeMap<String, Double> taken = new TreeMap<>();
        take(productId, 1, taken);
        takenByProduct.put(productId, taken);
        return taken;
    }

    double drawPerDay(String node, Posture posture) {
        return drawn.computeIfAbsent(node + posture, any -> {
            double sum = 0;
            for (Requirement required : snapshot.requirements()) {
                if (required.posture() == posture) {
                    sum += nodes(required.productId()).getOrDefault(node, 0.0) * required.unitsPerMonth() / MONTH;
                }
            }
            return sum;
        });
    }

    private double demonstrated(SurgeLine line) {
        Map<Long, Long> weeks = new HashMap<>();
        for (LineOutput output : snapshot.lineOutputs()) {
            if (output.lineId().equals(line.lineId())
                    && lineNode(output.productId()).equals(lineNode(line.productId()))) {
                for (int i = 0; i < output.weeklyGoodUnits().size(); i++) {
                    weeks.merge(
                            output.firstMonday() + 7L * i,
                            output.weeklyGoodUnits().get(i),
                            Long::sum);
                }
            }
        }
        long best = 0;
        for (int ago = 3; ago < 52; ago++) {
            long first = Scene.LAST_WEEK - 7L * ago;
            long lowest = Long.MAX_VALUE;
            for (int week = 0; week < 4; week++) {
                lowest = Math.min(lowest, weeks.getOrDefault(first + 7L * week, 0L));
            }
            best = Math.max(best, lowest);
        }
        return best * MONTH / 7;
    }

    double capacityPerDay(String node, Posture posture, Evidence evidence, int day, boolean low) {
        double sum = 0;
        for (SurgeLine line : lines(node)) {
            Long from = line.availableFromMs();
            boolean accepted = from == null || from <= Scene.TODAY;
            boolean there =
                    accepted || evidence == Evidence.ESTIMATED && from != null && CoursesByDefinition.day(from) <= day;
            boolean heard = !low
                    || snapshot.lastReports().stream()
                            .anyMatch(report -> report.lineId().equals(line.lineId())
                                    && report.reportedAtMs() >= Scene.TODAY - 14 * Scene.DAY);
            double capacity =
                    accepted ? demonstratedByLine.computeIfAbsent(line.lineId(), any -> demonstrated(line)) : 0;
            if (evidence != Evidence.DEMONSTRATED) {
                double contract = line.hoursPerWeek().in(posture) * MONTH / 7 * line.declaredUnitsPerHour();
                capacity = Math.max(capacity, contract);
            }
            for (Crew crew : snapshot.crews()) {
                if (crew.lineId().equals(line.lineId())
                        && crew.peoplePerShift() > 0
                        && line.declaredUnitsPerHour() > 0) {
                    double shifts = (double) crew.certifiedPeople() / crew.peoplePerShift();
                    capacity = Math.min(capacity, shifts * 40 * MONTH / 7 * line.declaredUnitsPerHour());
                }
            }
            sum += there && heard ? capacity / MONTH : 0;
        }
        return sum;
    }

    private double share(
            String node, Posture posture, Evidence evidence, @Nullable String lost, boolean low, int s, int h) {
        double draw = drawPerDay(node, posture);
        if (node.startsWith("0")) {
            return capacityPerDay(node, posture, evidence, s, low) / draw;
        }
        CoursesByDefinition.Course course = courses.course(node.substring("1material ".length()), posture, lost, low);
        double least = Double.POSITIVE_INFINITY;
        double there = course.stock()[s];
        for (int k = 1; k <= h; k++) {
            there += course.inflow()[s + k];
            least = Math.min(least, there / k);
        }
        return least / draw;
    }

    private double share(Requirement required, Evidence evidence, @Nullable String lost, boolean low, int s, int h) {
        double least = Double.POSITIVE_INFINITY;
        for (String node : nodes(required.productId()).keySet()) {
            least = Math.min(least, share(node, required.posture(), evidence, lost, low, s, h));
        }
        return least;
    }

    /** Parents that supply any material of a product; only those that bring something, if asked. */
    TreeSet<String> parents(Requirement required, boolean bringing) {
        TreeSet<String> parents = new TreeSet<>();
        for (String node : nodes(required.productId()).keySet()) {
            if (node.startsWith("1")) {
                String material = node.substring("1material ".length());
                courses.inflows(material, bringing ? required.posture() : Posture.PEACETIME, null)
                        .forEach((supplier, inflow) -> {
                            boolean brings = false;
                            for (double one : inflow) {
                                brings |= one > 0;
                            }
                            if (brings) {
                                parents.add(courses.parent(supplier));
                            }
                        });
            }
        }
        return parents;
    }

    double readiness(Requirement required, Evidence evidence, @Nullable String lost, boolean low) {
        double share = share(required, evidence, lost, low, required.reachDays(), required.holdDays());
        return share >= 1 - 1e-9 ? 1 : share;
    }

    private double shareOfMaterials(Requirement required, Evidence evidence, String lost) {
        double least = Double.POSITIVE_INFINITY;
        for (String node : nodes(required.productId()).keySet()) {
            if (node.startsWith("1")) {
                double share = share(
                        node, required.posture(), evidence, lost, false, required.reachDays(), required.holdDays());
                least = Math.min(least, share);
            }
        }
        return least;
    }

    private @Nullable String lost(Requirement required, Evidence evidence) {
        String lost = null;
        double lowest = Double.POSITIVE_INFINITY;
        double lowestOfMaterials = Double.POSITIVE_INFINITY;
        if (required.posture() == Posture.CONFLICT) {
            for (String parent : parents(required, true)) {
                double without = readiness(required, evidence, parent, false);
                double ofMaterials = shareOfMaterials(required, evidence, parent);
                boolean same = without <= lowest + 1e-9;
                if (without < lowest - 1e-9
                        || same && ofMaterials < lowestOfMaterials - 1e-9 * Math.max(1, ofMaterials)) {
                    lowest = without;
                    lowestOfMaterials = ofMaterials;
                    lost = parent;
                }
            }
        }
        return lost;
    }

    Said said(Requirement required, Evidence evidence) {
        if (required.unitsPerMonth() == 0) {
            return new Said(1.0, 1.0, null, 0, 730, null, null, null);
        }
        TreeMap<String, Double> nodes = nodes(required.productId());
        if (nodes.isEmpty()) {
            return new Said(null, null, null, null, null, null, null, null);
        }
        String lost = lost(required, evidence);
        int reach = required.reachDays();
        int hold = required.holdDays();
        TreeMap<String, Double> shares = new TreeMap<>();
        for (String node : nodes.keySet()) {
            shares.put(node, share(node, required.posture(), evidence, lost, false, reach, hold));
        }
        double share = share(required, evidence, lost, false, reach, hold);
        String binding = tightest(shares);
        shares.remove(binding);
        String next = shares.isEmpty() ? null : tightest(shares);
        Integer from = null;
        for (int s = 0; s <= 730 && from == null; s++) {
            from = isWhole(required, evidence, lost, s, hold) ? s : null;
        }
        Integer sustained = null;
        for (int h = 730; from != null && h > 0 && sustained == null; h--) {
            sustained = isWhole(required, evidence, lost, from, h) ? h : null;
        }
        return new Said(
                readiness(required, evidence, lost, false),
                readiness(required, evidence, lost, true),
                required.unitsPerMonth() * share,
                from,
                sustained,
                binding.substring(binding.indexOf(' ') + 1),
                next == null ? null : next.substring(next.indexOf(' ') + 1),
                lost);
    }

    private boolean isWhole(Requirement required, Evidence evidence, @Nullable String lost, int s, int h) {
        for (String node : nodes(required.productId()).keySet()) {
            if (share(node, required.posture(), evidence, lost, false, s, h) < 1 - 1e-9) {
                return false;
            }
        }
        return true;
    }

    private static String tightest(TreeMap<String, Double> shares) {
        double least =
                shares.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        return shares.entrySet().stream()
                .filter(entry -> entry.getValue() <= least + 1e-9 * Math.max(1, least))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}

package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One product in one posture: what it could be made at, when, for how long, and what it means to lose a supplier parent. */
final class ProductCase {
    private final Usage usage;
    private final Requirement required;
    private final Supplies supplies;
    private final List<String> parentNames;
    private final int reachDays;
    private final int holdDays;

    private final TreeSet<Integer> parents = new TreeSet<>();
    /** Least share over materials without a parent, by parents that bring anything. */
    private final TreeMap<Integer, Double> leastShareWithout = new TreeMap<>();

    private double leastMaterialShare = Double.POSITIVE_INFINITY;

    ProductCase(Usage usage, Requirement required, Supplies supplies, List<String> parentNames) {
        this.usage = usage;
        this.required = required;
        this.supplies = supplies;
        this.parentNames = parentNames;
        reachDays = required.reachDays();
        holdDays = required.holdDays();
        if (isNeeded()) {
            usage.materials().forEach(this::weigh);
        }
    }

    private boolean isNeeded() {
        return required.unitsPerMonth() > 0;
    }

    private void weigh(MaterialNode material) {
        leastMaterialShare = Math.min(leastMaterialShare, share(material, Supplies.NOBODY, false));
        for (SupplierFlow flow : material.flows()) {
            parents.add(flow.parent());
        }
        for (SupplierFlow flow : material.flows(required.posture())) {
            if (flow.bringsAnything()) {
                leastShareWithout.merge(flow.parent(), share(material, flow.parent(), false), Math::min);
            }
        }
    }

    private double share(MaterialNode material, int lostParent, boolean low) {
        return supplies.share(material, supplies.perMonth(material, lostParent, reachDays, holdDays, low));
    }

    private double share(LineNode lines, Evidence evidence, boolean low) {
        return supplies.share(lines, supplies.perMonth(lines, evidence, reachDays, low));
    }

    private static double readiness(double share) {
        return Supplies.isWhole(share) ? 1 : share;
    }

    /** Share on some evidence with every parent there. */
    private double shareBeforeLoss(Evidence evidence) {
        double least = leastMaterialShare;
        for (Node node : usage.nodes()) {
            if (node instanceof LineNode lines) {
                least = Math.min(least, share(lines, evidence, false));
            }
        }
        return least;
    }

    /** What each parent means that supplies any of its materials. */
    List<CriticalityRow> criticalities() {
        double before = shareBeforeLoss(Evidence.CONTRACTED);
        List<CriticalityRow> rows = new ArrayList<>();
        for (int parent : parents) {
            double without = readiness(Math.min(before, leastShareWithout.getOrDefault(parent, before)));
            rows.add(new CriticalityRow(
                    parentNames.get(parent),
                    usage.product().id(),
                    required.posture(),
                    without,
                    readiness(before) - without));
        }
        return rows;
    }

    /** In a conflict the parent without which readiness is lowest, the first by name among equals. */
    private int lostParent(Evidence evidence) {
        if (required.posture() != Posture.CONFLICT) {
            return Supplies.NOBODY;
        }
        double before = shareBeforeLoss(evidence);
        double least = Double.POSITIVE_INFINITY;
        for (double without : leastShareWithout.values()) {
            least = Math.min(least, readiness(Math.min(before, without)));
        }
        for (int parent : leastShareWithout.keySet()) {
            double without = leastShareWithout.getOrDefault(parent, before);
            if (Supplies.isNoMore(readiness(Math.min(before, without)), least)) {
                return parent;
            }
        }
        return Supplies.NOBODY;
    }

    ReadinessRow row(Evidence evidence) {
        if (!isNeeded()) {
            return row(evidence, null, 1.0, 1.0, null, null, new Span(0, Days.LOOKED_AHEAD), 0.0, Supplies.NOBODY);
        }
        int lost = lostParent(evidence);
        List<Limit> limits = limits(evidence, lost);
        Limit binding = Limit.tightest(limits, null);
        if (binding == null) {
            return row(evidence, null, null, null, null, null, null, null, lost);
        }
        double achievable = required.unitsPerMonth() * binding.share();
        return row(
                evidence,
                achievable,
                readiness(binding.share()),
                readiness(lowShare(evidence, lost)),
                binding,
                Limit.tightest(limits, binding),
                span(evidence, lost),
                Supplies.isWhole(binding.share()) ? 0 : required.unitsPerMonth() - achievable,
                lost);
    }

    private ReadinessRow row(
            Evidence evidence,
            @Nullable Double achievable,
            @Nullable Double readiness,
            @Nullable Double readinessLow,
            @Nullable Limit binding,
            @Nullable Limit next,
            @Nullable Span span,
            @Nullable Double unitsShort,
            int lostParent) {
        String lost = lostParent == Supplies.NOBODY ? null : parentNames.get(lostParent);
        Why why = new Why(usage, required, evidence, parentNames);
        return new ReadinessRow(
                usage.product().id(),
                required.posture(),
                evidence,
                required.unitsPerMonth(),
                achievable,
                readiness,
                readinessLow,
                readiness,
                binding == null ? null : binding.node().kind(),
                binding == null ? null : binding.node().id(),
                next == null ? null : next.node().kind(),
                next == null ? null : next.node().id(),
                next == null ? null : required.unitsPerMonth() * next.share(),
                span == null ? null : span.fromDay(),
                span == null ? null : span.days(),
                unitsShort,
                lost,
                why.words(readinessLow, binding, next, lostParent));
    }

    private List<Limit> limits(Evidence evidence, int lostParent) {
        List<Limit> limits = new ArrayList<>(usage.nodes().size());
        for (Node node : usage.nodes()) {
            double supplied = node instanceof LineNode lines
                    ? supplies.perMonth(lines, evidence, reachDays, false)
                    : supplies.perMonth((MaterialNode) node, lostParent, reachDays, holdDays, false);
            limits.add(new Limit(node, supplied, supplies.drawnPerMonth(node), supplies.share(node, supplied)));
        }
        return limits;
    }

    private double lowShare(Evidence evidence, int lostParent) {
        double least = Double.POSITIVE_INFINITY;
        for (Node node : usage.nodes()) {
            least = Math.min(
                    least,
                    node instanceof LineNode lines
                            ? share(lines, evidence, true)
                            : share((MaterialNode) node, lostParent, true));
        }
        return least;
    }

    /** Days from a day on. */
    private record Span(int fromDay, int days) {}

    /** From which day on the required rate is there as long as it must be held, and for how long it is then; null: never. */
    private @Nullable Span span(Evidence evidence, int lostParent) {
        int from = 0;
        for (Node node : usage.nodes()) {
            if (node instanceof LineNode lines) {
                from = Math.max(from, supplies.firstDay(lines, evidence));
            }
        }
        List<short[]> endurances = new ArrayList<>(usage.materials().size());
        if (from <= Days.LOOKED_AHEAD) {
            usage.materials().forEach(material -> endurances.add(supplies.endurance(material, lostParent)));
        }
        for (int tried = -1; tried != from && from <= Days.LOOKED_AHEAD; ) {
            tried = from;
            for (short[] endurance : endurances) {
                while (from <= Days.LOOKED_AHEAD && endurance[from] < holdDays) {
                    from++;
                }
            }
        }
        if (from > Days.LOOKED_AHEAD) {
            return null;
        }
        int days = Days.LOOKED_AHEAD;
        for (short[] endurance : endurances) {
            days = Math.min(days, endurance[from]);
        }
        return new Span(from, days);
    }
}

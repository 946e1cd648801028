package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One product in one posture: what it could be made at, when, for how long, and what it means to lose a supplier parent. */
final class ProductCase {
    private static final int NONE = -1;

    private final Usage usage;
    private final Requirement required;
    private final Supplies supplies;
    private final Stretch stretch;
    private final List<String> parentNames;
    private final int staleAfterDays;

    /** Parents that supply any of its materials. */
    private final BitSet parents = new BitSet();
    /** Those that bring anything in this posture. */
    private final BitSet bringing = new BitSet();
    /** Least share over materials without each parent. */
    private final double[] leastShareWithout;

    private double leastMaterialShare = Double.POSITIVE_INFINITY;

    ProductCase(Usage usage, Requirement required, Supplies supplies, List<String> parentNames, int staleAfterDays) {
        this.usage = usage;
        this.required = required;
        this.supplies = supplies;
        this.parentNames = parentNames;
        this.staleAfterDays = staleAfterDays;
        stretch = supplies.stretch(required.reachDays(), required.holdDays());
        leastShareWithout = new double[parentNames.size()];
        Arrays.fill(leastShareWithout, Double.POSITIVE_INFINITY);
        if (isNeeded()) {
            usage.materials().forEach(this::weigh);
        }
    }

    private boolean isNeeded() {
        return required.unitsPerMonth() > 0;
    }

    private void weigh(MaterialNode material) {
        double drawn = supplies.drawnPerMonth(material);
        leastMaterialShare = Math.min(leastMaterialShare, Share.of(stretch.perMonth(material, Supplies.NOBODY), drawn));
        for (SupplierFlow flow : material.flows()) {
            parents.set(flow.parent());
        }
        for (int parent : material.parents(required.posture())) {
            bringing.set(parent);
            leastShareWithout[parent] =
                    Math.min(leastShareWithout[parent], Share.of(stretch.perMonth(material, parent), drawn));
        }
    }

    /** Share on some evidence with every parent there. */
    private double shareBeforeLoss(Evidence evidence) {
        double least = leastMaterialShare;
        for (LineNode lines : usage.lines()) {
            least = Math.min(least, share(lines, evidence, false));
        }
        return least;
    }

    private double share(LineNode lines, Evidence evidence, boolean low) {
        return Share.of(supplies.perMonth(lines, evidence, required.reachDays(), low), supplies.drawnPerMonth(lines));
    }

    /** What each parent means that supplies any of its materials. */
    List<CriticalityRow> criticalities() {
        double before = shareBeforeLoss(Evidence.CONTRACTED);
        List<CriticalityRow> rows = new ArrayList<>();
        for (int parent = parents.nextSetBit(0); parent >= 0; parent = parents.nextSetBit(parent + 1)) {
            double without = Share.capped(Math.min(before, leastShareWithout[parent]));
            rows.add(new CriticalityRow(
                    parentNames.get(parent),
                    usage.product().id(),
                    required.posture(),
                    without,
                    Share.capped(before) - without));
        }
        return rows;
    }

    /**
     * In a conflict the parent without which readiness is lowest. Where lines or enough of everything make several equal, the one without which the materials
     * allow least; among equals the first by name. Readiness without a parent is lowest where its materials allow least, so the second rule alone decides.
     */
    private int lostParent() {
        if (required.posture() != Posture.CONFLICT) {
            return Supplies.NOBODY;
        }
        double least = leastMaterialShare;
        for (int parent = bringing.nextSetBit(0); parent >= 0; parent = bringing.nextSetBit(parent + 1)) {
            least = Math.min(least, leastShareWithout[parent]);
        }
        for (int parent = bringing.nextSetBit(0); parent >= 0; parent = bringing.nextSetBit(parent + 1)) {
            if (Share.isNoMore(Math.min(leastMaterialShare, leastShareWithout[parent]), least)) {
                return parent;
            }
        }
        return Supplies.NOBODY;
    }

    /**
     * What is possible on some evidence.
     *
     * @param lostParent parent that is lost
     * @param limits what binds, what binds next, and so on; empty if nothing is needed or nothing is known that binds
     * @param readinessLow readiness with what is stale counted as nothing; null if nothing is known that binds
     */
    record Standing(
            Evidence evidence,
            int lostParent,
            List<Limit> limits,
            @Nullable Double readinessLow) {
        @Nullable
        Limit binding() {
            return limits.isEmpty() ? null : limits.get(0);
        }

        @Nullable
        Limit next() {
            return limits.size() < 2 ? null : limits.get(1);
        }
    }

    Standing standing(Evidence evidence) {
        if (!isNeeded()) {
            return new Standing(evidence, Supplies.NOBODY, List.of(), 1.0);
        }
        int lost = lostParent();
        List<Limit> limits = limits(evidence, lost);
        return new Standing(evidence, lost, limits, limits.isEmpty() ? null : Share.capped(lowShare(evidence, lost)));
    }

    /** The tightest first, among equals the first. */
    private List<Limit> limits(Evidence evidence, int lostParent) {
        double[] shares = shares(evidence, lostParent);
        List<Limit> limits = new ArrayList<>();
        while (limits.size() < LadderRow.MOST_STEPS) {
            int tightest = tightest(shares);
            if (tightest == NONE) {
                break;
            }
            limits.add(limit(usage.nodes().get(tightest), evidence, lostParent));
            shares[tightest] = Double.POSITIVE_INFINITY;
        }
        return limits;
    }

    /** Steps of the ladder. */
    List<LadderRow> ladder(Standing standing) {
        List<LadderRow> ladder = new ArrayList<>();
        for (Limit limit : standing.limits()) {
            ladder.add(LadderRow.of(required, standing.evidence(), ladder.size() + 1, limit));
        }
        return ladder;
    }

    ReadinessRow row(Standing standing) {
        Limit binding = standing.binding();
        Limit next = standing.next();
        Span span = binding == null
                ? isNeeded() ? null : new Span(0, Days.LOOKED_AHEAD)
                : span(standing.evidence(), standing.lostParent());
        return new ReadinessRow(
                usage.product().id(),
                required.posture(),
                standing.evidence(),
                required.unitsPerMonth(),
                achievable(standing),
                readiness(standing),
                standing.readinessLow(),
                readiness(standing),
                binding == null ? null : binding.node().kind(),
                binding == null ? null : binding.node().id(),
                next == null ? null : next.node().kind(),
                next == null ? null : next.node().id(),
                next == null ? null : required.unitsPerMonth() * next.share(),
                span == null ? null : span.fromDay(),
                span == null ? null : span.days(),
                unitsShort(standing),
                standing.lostParent() == Supplies.NOBODY ? null : parentNames.get(standing.lostParent()),
                why(standing));
    }

    private @Nullable Double achievable(Standing standing) {
        Limit binding = standing.binding();
        return binding == null ? null : required.unitsPerMonth() * binding.share();
    }

    private @Nullable Double readiness(Standing standing) {
        Limit binding = standing.binding();
        return binding == null ? isNeeded() ? null : 1.0 : Double.valueOf(Share.capped(binding.share()));
    }

    private @Nullable Double unitsShort(Standing standing) {
        Limit binding = standing.binding();
        if (binding == null) {
            return isNeeded() ? null : 0.0;
        }
        return Share.isWhole(binding.share())
                ? 0.0
                : required.unitsPerMonth() - required.unitsPerMonth() * binding.share();
    }

    private String why(Standing standing) {
        return new Why(usage, required, standing.evidence(), parentNames, staleAfterDays)
                .words(
                        standing.readinessLow(),
                        standing.binding(),
                        standing.next(),
                        standing.lostParent(),
                        lossMatters(standing.binding(), standing),
                        lossMatters(standing.next(), standing));
    }

    /** Whether a node allows less because a parent is lost. */
    private boolean lossMatters(@Nullable Limit limit, Standing standing) {
        return limit != null
                && limit.node() instanceof MaterialNode
                && !Share.isNoMore(
                        limit(limit.node(), standing.evidence(), Supplies.NOBODY)
                                .share(),
                        limit.share());
    }

    /** What has become of it by a loss. */
    LossRow after(LossKind kind, String lossId, Standing before, Standing after) {
        Limit binding = after.binding();
        return new LossRow(
                usage.product().id(),
                required.posture(),
                kind,
                lossId,
                readiness(before),
                readiness(after),
                achievable(before),
                achievable(after),
                unitsShort(after),
                binding == null ? null : binding.node().kind(),
                binding == null ? null : binding.node().id(),
                why(after));
    }

    private Limit limit(Node node, Evidence evidence, int lostParent) {
        double supplied = node instanceof LineNode lines
                ? supplies.perMonth(lines, evidence, required.reachDays(), false)
                : stretch.perMonth((MaterialNode) node, lostParent);
        return new Limit(node, supplied, supplies.drawnPerMonth(node));
    }

    /** By node of the usage. */
    private double[] shares(Evidence evidence, int lostParent) {
        double[] shares = new double[usage.nodes().size()];
        int at = 0;
        for (LineNode lines : usage.lines()) {
            shares[at++] = share(lines, evidence, false);
        }
        for (MaterialNode material : usage.materials()) {
            shares[at++] = Share.of(stretch.perMonth(material, lostParent), supplies.drawnPerMonth(material));
        }
        return shares;
    }

    /** The least that is finite; the first among equals. */
    private static int tightest(double[] shares) {
        double least = Double.POSITIVE_INFINITY;
        for (double share : shares) {
            least = Math.min(least, share);
        }
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] < Double.POSITIVE_INFINITY && Share.isNoMore(shares[i], least)) {
                return i;
            }
        }
        return NONE;
    }

    private double lowShare(Evidence evidence, int lostParent) {
        double least = Double.POSITIVE_INFINITY;
        for (LineNode lines : usage.lines()) {
            least = Math.min(least, share(lines, evidence, true));
        }
        for (MaterialNode material : usage.materials()) {
            double supplied = stretch.lowPerMonth(material, lostParent);
            least = Math.min(least, Share.of(supplied, supplies.drawnPerMonth(material)));
        }
        return least;
    }

    /** Days from a day on. */
    private record Span(int fromDay, int days) {}

    /** From which day on the required rate is there as long as it must be held, and for how long it is then; null: never. */
    private @Nullable Span span(Evidence evidence, int lostParent) {
        int from = 0;
        for (LineNode lines : usage.lines()) {
            from = Math.max(from, supplies.firstDay(lines, evidence));
        }
        Endurances endurances = supplies.endurances();
        int hold = required.holdDays();
        for (int tried = NONE; tried != from && from <= Days.LOOKED_AHEAD; ) {
            tried = from;
            for (MaterialNode material : usage.materials()) {
                short[] endurance = endurances.of(material, lostParent);
                while (from <= Days.LOOKED_AHEAD && endurance[from] < hold) {
                    from++;
                }
                if (from > Days.LOOKED_AHEAD) {
                    return null;
                }
            }
        }
        if (from > Days.LOOKED_AHEAD) {
            return null;
        }
        int days = Days.LOOKED_AHEAD;
        for (MaterialNode material : usage.materials()) {
            days = Math.min(days, endurances.of(material, lostParent)[from]);
        }
        return new Span(from, days);
    }
}

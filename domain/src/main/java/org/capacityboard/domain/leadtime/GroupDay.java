package org.capacityboard.domain.leadtime;

/** What is to be said of a group as of one instant: how long its orders take, and what waits. */
final class GroupDay {
    private static final Basis[] BASES = Basis.values();
    private static final long TRAILING_MS = 365 * UtcDays.DAY_MS;
    private static final long RATE_MS = 13 * UtcDays.WEEK_MS;

    private final OrderGroup group;
    private final AsOf asOf;
    private final long instantMs;
    private final Estimate[] all = estimates(Cohort.ALL);
    private final Estimate[] trailing = estimates(Cohort.TRAILING);
    private final long rateMs;
    private long openOrders;
    private long backlogUnits;
    private long overdueOrders;
    private long overdueUnits;
    private long acceptedUnits;

    /** The group must have a row at that instant. */
    GroupDay(OrderGroup group, AsOf asOf) {
        this.group = group;
        this.asOf = asOf;
        this.instantMs = asOf.instantMs();
        this.rateMs = Math.min(RATE_MS, instantMs - group.knownAtMs(instantMs));
        look();
    }

    private static Estimate[] estimates(Cohort cohort) {
        Estimate[] estimates = new Estimate[BASES.length];
        for (Basis basis : BASES) {
            estimates[basis.ordinal()] = new Estimate(cohort, basis);
        }
        return estimates;
    }

    private static DroppedOrders.Taker taker(Estimate[] estimates) {
        return (basis, entryMs, timeMs, ending, weight) ->
                estimates[basis.ordinal()].observe(entryMs, timeMs, ending, weight);
    }

    private void look() {
        DroppedOrders.Taker toAll = taker(all);
        DroppedOrders.Taker toTrailing = taker(trailing);
        group.dropped.forEach(toAll);
        for (Estimate estimate : all) {
            estimate.count(group.dropped);
        }
        for (OrderLine line : group.lines) {
            Placement place = asOf.of(line);
            if (place != null && place.groups()[group.kind] == group) {
                OrderStanding order = place.standing();
                long entryMs = Waits.entryMs(order);
                observe(order, entryMs, all, toAll);
                long followedMs = instantMs - TRAILING_MS - order.confirmedAtMs();
                observe(order, Math.max(entryMs, followedMs), trailing, toTrailing);
                acceptedUnits += line.outputUnits(instantMs - rateMs, instantMs);
                if (order.state() == OrderState.OPEN) {
                    open(order, place.dueEndMs());
                }
            }
        }
    }

    private void observe(OrderStanding order, long entryMs, Estimate[] estimates, DroppedOrders.Taker taker) {
        Waits.of(order, instantMs, entryMs, taker);
        for (Estimate estimate : estimates) {
            estimate.count(order);
        }
    }

    private void open(OrderStanding order, long dueEndMs) {
        long missing = order.orderedUnits() - order.outputUnits();
        openOrders++;
        backlogUnits += missing;
        if (dueEndMs <= instantMs) {
            overdueOrders++;
            overdueUnits += missing;
        }
    }

    void writeRows(boolean isFinal, LeadTimeSink sink) {
        long day = UtcDays.closedDay(instantMs);
        for (Estimate estimate : all) {
            sink.leadTime(estimate.row(day, group, isFinal));
        }
        for (Estimate estimate : trailing) {
            sink.leadTime(estimate.row(day, group, isFinal));
        }
        sink.backlog(new OrderBacklog(
                day,
                group.group,
                openOrders,
                backlogUnits,
                overdueOrders,
                overdueUnits,
                acceptedUnits,
                rateMs / (double) UtcDays.WEEK_MS,
                isFinal,
                group.version));
    }

    void writeCurves(boolean isFinal, LeadTimeSink sink) {
        long day = UtcDays.closedDay(instantMs);
        for (Estimate estimate : all) {
            sink.curve(estimate.curveRow(day, group, isFinal));
        }
        for (Estimate estimate : trailing) {
            sink.curve(estimate.curveRow(day, group, isFinal));
        }
    }
}

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
    private final OrderWait.Taker toAll = taker(all);
    private final OrderWait.Taker toTrailing = taker(trailing);
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

    private static OrderWait.Taker taker(Estimate[] estimates) {
        return (basis, entryMs, timeMs, ending, weight) ->
                estimates[basis.ordinal()].observe(entryMs, timeMs, ending, weight);
    }

    private void look() {
        group.dropped.forEach(toAll);
        for (Estimate estimate : all) {
            estimate.count(group.dropped);
        }
        OrderWait wait = new OrderWait();
        long rateFromMs = instantMs - rateMs;
        group.packed().forEach(wait, () -> {
            observe(wait);
            acceptedUnits += wait.unitsAccepted(rateFromMs, instantMs);
        });
        for (OrderLine line : group.lively()) {
            Placement place = asOf.of(line);
            if (place != null && place.groups()[group.kind] == group) {
                wait.set(place.standing(), instantMs);
                observe(wait);
                acceptedUnits += line.outputUnits(rateFromMs, instantMs);
                if (wait.state == OrderState.OPEN) {
                    open(wait.missingUnits, place.dueEndMs());
                }
            }
        }
    }

    private void observe(OrderWait wait) {
        wait.observe(wait.entryMs, toAll);
        for (Estimate estimate : all) {
            estimate.count(wait);
        }
        wait.observe(Math.max(wait.entryMs, instantMs - TRAILING_MS - wait.confirmedAtMs), toTrailing);
        for (Estimate estimate : trailing) {
            estimate.count(wait);
        }
    }

    private void open(long missing, long dueEndMs) {
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

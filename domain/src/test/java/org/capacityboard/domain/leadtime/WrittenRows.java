package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps the last row written of every key, as tables do. */
final class WrittenRows implements LeadTimeSink {
    final Map<String, LeadTime> leadTimes = new TreeMap<>();
    final Map<String, LeadTimeCurve> curves = new TreeMap<>();
    final Map<String, OrderBacklog> backlogs = new TreeMap<>();
    final Map<String, OnTimeWeek> weeks = new TreeMap<>();
    final Map<String, OrderStatus> statuses = new TreeMap<>();
    /** Keys in the order in which they were written, with whether the row was final. */
    final List<String> log = new ArrayList<>();

    private final Map<String, String> finals = new TreeMap<>();
    /** Rows that were final and then written with something else. */
    final List<String> changedAfterFinal = new ArrayList<>();

    @Override
    public void leadTime(LeadTime row) {
        String key = row.asOf() + " " + row.group() + " " + row.cohort() + " " + row.basis();
        leadTimes.put(key, row);
        note("lead " + key, text(row), row.isFinal());
    }

    @Override
    public void curve(LeadTimeCurve row) {
        curves.put(row.group() + " " + row.cohort() + " " + row.basis(), row);
    }

    @Override
    public void backlog(OrderBacklog row) {
        String key = row.asOf() + " " + row.group();
        backlogs.put(key, row);
        note("backlog " + key, text(row), row.isFinal());
    }

    @Override
    public void onTimeWeek(OnTimeWeek row) {
        String key = row.isoWeek() + " " + row.group();
        weeks.put(key, row);
        note("week " + key, text(row), row.isFinal());
    }

    @Override
    public void status(OrderStatus row) {
        statuses.put(row.orderId(), row);
        log.add("status " + row.orderId() + (row.isFinal() ? " final" : ""));
    }

    private void note(String key, String text, boolean isFinal) {
        log.add(key + (isFinal ? " final" : ""));
        String known = finals.get(key);
        if (known != null && !(isFinal && known.equals(text))) {
            changedAfterFinal.add(key);
        }
        if (isFinal) {
            finals.put(key, text);
        }
    }

    LeadTime leadTime(long day, Group group, Cohort cohort, Basis basis) {
        return known(leadTimes.get(day + " " + group + " " + cohort + " " + basis));
    }

    LeadTimeCurve curve(Group group, Cohort cohort, Basis basis) {
        return known(curves.get(group + " " + cohort + " " + basis));
    }

    OrderBacklog backlog(long day, Group group) {
        return known(backlogs.get(day + " " + group));
    }

    OnTimeWeek week(String isoWeek, Group group) {
        return known(weeks.get(isoWeek + " " + group));
    }

    OrderStatus status(String orderId) {
        return known(statuses.get(orderId));
    }

    private static <T> T known(@Nullable T row) {
        if (row == null) {
            throw new AssertionError("There is no such row");
        }
        return row;
    }

    /** What the rows say, without version; what holds nothing is left out, because it may stem from what was thought once. */
    Map<String, String> said() {
        Map<String, String> said = new TreeMap<>();
        leadTimes.forEach((key, row) -> {
            if (row.ordersTotal() > 0) {
                said.put("lead " + key, text(row) + row.isFinal());
            }
        });
        backlogs.forEach((key, row) -> {
            if (row.openOrders() + row.acceptedUnits() > 0) {
                said.put("backlog " + key, text(row) + row.isFinal());
            }
        });
        weeks.forEach((key, row) -> {
            if (row.linesDue() > 0) {
                said.put("week " + key, text(row) + row.isFinal());
            }
        });
        statuses.forEach((key, row) -> said.put("status " + key, text(row)));
        return said;
    }

    /** And the curves. */
    Map<String, String> saidWithCurves() {
        Map<String, String> said = said();
        curves.forEach((key, row) -> {
            if (row.survival().length > 0) {
                said.put(
                        "curve " + key,
                        row.asOf()
                                + Arrays.toString(row.survival())
                                + Arrays.toString(row.atRisk())
                                + Arrays.toString(row.cancelledShare()));
            }
        });
        return said;
    }

    Map<String, String> finals() {
        return finals;
    }

    private static String text(LeadTime row) {
        return new LeadTime(
                        row.asOf(),
                        row.group(),
                        row.cohort(),
                        row.basis(),
                        row.p50Days(),
                        row.p80Days(),
                        row.p90Days(),
                        row.ordersTotal(),
                        row.ordersCompleted(),
                        row.ordersOpen(),
                        row.ordersCancelled(),
                        row.p50AtRisk(),
                        row.p80AtRisk(),
                        row.p90AtRisk(),
                        row.cancelledShare(),
                        row.completedOnlyMeanDays(),
                        true,
                        0)
                .toString();
    }

    private static String text(OrderBacklog row) {
        return Arrays.asList(
                        row.openOrders(),
                        row.backlogUnits(),
                        row.overdueOrders(),
                        row.overdueUnits(),
                        row.acceptedUnits(),
                        row.rateWeeks())
                .toString();
    }

    private static String text(OnTimeWeek row) {
        return Arrays.asList(row.linesDue(), row.linesOnTimeInFull(), row.unitsDue(), row.unitsOnTime())
                .toString();
    }

    private static String text(OrderStatus row) {
        return row.productId() + " " + row.plantId() + " " + row.buyerNation() + " " + row.frameworkId() + " "
                + row.priority() + " " + row.state() + " " + row.orderedUnits() + " " + row.dispatchedUnits() + " "
                + row.acceptedUnits() + " " + row.rejectedUnits() + " " + row.queueUnits() + " "
                + row.confirmedAtMs() + " " + row.baselinePromisedAtMs() + " " + row.promisedAtMs() + " "
                + row.firstAcceptedAtMs() + " " + row.completedAtMs() + " " + row.cancelledAtMs() + " "
                + row.forecastP50AtMs() + " " + row.forecastP80AtMs() + " " + row.slipDays() + " "
                + row.isStalled() + " " + new TreeSet<>(row.flags()) + " " + row.isFinal();
    }
}

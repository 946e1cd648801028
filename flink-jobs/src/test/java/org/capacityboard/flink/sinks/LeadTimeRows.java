package org.capacityboard.flink.sinks;

import static org.capacityboard.flink.sinks.ThroughputRows.DAY_0;
import static org.capacityboard.flink.sinks.ThroughputRows.ONE_DAY;
import static org.capacityboard.flink.sinks.ThroughputRows.T0;

import java.util.Arrays;
import java.util.Set;
import org.capacityboard.domain.leadtime.Basis;
import org.capacityboard.domain.leadtime.Cohort;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.GroupKind;
import org.capacityboard.domain.leadtime.LeadTime;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.OnTimeWeek;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderFlag;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.leadtime.OrderStanding;
import org.capacityboard.domain.leadtime.OrderState;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;
import org.jspecify.annotations.Nullable;

/** Rows of groups of orders and of orders, in one line each. */
final class LeadTimeRows {
    private LeadTimeRows() {}

    static Group product(String id) {
        return new Group(GroupKind.PRODUCT, id);
    }

    /** Half of 8 orders took 5 days; what is missing of the percentiles was not reached. */
    static LeadTimeRow percentiles(Group group, @Nullable Double p50Days, RowStamp stamp) {
        return percentiles(group, DAY_0, p50Days, stamp);
    }

    static LeadTimeRow percentiles(Group group, long asOf, @Nullable Double p50Days, RowStamp stamp) {
        return new LeadTimeRow.Percentiles(
                new LeadTime(
                        asOf,
                        group,
                        Cohort.TRAILING,
                        Basis.LAST_UNIT,
                        p50Days,
                        p50Days == null ? null : p50Days + 4,
                        null,
                        8,
                        5,
                        2,
                        1,
                        4,
                        p50Days == null ? null : 2L,
                        null,
                        0.2,
                        7.0,
                        false,
                        stamp.version()),
                stamp);
    }

    /** A curve with as many days as values; as many at risk as days are left, a share cancelled of half of what is gone. */
    static LeadTimeRow curve(Group group, Basis basis, RowStamp stamp, double... survival) {
        long[] atRisk = new long[survival.length];
        double[] cancelled = new double[survival.length];
        Arrays.setAll(atRisk, day -> survival.length - day);
        Arrays.setAll(cancelled, day -> (1 - survival[day]) / 2);
        return new LeadTimeRow.Curve(
                new LeadTimeCurve(DAY_0, group, Cohort.ALL, basis, survival, atRisk, cancelled, false, stamp.version()),
                stamp);
    }

    static LeadTimeRow backlog(Group group, long backlogUnits, long acceptedUnits, double rateWeeks, RowStamp stamp) {
        return new LeadTimeRow.Backlog(
                new OrderBacklog(
                        DAY_0, group, 3, backlogUnits, 1, 40, acceptedUnits, rateWeeks, false, stamp.version()),
                stamp);
    }

    static LeadTimeRow week(
            Group group, long linesDue, long linesOnTimeInFull, long unitsDue, long unitsOnTime, RowStamp stamp) {
        return new LeadTimeRow.OnTime(
                new OnTimeWeek(
                        "2026-W46", group, linesDue, linesOnTimeInFull, unitsDue, unitsOnTime, true, stamp.version()),
                stamp);
    }

    /** 60 of 100 units are there, ten days after the order; the forecast is two and nine days late. */
    static LeadTimeRow open(String orderId, RowStamp stamp, OrderFlag... flags) {
        return order(orderId, "0AAA1", null, OrderRecord.NO_PRIORITY, OrderState.OPEN, stamp, flags);
    }

    static LeadTimeRow cancelled(String orderId, String frameworkId, RowStamp stamp) {
        return order(orderId, "0AAA1", frameworkId, 3, OrderState.CANCELLED, stamp);
    }

    static LeadTimeRow open(String orderId, String plantId, RowStamp stamp) {
        return order(orderId, plantId, null, 1, OrderState.OPEN, stamp);
    }

    private static LeadTimeRow order(
            String orderId,
            String plantId,
            @Nullable String frameworkId,
            int priority,
            OrderState state,
            RowStamp stamp,
            OrderFlag... flags) {
        boolean open = state == OrderState.OPEN;
        return new LeadTimeRow.Status(
                new OrderStatus(
                        orderId,
                        "shell",
                        plantId,
                        "NLD",
                        frameworkId,
                        priority,
                        state,
                        100,
                        80,
                        60,
                        5,
                        open ? 140L : null,
                        T0 - 10 * ONE_DAY,
                        T0,
                        T0 + ONE_DAY,
                        open ? T0 - 1 : OrderStanding.NEVER,
                        OrderStanding.NEVER,
                        open ? OrderStanding.NEVER : T0,
                        open ? T0 + 2 * ONE_DAY : null,
                        open ? T0 + 9 * ONE_DAY : null,
                        open ? 2.0 : null,
                        false,
                        Set.of(flags),
                        !open,
                        stamp.version()),
                stamp);
    }
}

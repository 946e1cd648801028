package org.capacityboard.flink.sinks;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.capacityboard.domain.leadtime.Basis;
import org.capacityboard.domain.leadtime.Cohort;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.leadtime.OrderStanding;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.LeadTimeRow.Backlog;
import org.capacityboard.flink.rows.LeadTimeRow.Curve;
import org.capacityboard.flink.rows.LeadTimeRow.OnTime;
import org.capacityboard.flink.rows.LeadTimeRow.Percentiles;
import org.capacityboard.flink.rows.LeadTimeRow.Status;
import org.jspecify.annotations.Nullable;

/** The tables of the lead time job. */
final class LeadTimeTables implements RowBuffer<LeadTimeRow> {
    /** How a missing instant travels. */
    private static final long NONE = Long.MIN_VALUE;

    private final UpsertTable<Percentiles> percentiles = percentiles();
    private final UpsertTable<Curve> curves = curves();
    private final UpsertTable<Backlog> backlogs = backlogs();
    private final UpsertTable<OnTime> weeks = weeks();
    private final UpsertTable<Status> orders = orders();
    private final List<UpsertTable<?>> tables = List.of(percentiles, curves, backlogs, weeks, orders);
    private final RowCount written;
    private int curveDays;

    LeadTimeTables(RowCount written) {
        this.written = written;
    }

    @Override
    public void add(LeadTimeRow row) {
        if (row instanceof Percentiles given) {
            percentiles.add(given);
        } else if (row instanceof Curve given) {
            curves.add(given);
            curveDays += given.row().survival().length;
        } else if (row instanceof Backlog given) {
            backlogs.add(given);
        } else if (row instanceof OnTime given) {
            weeks.add(given);
        } else if (row instanceof Status given) {
            orders.add(given);
        }
    }

    /** A curve weighs as much as its days, so that no statement grows large. */
    @Override
    public int size() {
        return tables.stream().mapToInt(UpsertTable::size).sum() + curveDays;
    }

    @Override
    public void write(DatabaseSession session) throws SQLException {
        for (UpsertTable<?> table : tables) {
            written.add(table.name(), table.write(session));
        }
    }

    @Override
    public void clear() {
        tables.forEach(UpsertTable::clear);
        curveDays = 0;
    }

    private static UpsertTable<Percentiles> percentiles() {
        return new UpsertTable.Shape<Percentiles>("lead_time")
                .text("group_kind", given -> given.row().group().kind().word())
                .text("group_id", given -> given.row().group().id())
                .text("cohort", given -> given.row().cohort().word())
                .text("basis", given -> given.row().basis().name())
                .day("as_of", given -> given.row().asOf())
                .number("p50_days", given -> given.row().p50Days())
                .number("p80_days", given -> given.row().p80Days())
                .number("p90_days", given -> given.row().p90Days())
                .count("orders_total", given -> given.row().ordersTotal())
                .count("orders_completed", given -> given.row().ordersCompleted())
                .count("orders_open", given -> given.row().ordersOpen())
                .count("orders_cancelled", given -> given.row().ordersCancelled())
                .count("at_risk", given -> given.row().p50AtRisk())
                .optionalCount("p80_at_risk", given -> given.row().p80AtRisk())
                .optionalCount("p90_at_risk", given -> given.row().p90AtRisk())
                .number("cancelled_share", given -> given.row().cancelledShare())
                .number("completed_only_mean_days", given -> given.row().completedOnlyMeanDays())
                .flag("final", given -> given.row().isFinal())
                .keyed(
                        given -> key(
                                given.row().group(),
                                given.row().asOf(),
                                given.row().cohort(),
                                given.row().basis()),
                        "group_kind, group_id, cohort, basis, as_of");
    }

    private static UpsertTable<Curve> curves() {
        return new UpsertTable.Shape<Curve>("lead_time_curve")
                .text("group_kind", given -> given.row().group().kind().word())
                .text("group_id", given -> given.row().group().id())
                .text("cohort", given -> given.row().cohort().word())
                .text("basis", given -> given.row().basis().name())
                .day("as_of", given -> given.row().asOf())
                .numbers("survival", given -> given.row().survival())
                .counts("at_risk", given -> given.row().atRisk())
                .numbers("cancelled_share", given -> given.row().cancelledShare())
                .flag("final", given -> given.row().isFinal())
                .keyed(
                        given -> key(
                                given.row().group(),
                                0,
                                given.row().cohort(),
                                given.row().basis()),
                        "group_kind, group_id, cohort, basis");
    }

    private static UpsertTable<Backlog> backlogs() {
        return new UpsertTable.Shape<Backlog>("order_backlog")
                .text("group_kind", given -> given.row().group().kind().word())
                .text("group_id", given -> given.row().group().id())
                .day("as_of", given -> given.row().asOf())
                .count("open_orders", given -> given.row().openOrders())
                .count("backlog_units", given -> given.row().backlogUnits())
                .count("overdue_orders", given -> given.row().overdueOrders())
                .count("overdue_units", given -> given.row().overdueUnits())
                .count("accepted_units", given -> given.row().acceptedUnits())
                .number("rate_weeks", given -> given.row().rateWeeks())
                .flag("final", given -> given.row().isFinal())
                .keyed(
                        given -> new RowKey(
                                owner(given.row().group()), given.row().asOf(), "", ""),
                        "group_kind, group_id, as_of");
    }

    private static UpsertTable<OnTime> weeks() {
        return new UpsertTable.Shape<OnTime>("on_time_week")
                .text("group_kind", given -> given.row().group().kind().word())
                .text("group_id", given -> given.row().group().id())
                .text("iso_week", given -> given.row().isoWeek())
                .count("lines_due", given -> given.row().linesDue())
                .count("lines_on_time_in_full", given -> given.row().linesOnTimeInFull())
                .count("units_due", given -> given.row().unitsDue())
                .count("units_on_time", given -> given.row().unitsOnTime())
                .flag("final", given -> given.row().isFinal())
                .keyed(
                        given -> new RowKey(
                                owner(given.row().group()), 0, given.row().isoWeek(), ""),
                        "group_kind, group_id, iso_week");
    }

    private static UpsertTable<Status> orders() {
        return new UpsertTable.Shape<Status>("order_status")
                .text("order_id", given -> given.row().orderId())
                .text("product_id", given -> given.row().productId())
                .text("plant_id", given -> given.row().plantId())
                .text("buyer_nation", given -> given.row().buyerNation())
                .text("framework_id", given -> given.row().frameworkId())
                .optionalCount("priority", given -> priority(given.row()))
                .text("state", given -> given.row().state().name())
                .count("ordered_units", given -> given.row().orderedUnits())
                .count("dispatched_units", given -> given.row().dispatchedUnits())
                .count("accepted_units", given -> given.row().acceptedUnits())
                .count("rejected_units", given -> given.row().rejectedUnits())
                .optionalCount("queue_units", given -> given.row().queueUnits())
                .instant("confirmed_at", given -> given.row().confirmedAtMs())
                .instant("baseline_promised_at", given -> given.row().baselinePromisedAtMs())
                .instant("promised_at", given -> given.row().promisedAtMs())
                .instant("first_accepted_at", given -> unlessNever(given.row().firstAcceptedAtMs()))
                .instant("completed_at", given -> unlessNever(given.row().completedAtMs()))
                .instant("cancelled_at", given -> unlessNever(given.row().cancelledAtMs()))
                .instant("forecast_p50_at", given -> orNone(given.row().forecastP50AtMs()))
                .instant("forecast_p80_at", given -> orNone(given.row().forecastP80AtMs()))
                .number("slip_days", given -> given.row().slipDays())
                .flag("stalled", given -> given.row().isStalled())
                .text("flags", given -> given.row().flags().stream()
                        .sorted()
                        .map(Enum::name)
                        .collect(Collectors.joining(",")))
                .flag("final", given -> given.row().isFinal())
                .keyed(given -> RowKey.of(given.row().orderId()), "order_id");
    }

    private static RowKey key(Group group, long asOf, Cohort cohort, Basis basis) {
        return new RowKey(owner(group), asOf, cohort.word(), basis.name());
    }

    /** No kind has a bar in its word, so no two groups share this. */
    private static String owner(Group group) {
        return group.kind().word() + '|' + group.id();
    }

    private static @Nullable Long priority(OrderStatus order) {
        return order.priority() == OrderRecord.NO_PRIORITY ? null : Long.valueOf(order.priority());
    }

    private static long unlessNever(long ms) {
        return ms == OrderStanding.NEVER ? NONE : ms;
    }

    private static long orNone(@Nullable Long ms) {
        return ms == null ? NONE : ms;
    }
}

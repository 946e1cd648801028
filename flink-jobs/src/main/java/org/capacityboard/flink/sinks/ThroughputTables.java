package org.capacityboard.flink.sinks;

import java.sql.SQLException;
import java.util.List;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.rows.ThroughputRow.Current;
import org.capacityboard.flink.rows.ThroughputRow.Facts;
import org.capacityboard.flink.rows.ThroughputRow.Loss;
import org.jspecify.annotations.Nullable;

/** The tables of the throughput job. */
final class ThroughputTables implements RowBuffer<ThroughputRow> {
    private final UpsertTable<Facts> minutes = windows("line_product_minute");
    private final UpsertTable<Facts> hours = windows("line_product_hour");
    private final UpsertTable<Facts> days = days();
    private final UpsertTable<Loss> losses = losses();
    private final UpsertTable<Current> currents = currents();
    private final List<UpsertTable<?>> tables = List.of(minutes, hours, days, losses, currents);
    private final MinuteDays minuteDays;
    private final RowCount written;

    ThroughputTables(MinuteDays minuteDays, RowCount written) {
        this.minuteDays = minuteDays;
        this.written = written;
    }

    @Override
    public void add(ThroughputRow row) {
        if (row instanceof Facts facts) {
            switch (facts.window()) {
                case MINUTE -> minutes.add(facts);
                case HOUR -> hours.add(facts);
                case DAY -> days.add(facts);
            }
        } else if (row instanceof Loss loss) {
            losses.add(loss);
        } else if (row instanceof Current current) {
            currents.add(current);
        }
    }

    @Override
    public int size() {
        return minutes.size() + hours.size() + days.size() + losses.size() + currents.size();
    }

    @Override
    public void write(DatabaseSession session) throws SQLException {
        minuteDays.prepare(session, minutes.rows());
        for (UpsertTable<?> table : tables) {
            written.add(table.name(), table.write(session));
        }
    }

    @Override
    public void clear() {
        tables.forEach(UpsertTable::clear);
    }

    private static UpsertTable<Facts> windows(String table) {
        return facts(new UpsertTable.Shape<Facts>(table).instant("window_start", Facts::windowStart), "window_start");
    }

    private static UpsertTable<Facts> days() {
        return facts(
                new UpsertTable.Shape<Facts>("line_product_day").day("production_day", Facts::windowStart),
                "production_day");
    }

    private static UpsertTable<Facts> facts(UpsertTable.Shape<Facts> shape, String time) {
        shape.text("line_id", Facts::lineId).text("product_id", Facts::productId);
        for (Fact fact : Fact.values()) {
            shape.count(fact.column(), row -> row.facts()[fact.ordinal()]);
        }
        return shape.flag("final", Facts::isFinal)
                .keyed(
                        row -> new RowKey(row.lineId(), row.windowStart(), row.productId(), ""),
                        "line_id, " + time + ", product_id");
    }

    private static UpsertTable<Loss> losses() {
        return new UpsertTable.Shape<Loss>("line_loss_day")
                .text("line_id", Loss::lineId)
                .day("production_day", Loss::productionDay)
                .text("category", row -> row.category().name())
                .text("reason_code", Loss::reasonCode)
                .count("lost_ms", Loss::lostMs)
                .flag("final", Loss::isFinal)
                .keyed(
                        row -> new RowKey(
                                row.lineId(),
                                row.productionDay(),
                                row.category().name(),
                                row.reasonCode()),
                        "line_id, production_day, category, md5(reason_code)");
    }

    private static UpsertTable<Current> currents() {
        return new UpsertTable.Shape<Current>("line_current")
                .text("line_id", Current::lineId)
                .text("state", row -> name(row.state().state()))
                .instant("since", row -> row.state().sinceMs())
                .text("reason_code", row -> row.state().reasonCode())
                .text("product_id", row -> row.state().productId())
                .instant("last_report_at", row -> row.state().lastReportMs())
                .flag("planned_now", row -> row.state().plannedNow())
                .count("units_today", row -> row.state().unitsToday())
                .count("units_last_hour", row -> row.state().unitsLastHour())
                .number("completeness_today", row -> row.state().completenessToday())
                .keyed(row -> RowKey.of(row.lineId()), "line_id");
    }

    private static @Nullable String name(@Nullable MachineState state) {
        return state == null ? null : state.name();
    }
}

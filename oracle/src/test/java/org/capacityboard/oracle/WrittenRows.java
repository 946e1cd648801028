package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.LeadTime;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.LeadTimeSink;
import org.capacityboard.domain.leadtime.OnTimeWeek;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.leadtime.OrderStanding;
import org.capacityboard.domain.leadtime.OrderState;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.jspecify.annotations.Nullable;

/** What an order book wrote last for each key. No version may fall, and nothing that is final may be written again. */
final class WrittenRows implements LeadTimeSink {
    private final Map<LeadTimeKey, List<String>> rows = new HashMap<>();
    private final Map<LeadTimeKey, Long> versions = new HashMap<>();
    private final Map<List<String>, LeadTimeCurve> curves = new HashMap<>();

    private void put(LeadTimeKey key, long version, @Nullable Object... values) {
        List<String> texts = new ArrayList<>();
        for (@Nullable Object value : values) {
            texts.add(value == null ? "" : value.toString());
        }
        List<String> before = rows.put(key, texts);
        if (before != null && key.table() != LeadTimeTable.ORDER_STATUS) {
            assertThat(LeadTimeRows.isFinal(before)).as("%s is final", key).isFalse();
        }
        grow(key, version);
    }

    private void grow(LeadTimeKey key, long version) {
        Long before = versions.put(key, version);
        assertThat(version).as("version of %s", key).isGreaterThanOrEqualTo(before == null ? 0 : before);
    }

    private static LeadTimeKey key(LeadTimeTable table, Object first, Group group) {
        return LeadTimeKey.of(table, first, group.kind().word(), group.id());
    }

    @Override
    public void leadTime(LeadTime row) {
        LeadTimeKey key = LeadTimeKey.of(
                LeadTimeTable.LEAD_TIME,
                LocalDate.ofEpochDay(row.asOf()),
                row.group().kind().word(),
                row.group().id(),
                row.cohort().word(),
                row.basis());
        put(
                key,
                row.version(),
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
                row.isFinal());
    }

    @Override
    public void curve(LeadTimeCurve row) {
        List<String> key = List.of(
                row.group().kind().word(),
                row.group().id(),
                row.cohort().word(),
                row.basis().name());
        curves.put(key, row);
    }

    @Override
    public void backlog(OrderBacklog row) {
        put(
                key(LeadTimeTable.ORDER_BACKLOG, LocalDate.ofEpochDay(row.asOf()), row.group()),
                row.version(),
                row.openOrders(),
                row.backlogUnits(),
                row.overdueOrders(),
                row.overdueUnits(),
                row.acceptedUnits(),
                row.rateWeeks(),
                row.acceptedUnits() == 0 ? null : row.backlogUnits() / (row.acceptedUnits() / row.rateWeeks()),
                row.isFinal());
    }

    @Override
    public void onTimeWeek(OnTimeWeek row) {
        put(
                key(LeadTimeTable.ON_TIME_WEEK, row.isoWeek(), row.group()),
                row.version(),
                row.linesDue(),
                row.linesOnTimeInFull(),
                row.unitsDue(),
                row.unitsOnTime(),
                row.linesOnTimeInFull() / (double) row.linesDue(),
                row.unitsOnTime() / (double) row.unitsDue(),
                row.isFinal());
    }

    @Override
    public void status(OrderStatus row) {
        boolean isOpen = row.state() == OrderState.OPEN;
        put(
                LeadTimeKey.of(LeadTimeTable.ORDER_STATUS, row.orderId()),
                row.version(),
                row.productId(),
                row.plantId(),
                row.buyerNation(),
                row.frameworkId(),
                row.priority() == OrderRecord.NO_PRIORITY ? null : row.priority(),
                row.state(),
                row.orderedUnits(),
                row.dispatchedUnits(),
                row.acceptedUnits(),
                row.rejectedUnits(),
                isOpen ? Math.max(0, row.orderedUnits() - row.acceptedUnits()) : 0,
                row.queueUnits(),
                instant(row.confirmedAtMs()),
                instant(row.baselinePromisedAtMs()),
                instant(row.promisedAtMs()),
                instant(row.firstAcceptedAtMs()),
                instant(row.completedAtMs()),
                instant(row.cancelledAtMs()),
                row.forecastP50AtMs() == null ? null : instant(row.forecastP50AtMs()),
                row.forecastP80AtMs() == null ? null : instant(row.forecastP80AtMs()),
                row.slipDays(),
                "",
                row.isStalled(),
                new TreeSet<>(row.flags()).stream().map(Enum::name).collect(Collectors.joining(",")),
                row.isFinal());
    }

    private static @Nullable Instant instant(long ms) {
        return ms == OrderStanding.NEVER ? null : Instant.ofEpochMilli(ms);
    }

    /** All rows as the views show them; whether an order is overdue, which the view finds out, is taken from there. */
    LeadTimeRows rows(LeadTimeRows expected) {
        Map<LeadTimeKey, List<String>> shown = new HashMap<>();
        int overdue = LeadTimeTable.ORDER_STATUS.columns().indexOf("overdue");
        rows.forEach((key, row) -> {
            List<String> texts = new ArrayList<>(row);
            if (key.table() == LeadTimeTable.ORDER_STATUS && expected.rows().containsKey(key)) {
                texts.set(overdue, expected.text(key, "overdue"));
            }
            if (key.table() != LeadTimeTable.ON_TIME_WEEK || !row.get(0).equals("0")) {
                shown.put(key, texts);
            }
        });
        curves.forEach((group, curve) -> {
            for (int day = 0; day < curve.survival().length; day++) {
                List<String> parts = new ArrayList<>(group);
                parts.add(String.valueOf(day));
                double survival = curve.survival()[day];
                shown.put(
                        new LeadTimeKey(LeadTimeTable.LEAD_TIME_CURVE, parts),
                        List.of(
                                LocalDate.ofEpochDay(curve.asOf()).toString(),
                                Double.isNaN(survival) ? "" : String.valueOf(survival),
                                String.valueOf(curve.atRisk()[day]),
                                String.valueOf(curve.cancelledShare()[day]),
                                String.valueOf(curve.isFinal())));
            }
        });
        return new LeadTimeRows(shown);
    }
}

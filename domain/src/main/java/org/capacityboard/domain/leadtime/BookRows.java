package org.capacityboard.domain.leadtime;

import java.util.Iterator;

/** Writes the rows of the order book as time passes. A day's rows tell how things stood when it ended; it is final a horizon later. */
final class BookRows {
    private static final long MINUTE_MS = 60_000;
    /** How many orders are looked at for early rows in one go, unless one group alone has more: the rest waits for the next go. */
    private static final long ORDERS_IN_ONE_GO = 200_000;

    private final PlacedOrders orders;
    private final long horizonMs;
    private final boolean isRestored;
    private boolean hasWrittenAll;
    /** Midnight of the day for which forecasts were written last. */
    private long forecastFromMs;

    /** @param watermarkMs what was closed or final by then is written already */
    BookRows(PlacedOrders orders, long horizonMs, long watermarkMs) {
        this.orders = orders;
        this.horizonMs = horizonMs;
        this.isRestored = watermarkMs != OrderBook.NO_WATERMARK;
        this.forecastFromMs = isRestored ? UtcDays.midnightMs(watermarkMs) : OrderBook.NO_WATERMARK;
    }

    void advance(long beforeMs, long watermarkMs, boolean early, LeadTimeSink sink) {
        boolean closes =
                beforeMs == OrderBook.NO_WATERMARK || UtcDays.midnightMs(watermarkMs) > UtcDays.midnightMs(beforeMs);
        orders.meetDeadlines(beforeMs, watermarkMs, sink);
        orders.weeks().close(watermarkMs, sink);
        closeDays(beforeMs, watermarkMs, true, early, sink);
        if (closes) {
            for (OrderGroup group : orders.changedGroups()) {
                orders.weeks().writeChanged(group, sink);
            }
        }
        if (early) {
            refreshGroups(beforeMs, watermarkMs, sink);
            refreshForecasts(watermarkMs, sink);
        } else if (closes) {
            // A past that loads is seen day by day: whoever looks meanwhile must not be told that nothing is open.
            refreshChangedQueues(watermarkMs, sink);
        }
        if (closes) {
            orders.dropQuiet(watermarkMs);
            orders.packSettled(watermarkMs);
        }
    }

    void writeAll(long beforeMs, long watermarkMs, LeadTimeSink sink) {
        orders.meetDeadlines(beforeMs, watermarkMs, sink);
        orders.weeks().close(watermarkMs, sink);
        closeDays(beforeMs, watermarkMs, false, horizonMs == 0, sink);
        orders.packSettled(watermarkMs);
        for (long endMs = UtcDays.nextMidnightMs(watermarkMs - horizonMs);
                endMs - UtcDays.DAY_MS < watermarkMs;
                endMs += UtcDays.DAY_MS) {
            long instantMs = Math.min(endMs, watermarkMs);
            writeDay(instantMs, false, instantMs == watermarkMs, sink);
        }
        for (OrderGroup group : orders.groups().all()) {
            group.shownUpTo(watermarkMs);
            group.refreshDueMs = watermarkMs + MINUTE_MS;
            group.curveDueMs = watermarkMs + UtcDays.HOUR_MS;
        }
        orders.weeks().writeAll(sink);
        if (isRestored && !hasWrittenAll) {
            orders.weeks().writeZeros(orders.groups().all(), sink);
        }
        hasWrittenAll = true;
        for (PlantQueue queue : orders.queues()) {
            queue.writeAll(watermarkMs, sink);
            queue.refreshDueMs = watermarkMs + MINUTE_MS;
        }
        orders.changedQueues().clear();
        forecastFromMs = UtcDays.midnightMs(watermarkMs);
        orders.dropQuiet(watermarkMs);
    }

    /** Writes the days that closed or became final since an earlier watermark. */
    private void closeDays(long beforeMs, long watermarkMs, boolean withOpen, boolean withCurves, LeadTimeSink sink) {
        long firstMs = beforeMs == OrderBook.NO_WATERMARK ? firstRowMs() : beforeMs - horizonMs;
        if (firstMs >= watermarkMs) {
            return;
        }
        for (long endMs = UtcDays.nextMidnightMs(firstMs); endMs <= watermarkMs; endMs += UtcDays.DAY_MS) {
            boolean isFinal = endMs + horizonMs <= watermarkMs;
            boolean closes = endMs > beforeMs;
            if (isFinal || closes && withOpen) {
                writeDay(endMs, isFinal, withCurves && closes && isNewest(endMs, watermarkMs), sink);
            }
        }
    }

    private static boolean isNewest(long instantMs, long watermarkMs) {
        return instantMs + UtcDays.DAY_MS > watermarkMs;
    }

    private long firstRowMs() {
        long first = OrderStanding.NEVER;
        for (OrderGroup group : orders.groups().all()) {
            first = Math.min(first, group.rowsFromMs());
        }
        return first;
    }

    private void writeDay(long instantMs, boolean isFinal, boolean withCurves, LeadTimeSink sink) {
        try (AsOf asOf = orders.asOf(instantMs)) {
            for (OrderGroup group : orders.groups().all()) {
                if (group.hasRowAt(instantMs)) {
                    write(group, asOf, isFinal, withCurves, sink);
                }
            }
        }
    }

    private void write(OrderGroup group, AsOf asOf, boolean isFinal, boolean withCurves, LeadTimeSink sink) {
        GroupDay day = new GroupDay(group, asOf);
        day.writeRows(isFinal, sink);
        if (withCurves) {
            day.writeCurves(isFinal, sink);
        }
        if (group.keepRows()) {
            orders.put(group);
        }
    }

    /** Shows what changed, of each group at most once a minute. */
    private void refreshGroups(long beforeMs, long watermarkMs, LeadTimeSink sink) {
        if (orders.changedGroups().isEmpty()) {
            return;
        }
        long looks = 0;
        try (AsOf now = orders.asOf(watermarkMs)) {
            for (Iterator<OrderGroup> groups = orders.changedGroups().iterator(); groups.hasNext(); ) {
                OrderGroup group = groups.next();
                boolean hasNews = group.changedFromMs < watermarkMs || !group.changedWeeks.isEmpty();
                if (hasNews && group.refreshDueMs <= watermarkMs) {
                    long more = group.size();
                    if (looks > 0 && looks + more > ORDERS_IN_ONE_GO) {
                        return;
                    }
                    looks += more;
                    refresh(group, beforeMs, now, sink);
                }
                if (!group.hasChangedDays() && group.changedWeeks.isEmpty()) {
                    groups.remove();
                }
            }
        }
    }

    private void refresh(OrderGroup group, long beforeMs, AsOf now, LeadTimeSink sink) {
        long watermarkMs = now.instantMs();
        orders.weeks().writeChanged(group, sink);
        if (group.changedFromMs < watermarkMs) {
            long fromMs = Math.max(group.changedFromMs, watermarkMs - horizonMs);
            for (long endMs = UtcDays.nextMidnightMs(fromMs); endMs <= watermarkMs; endMs += UtcDays.DAY_MS) {
                boolean isWritten = endMs > beforeMs;
                if (!isWritten && group.hasRowAt(endMs)) {
                    try (AsOf then = orders.asOf(endMs)) {
                        write(group, then, false, false, sink);
                    }
                }
            }
            if (watermarkMs > UtcDays.midnightMs(watermarkMs) && group.hasRowAt(watermarkMs)) {
                boolean withCurves = group.curveDueMs <= watermarkMs;
                write(group, now, false, withCurves, sink);
                if (withCurves) {
                    group.curveDueMs = watermarkMs + UtcDays.HOUR_MS;
                }
            }
            group.shownUpTo(watermarkMs);
        }
        group.refreshDueMs = watermarkMs + MINUTE_MS;
    }

    /** Shows what changed, in each queue at most once a minute, and on a new day all that waits. */
    private void refreshForecasts(long watermarkMs, LeadTimeSink sink) {
        long todayMs = UtcDays.midnightMs(watermarkMs);
        if (forecastFromMs != todayMs) {
            for (PlantQueue queue : orders.queues()) {
                if (queue.forecastFromMs != todayMs) {
                    queue.writeDay(watermarkMs, sink);
                    queue.refreshDueMs = watermarkMs + MINUTE_MS;
                    orders.changedQueues().remove(queue);
                }
            }
            forecastFromMs = todayMs;
        }
        refreshChangedQueues(watermarkMs, sink);
    }

    private void refreshChangedQueues(long watermarkMs, LeadTimeSink sink) {
        for (Iterator<PlantQueue> queues = orders.changedQueues().iterator(); queues.hasNext(); ) {
            PlantQueue queue = queues.next();
            if (queue.refreshDueMs <= watermarkMs) {
                queue.writeChanged(watermarkMs, sink);
                queue.refreshDueMs = watermarkMs + MINUTE_MS;
                queues.remove();
            }
        }
    }
}

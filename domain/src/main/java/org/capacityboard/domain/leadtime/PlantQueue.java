package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.capacityboard.domain.throughput.ProductionCalendar;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one product at one plant: who waits in which order, and when each will be served. Stands on all records there are; the plant's weeks are those
 * before the one in which the watermark's day lies.
 */
final class PlantQueue {
    private static final Comparator<OrderLine> ORDER = Comparator.<OrderLine>comparingInt(
                    line -> line.standing().priority())
            .thenComparingLong(line -> line.standing().promisedAtMs())
            .thenComparing(line -> line.history.orderId());
    private static final Comparator<OrderLine> BY_FIRST_OUTPUT =
            Comparator.comparingLong(OrderLine::firstOutputMs).thenComparing(line -> line.history.orderId());

    private final String plantId;
    private final String productId;
    private final long horizonMs;
    /** Orders that stand here, ended ones too. */
    final List<OrderLine> lines = new ArrayList<>();

    long refreshDueMs = Long.MIN_VALUE;
    /** Midnight of the day for which all forecasts were written. */
    long forecastFromMs = Long.MIN_VALUE;

    private @Nullable DeliveryForecast forecast;

    PlantQueue(String plantId, String productId, long horizonMs) {
        this.plantId = plantId;
        this.productId = productId;
        this.horizonMs = horizonMs;
    }

    /** Of its orders the one with the first output: it tells since when there is any. Null if there is none. */
    @Nullable
    OrderLine first() {
        OrderLine first = null;
        for (OrderLine line : lines) {
            if (line.firstOutputMs() != OrderStanding.NEVER
                    && (first == null || BY_FIRST_OUTPUT.compare(line, first) < 0)) {
                first = line;
            }
        }
        return first;
    }

    /** Writes the status of what changed. */
    void writeChanged(long watermarkMs, LeadTimeSink sink) {
        write(watermarkMs, line -> line.isChanged, sink);
    }

    /** Writes the status of what changed and of all that wait: a new day moves their forecasts. */
    void writeDay(long watermarkMs, LeadTimeSink sink) {
        write(watermarkMs, line -> line.isChanged || line.isOpen(), sink);
        forecastFromMs = UtcDays.midnightMs(watermarkMs);
    }

    /** Writes the status of what changed and of whatever was not written as final. */
    void writeAll(long watermarkMs, LeadTimeSink sink) {
        write(watermarkMs, line -> line.isChanged || !line.isFinal, sink);
        forecastFromMs = UtcDays.midnightMs(watermarkMs);
    }

    private void write(long watermarkMs, Predicate<OrderLine> wanted, LeadTimeSink sink) {
        List<OrderLine> open = new ArrayList<>();
        boolean forecasts = false;
        for (OrderLine line : lines) {
            if (line.isOpen()) {
                open.add(line);
                forecasts |= wanted.test(line);
            } else if (wanted.test(line)) {
                writeEnded(line, watermarkMs, sink);
            }
        }
        if (forecasts) {
            writeOpen(open, watermarkMs, wanted, sink);
        }
    }

    /** Writes the status of an order that ended. */
    void writeEnded(OrderLine line, long watermarkMs, LeadTimeSink sink) {
        line.isChanged = false;
        line.isFinal = line.endMs() + horizonMs <= watermarkMs;
        sink.status(status(line, null, null, null, false));
    }

    private void writeOpen(List<OrderLine> open, long watermarkMs, Predicate<OrderLine> wanted, LeadTimeSink sink) {
        open.sort(ORDER);
        long[] needs = new long[open.size()];
        long sum = 0;
        for (int i = 0; i < needs.length; i++) {
            OrderStanding standing = open.get(i).standing();
            sum += standing.orderedUnits() - standing.outputUnits();
            needs[i] = sum;
        }
        long todayMs = UtcDays.midnightMs(watermarkMs);
        long[] output = weeklyOutput(todayMs);
        String week = ProductionCalendar.isoWeek(Math.floorDiv(todayMs, UtcDays.DAY_MS));
        boolean isStalled = DeliveryForecast.isStalled(output);
        DeliveryForecast resampled = forecast(output, DeliveryForecast.seed(plantId, productId, week));
        int[][] weeks = resampled == null ? null : resampled.weeks(needs);
        for (int i = 0; i < needs.length; i++) {
            OrderLine line = open.get(i);
            if (wanted.test(line)) {
                line.isChanged = false;
                line.isFinal = false;
                Long p50 = weeks == null ? null : atMs(todayMs, weeks[i][0]);
                Long p80 = weeks == null ? null : atMs(todayMs, weeks[i][1]);
                sink.status(status(line, needs[i], p50, p80, isStalled));
            }
        }
    }

    /** Resamples only if the plant's weeks are others than before. */
    private @Nullable DeliveryForecast forecast(long[] output, long seed) {
        DeliveryForecast known = forecast;
        if (known == null || !known.isOf(output, seed)) {
            known = DeliveryForecast.of(output, seed);
            forecast = known;
        }
        return known;
    }

    private static @Nullable Long atMs(long todayMs, int weeks) {
        return weeks == 0 ? null : todayMs + weeks * UtcDays.WEEK_MS;
    }

    /** Accepted units of the newest whole weeks before a day's week, oldest first, from that of the first acceptance on. */
    long[] weeklyOutput(long todayMs) {
        long endMs = UtcDays.monday(Math.floorDiv(todayMs, UtcDays.DAY_MS)) * UtcDays.DAY_MS;
        OrderLine first = first();
        if (first == null || first.firstOutputMs() >= endMs) {
            return new long[0];
        }
        long firstMonday = UtcDays.monday(Math.floorDiv(first.firstOutputMs(), UtcDays.DAY_MS));
        long weeks = (endMs - firstMonday * UtcDays.DAY_MS) / UtcDays.WEEK_MS;
        long[] units = new long[(int) Math.min(weeks, DeliveryForecast.MOST_WEEKS)];
        long fromMs = endMs - units.length * UtcDays.WEEK_MS;
        for (OrderLine line : lines) {
            if (line.lastEventMs() >= fromMs && line.firstOutputMs() < endMs) {
                for (DeliveryRecord delivery : line.history.deliveries()) {
                    long atMs = delivery.eventTimeMs();
                    if (delivery.stage() == DeliveryStage.ACCEPTED && atMs >= fromMs && atMs < endMs) {
                        units[(int) ((atMs - fromMs) / UtcDays.WEEK_MS)] += delivery.quantity();
                    }
                }
            }
        }
        return units;
    }

    private static OrderStatus status(
            OrderLine line,
            @Nullable Long queueUnits,
            @Nullable Long p50AtMs,
            @Nullable Long p80AtMs,
            boolean isStalled) {
        OrderStanding standing = line.standing();
        boolean isCancelled = standing.state() == OrderState.CANCELLED;
        return new OrderStatus(
                standing.orderId(),
                standing.productId(),
                standing.plantId(),
                standing.buyerNation(),
                standing.frameworkId(),
                standing.priority(),
                standing.state(),
                standing.orderedUnits(),
                standing.dispatchedUnits(),
                isCancelled ? Arrays.stream(standing.acceptedUnits()).sum() : standing.outputUnits(),
                standing.rejectedUnits(),
                queueUnits,
                standing.confirmedAtMs(),
                standing.baselinePromisedAtMs(),
                standing.promisedAtMs(),
                standing.firstAcceptedAtMs(),
                standing.completedAtMs(),
                standing.cancelledAtMs(),
                p50AtMs,
                p80AtMs,
                p50AtMs == null ? null : (p50AtMs - standing.baselinePromisedAtMs()) / (double) UtcDays.DAY_MS,
                isStalled,
                standing.flags(),
                line.isFinal,
                line.history.version());
    }
}

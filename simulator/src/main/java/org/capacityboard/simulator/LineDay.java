package org.capacityboard.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.events.MachineState;
import org.jspecify.annotations.Nullable;

/**
 * What one line does on one production day: a row of stretches without a hole. It follows from the line and the date
 * alone, so any day can be entered without living through the days before.
 */
final class LineDay {
    private static final double TOP_SPEED_RATIO = 0.98;
    private static final double WEEK_MS = 7 * 86_400_000.0;
    private static final long SHORTEST_STOP_MS = 2_000;

    /**
     * A time in which the line's state does not change.
     *
     * @param goodPpm good units made, in millionths of what the ideal cycle allows
     * @param scrapPpm the same for scrapped units
     */
    record Stretch(
            long startMs,
            long endMs,
            MachineState state,
            @Nullable String reasonCode,
            long goodPpm,
            long scrapPpm) {}

    final List<Stretch> stretches = new ArrayList<>();
    final @Nullable String productId;
    final long cycleUs;

    private final SimulatedLine line;
    private final LocalDate day;
    private final Dice dice;
    private final double speedRatio;
    private final long dayEndMs;
    private long filledMs;

    LineDay(SimulatedLine line, LocalDate day, double cancelledRatio) {
        this.line = line;
        this.day = day;
        Scenario.LineGroup group = line.group();
        boolean other = makesOther(group, day);
        Scenario.OtherProduct otherProduct = group.otherProduct();
        this.productId = otherProduct == null ? null : other ? otherProduct.productId() : group.productId();
        this.cycleUs = Math.round(
                (otherProduct != null && other ? otherProduct.idealCycleSeconds() : group.idealCycleSeconds()) * 1e6);
        this.dice = new Dice(line.seed(), day.toEpochDay(), 0);
        this.filledMs = line.dayStartMs(day);
        this.dayEndMs = line.dayStartMs(day.plusDays(1));
        double gained = group.weeklyGainRatio() * Math.max(0, filledMs - line.availableFromMs()) / WEEK_MS;
        this.speedRatio = Math.min(group.speedRatio() + gained, Math.max(group.speedRatio(), TOP_SPEED_RATIO));
        if (line.aroundTheClock()) {
            prepare();
            work(dayEndMs);
        }
        for (PlannedShift shift : PlannedShift.of(line, day, cancelledRatio)) {
            if (!shift.cancelled()) {
                stand(shift.startMs(), MachineState.COMPLETE, "NO-SHIFT");
                if (shift.number() == 1) {
                    prepare();
                }
                for (PlannedShift.Interval pause : shift.breaks()) {
                    work(pause.startMs());
                    stand(pause.endMs(), MachineState.IDLE, "BREAK");
                }
                work(shift.endMs());
            }
        }
        stand(dayEndMs, MachineState.COMPLETE, "NO-SHIFT");
    }

    /** Products change by the calendar: some days of the line's own, then some days of the other. */
    static boolean makesOther(Scenario.LineGroup group, LocalDate day) {
        Scenario.OtherProduct other = group.otherProduct();
        return other != null && Math.floorMod(day.toEpochDay(), other.everyDays() + other.days()) >= other.everyDays();
    }

    private void prepare() {
        Scenario.StopPattern stops = line.stops();
        if (day.getDayOfWeek() == stops.maintenanceDay()) {
            stand(filledMs + minutes(stops.maintenanceMinutes()), MachineState.MAINTENANCE, "WEEKLY-SERVICE");
        }
        if (makesOther(line.group(), day) != makesOther(line.group(), day.minusDays(1))) {
            stand(filledMs + minutes(stops.changeoverMinutes()), MachineState.SETUP, "CHANGEOVER");
        }
    }

    /** Runs until then, with the stops that happen in between. */
    private void work(long untilMs) {
        double stopsPerMinute = 0;
        for (Scenario.Stop stop : line.stops().stops()) {
            stopsPerMinute += 1 / stop.everyMinutes();
        }
        while (filledMs < untilMs) {
            run(
                    stopsPerMinute == 0
                            ? untilMs
                            : Math.min(untilMs, filledMs + minutes(dice.exponential(1 / stopsPerMinute))));
            if (filledMs < untilMs) {
                Scenario.Stop stop = whichStop(stopsPerMinute);
                long lengthMs = Math.max(SHORTEST_STOP_MS, minutes(dice.exponential(stop.meanMinutes())));
                stand(Math.min(untilMs, filledMs + lengthMs), stop.state(), stop.reasonCode());
            }
        }
    }

    private Scenario.Stop whichStop(double stopsPerMinute) {
        double left = dice.next() * stopsPerMinute;
        List<Scenario.Stop> stops = line.stops().stops();
        for (Scenario.Stop stop : stops) {
            left -= 1 / stop.everyMinutes();
            if (left < 0) {
                return stop;
            }
        }
        return stops.get(stops.size() - 1);
    }

    private void run(long untilMs) {
        double spread = 1 + line.stops().speedSpreadRatio() * (2 * dice.next() - 1);
        double producedPpm = speedRatio * spread * 1_000_000;
        double scrapRatio = line.group().scrapRatio();
        add(
                untilMs,
                MachineState.EXECUTE,
                null,
                Math.round(producedPpm * (1 - scrapRatio)),
                Math.round(producedPpm * scrapRatio));
    }

    private void stand(long untilMs, MachineState state, String reasonCode) {
        add(untilMs, state, reasonCode, 0, 0);
    }

    private void add(long untilMs, MachineState state, @Nullable String reasonCode, long goodPpm, long scrapPpm) {
        long endMs = Math.min(untilMs, dayEndMs);
        if (endMs > filledMs) {
            stretches.add(new Stretch(filledMs, endMs, state, reasonCode, goodPpm, scrapPpm));
            filledMs = endMs;
        }
    }

    private static long minutes(double minutes) {
        return (long) (minutes * 60_000);
    }
}

package org.capacityboard.simulator;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A shift of one line on one production day, in instants (ms since 1970 UTC).
 *
 * @param number place of the shift in its day, from 1
 * @param cancelled whether it was called off the day before
 */
record PlannedShift(int number, long startMs, long endMs, List<Interval> breaks, boolean cancelled) {
    private static final long SALT = 0x5EED_0F5D;

    /** [startMs, endMs), ms since 1970 UTC. */
    record Interval(long startMs, long endMs) {}

    /** Shifts of a production day, in order. */
    static List<PlannedShift> of(SimulatedLine line, LocalDate day, double cancelledRatio) {
        List<PlannedShift> planned = new ArrayList<>();
        if (!line.shifts().weekdays().contains(day.getDayOfWeek())) {
            return planned;
        }
        for (Scenario.Shift shift : line.shifts().shifts()) {
            int number = planned.size() + 1;
            Interval whole = interval(line, day, shift.start(), shift.end());
            List<Interval> breaks = shift.breaks().stream()
                    .map(pause -> interval(line, day, pause.start(), pause.end()))
                    .toList();
            boolean cancelled = Dice.share(line.seed() ^ SALT, day.toEpochDay() * 8 + number) < cancelledRatio;
            planned.add(new PlannedShift(number, whole.startMs, whole.endMs, breaks, cancelled));
        }
        return planned;
    }

    /** Times before the start of the production day belong to the next calendar day. */
    private static Interval interval(SimulatedLine line, LocalDate day, LocalTime start, LocalTime end) {
        LocalDate startDate = start.isBefore(line.dayStartsAt()) ? day.plusDays(1) : day;
        LocalDate endDate = end.isAfter(start) ? startDate : startDate.plusDays(1);
        return new Interval(
                startDate.atTime(start).atZone(line.zone()).toInstant().toEpochMilli(),
                endDate.atTime(end).atZone(line.zone()).toInstant().toEpochMilli());
    }
}

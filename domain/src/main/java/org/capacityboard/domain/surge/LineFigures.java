package org.capacityboard.domain.surge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one line can make, in good units a month. */
final class LineFigures {
    private static final double HOURS_A_SHIFT_WEEK = 40;
    private static final int WEEKS_LOOKED_BACK = 52;
    private static final int WEEKS_HELD = 4;

    private final SurgeLine line;
    private final int firstDay;
    private final boolean silent;
    private final double demonstrated;
    private final @Nullable Double workforce;

    /**
     * @param outputs weekly output of the line, of all products of its node
     * @param silent whether it was not heard of for too long
     */
    LineFigures(SurgeLine line, List<LineOutput> outputs, @Nullable Crew crew, boolean silent, SurgeSnapshot snapshot) {
        this.line = line;
        this.silent = silent;
        Long availableFrom = line.availableFromMs();
        firstDay = availableFrom == null ? 0 : Math.max(0, Days.of(availableFrom, snapshot.nowMs()));
        demonstrated = firstDay > 0 ? 0 : demonstrated(outputs, snapshot.asOfEpochDay());
        // People are known by the units that they make an hour: where no rate is declared, they say nothing.
        workforce = crew == null || crew.peoplePerShift() == 0 || line.declaredUnitsPerHour() == 0
                ? null
                : (double) crew.certifiedPeople()
                        / crew.peoplePerShift()
                        * HOURS_A_SHIFT_WEEK
                        * Days.WEEKS_IN_MONTH
                        * line.declaredUnitsPerHour();
    }

    /** The greatest, over runs of four weeks of the last 52, of the lowest week's good units, as a monthly rate; 0 with fewer than four weeks. */
    private static double demonstrated(List<LineOutput> outputs, long asOf) {
        if (outputs.isEmpty()) {
            return 0;
        }
        long newestGiven = Long.MIN_VALUE;
        for (LineOutput output : outputs) {
            newestGiven = Math.max(
                    newestGiven,
                    output.firstMonday() + 7L * output.weeklyGoodUnits().size() - 7);
        }
        // Where the plant's clock is behind, its newest week may not be over yet.
        long newest = Math.floorDiv(asOf + 4, 7) * 7 - 10;
        if (newestGiven == newest - 7) {
            newest = newestGiven;
        }
        long[] weeks = new long[WEEKS_LOOKED_BACK];
        long oldest = newest - 7L * (WEEKS_LOOKED_BACK - 1);
        for (LineOutput output : outputs) {
            List<Long> given = output.weeklyGoodUnits();
            for (int i = 0; i < given.size(); i++) {
                long week = (output.firstMonday() - oldest) / 7 + i;
                if (output.firstMonday() + 7L * i >= oldest && week < WEEKS_LOOKED_BACK) {
                    weeks[(int) week] += given.get(i);
                }
            }
        }
        long held = 0;
        for (int first = 0; first + WEEKS_HELD <= WEEKS_LOOKED_BACK; first++) {
            long lowest = Long.MAX_VALUE;
            for (int week = first; week < first + WEEKS_HELD; week++) {
                lowest = Math.min(lowest, weeks[week]);
            }
            held = Math.max(held, lowest);
        }
        return held * Days.WEEKS_IN_MONTH;
    }

    /** The same line without anything that it could make. */
    LineFigures idle(SurgeSnapshot snapshot) {
        return new LineFigures(LostPlant.idle(line), List.of(), null, silent, snapshot);
    }

    SurgeLine line() {
        return line;
    }

    /** First day on which it can work, 0 for an accepted line. */
    int firstDay() {
        return firstDay;
    }

    boolean silent() {
        return silent;
    }

    double demonstrated() {
        return demonstrated;
    }

    /** What the people certified can make; null: not reported, does not bind. */
    @Nullable
    Double workforce() {
        return workforce;
    }

    /** What the line itself can make on a day. */
    double equipment(Posture posture, Evidence evidence, int day) {
        boolean there = evidence == Evidence.ESTIMATED ? day >= firstDay : firstDay == 0;
        if (!there) {
            return 0;
        }
        return evidence == Evidence.DEMONSTRATED
                ? demonstrated
                : Math.max(
                        demonstrated,
                        line.hoursPerWeek().in(posture) * Days.WEEKS_IN_MONTH * line.declaredUnitsPerHour());
    }

    /** The least of line and people on a day. */
    double capacity(Posture posture, Evidence evidence, int day) {
        double equipment = equipment(posture, evidence, day);
        return workforce == null ? equipment : Math.min(equipment, workforce);
    }
}

package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Share of orders that still wait, by waiting time: Kaplan and Meier's product limit with delayed entry (J. Am. Stat. Assoc. 53, 1958), and beside it the
 * share cancelled by Aalen and Johansen (Scand. J. Stat. 5, 1978). Events come before censorings and cancellations at ties.
 *
 * <p>S(t) is the product of 1 - d / n over the times up to t at which d of the n at risk have their event; a cancelled one leaves like a censored one. The
 * share cancelled by t is the sum of W c / n over the times up to t at which c of the n at risk are cancelled, W being the share that right before neither
 * had its event nor was cancelled. If nobody is left while somebody still enters later, the product says nothing about those: see {@link #daysUntil}.
 */
public final class SurvivalCurve {
    private static final long DAY_MS = 86_400_000;
    private static final double SHARE_TOLERANCE = 1e-9;
    private static final double NOBODY = 1e-12;
    private static final int ENDS_PER_MARK = 128;

    private final long[] ends;
    private final long[] entries;
    private final long weightFromZero;

    /** The walk as it stood at the beginning and every 128 ends or so, from where to look for a share. */
    private final List<Walk> marks = new ArrayList<>();

    private final long atRiskAtLastEvent;
    private final long undefinedFromMs;
    private final double cancelledAtEnd;

    private SurvivalCurve(Observations observations) {
        ends = observations.sortedEnds();
        entries = observations.sortedEntries();
        weightFromZero = observations.weightFromZero();
        long lastEntryMs = entries.length == 0 ? 0 : Observations.timeMs(entries[entries.length - 1]);
        long undefinedFrom = Long.MAX_VALUE;
        long lastAtRisk = 0;
        int nextMark = 0;
        Walk walk = new Walk();
        while (walk.hasNext()) {
            if (walk.nextEnd >= nextMark) {
                marks.add(new Walk(walk));
                nextMark = walk.nextEnd + ENDS_PER_MARK;
            }
            walk.next();
            if (walk.events > 0) {
                lastAtRisk = walk.atRisk;
                if (walk.survival <= NOBODY && walk.timeMs <= lastEntryMs) {
                    undefinedFrom = Math.min(undefinedFrom, walk.timeMs);
                }
            }
        }
        atRiskAtLastEvent = lastAtRisk;
        undefinedFromMs = undefinedFrom;
        cancelledAtEnd = walk.cancelled;
    }

    /** Estimates the curve; in time n log n. */
    public static SurvivalCurve of(Observations observations) {
        return new SurvivalCurve(observations);
    }

    /**
     * First waiting time, days, at which at most {@code waitingShare} (+ 1e-9) still wait; null: not reached, or the curve hit 0 before a later entry.
     *
     * @param waitingShare 0 or more, less than 1
     */
    public @Nullable Double daysUntil(double waitingShare) {
        Walk reached = firstAtMost(waitingShare);
        return reached == null ? null : reached.timeMs / (double) DAY_MS;
    }

    /** At risk right before {@link #daysUntil}; null where that is null. */
    public @Nullable Long atRiskAt(double waitingShare) {
        Walk reached = firstAtMost(waitingShare);
        return reached == null ? null : reached.atRisk;
    }

    /** The walk right after the first time at which no more than a share waits. */
    private @Nullable Walk firstAtMost(double waitingShare) {
        if (!(waitingShare >= 0 && waitingShare < 1)) {
            throw new IllegalArgumentException(
                    "Share that waits is " + waitingShare + ", must be 0 or more and less than 1");
        }
        if (undefinedFromMs != Long.MAX_VALUE || marks.isEmpty()) {
            return null;
        }
        double most = waitingShare + SHARE_TOLERANCE;
        int low = 0;
        int high = marks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (marks.get(middle).survival > most) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Walk walk = new Walk(marks.get(low));
        while (walk.hasNext()) {
            walk.next();
            if (walk.events > 0 && walk.survival <= most) {
                return walk;
            }
        }
        return null;
    }

    /** At risk right before the last event; 0 if there was none. */
    public long atRiskAtLastEvent() {
        return atRiskAtLastEvent;
    }

    /** Share that ends cancelled, up to the longest time observed; null without any observation. */
    public @Nullable Double cancelledShare() {
        return ends.length == 0 ? null : cancelledAtEnd;
    }

    /**
     * S at the end of day 0, 1, 2 ... (day 0 ends 86,400,000 ms after the order; what happens at that instant is in it) up to the longest time observed, at
     * most {@code longestDays} of them; NaN from where the curve is not defined. Empty without any observation.
     */
    public double[] survivalByDay(int longestDays) {
        double[] survival = new double[days(longestDays)];
        Walk walk = new Walk();
        for (int day = 0; day < survival.length; day++) {
            walk.toEndOf(day);
            survival[day] = endOf(day) >= undefinedFromMs ? Double.NaN : walk.survival;
        }
        return survival;
    }

    /** Under observation after day 0, 1, 2 ...: entered by then, and not ended. As many as {@link #survivalByDay}. */
    public long[] atRiskByDay(int longestDays) {
        long[] atRisk = new long[days(longestDays)];
        Walk walk = new Walk();
        for (int day = 0; day < atRisk.length; day++) {
            walk.toEndOf(day);
            atRisk[day] = walk.underObservation;
        }
        return atRisk;
    }

    /** Share cancelled by the end of day 0, 1, 2 ... As many as {@link #survivalByDay}. */
    public double[] cancelledByDay(int longestDays) {
        double[] cancelled = new double[days(longestDays)];
        Walk walk = new Walk();
        for (int day = 0; day < cancelled.length; day++) {
            walk.toEndOf(day);
            cancelled[day] = walk.cancelled;
        }
        return cancelled;
    }

    private int days(int longestDays) {
        if (longestDays < 0) {
            throw new IllegalArgumentException("Number of days is " + longestDays + ", must be 0 or more");
        }
        if (ends.length == 0) {
            return 0;
        }
        long longestMs = Observations.timeMs(ends[ends.length - 1]);
        return (int) Math.min(longestDays, (longestMs + DAY_MS - 1) / DAY_MS);
    }

    private static long endOf(int day) {
        return (day + 1) * DAY_MS;
    }

    /** Goes through the times at which observations end, once, the earliest first. */
    private final class Walk {
        private int nextEnd;
        private int nextEntry;
        private long underObservation = weightFromZero;
        private double survival = 1;
        private double waiting = 1;
        private double cancelled;

        private long timeMs;
        private long atRisk;
        private long events;

        /** At the beginning. */
        Walk() {}

        /** Where another one stands. */
        Walk(Walk other) {
            nextEnd = other.nextEnd;
            nextEntry = other.nextEntry;
            underObservation = other.underObservation;
            survival = other.survival;
            waiting = other.waiting;
            cancelled = other.cancelled;
            timeMs = other.timeMs;
            atRisk = other.atRisk;
            events = other.events;
        }

        boolean hasNext() {
            return nextEnd < ends.length;
        }

        void next() {
            timeMs = Observations.timeMs(ends[nextEnd]);
            enterBefore(timeMs);
            atRisk = underObservation;
            events = 0;
            long cancellations = 0;
            do {
                long weight = Observations.weight(ends[nextEnd]);
                if (Observations.ended(ends[nextEnd], Ending.EVENT)) {
                    events += weight;
                } else if (Observations.ended(ends[nextEnd], Ending.CANCELLED)) {
                    cancellations += weight;
                }
                underObservation -= weight;
                nextEnd++;
            } while (hasNext() && Observations.timeMs(ends[nextEnd]) == timeMs);
            if (events + cancellations > 0) {
                double all = atRisk;
                cancelled += waiting * (cancellations / all);
                waiting *= (atRisk - events - cancellations) / all;
                survival *= (atRisk - events) / all;
            }
        }

        /** To the end of a day, that instant included. */
        void toEndOf(int day) {
            long endMs = endOf(day);
            while (hasNext() && Observations.timeMs(ends[nextEnd]) <= endMs) {
                next();
            }
            enterBefore(endMs + 1);
        }

        private void enterBefore(long ms) {
            while (nextEntry < entries.length && Observations.timeMs(entries[nextEntry]) < ms) {
                underObservation += Observations.weight(entries[nextEntry]);
                nextEntry++;
            }
        }
    }
}

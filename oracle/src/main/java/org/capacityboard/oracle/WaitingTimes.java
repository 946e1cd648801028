package org.capacityboard.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waited how long, and what that says of the rest: the product limit, and the share cancelled, by their definitions, with a
 * look at everybody for every question.
 */
final class WaitingTimes {
    static final double DAY_MS = 86_400_000;
    private static final double SLACK = 1e-9;

    /** How waiting ended. */
    enum End {
        SERVED,
        GAVE_UP,
        STILL_WAITS
    }

    /** Equal ones, {@code count} of them: looked at from {@code fromMs} (not included) to {@code toMs}. */
    record Wait(long fromMs, long toMs, End end, long count) {}

    /**
     * Some were served.
     *
     * @param before how many waited right before
     * @param share how many of all wait right after; null if that cannot be said from then on
     */
    private record Step(long ms, long before, @Nullable Double share) {}

    private final List<Wait> waits = new ArrayList<>();
    private @Nullable List<Step> known;

    /** Adds some; false if nobody ever looked at them. */
    boolean add(long fromMs, long toMs, End end, long count) {
        if (toMs <= fromMs) {
            return false;
        }
        waits.add(new Wait(fromMs, toMs, end, count));
        known = null;
        return true;
    }

    private List<Step> known() {
        if (known == null) {
            known = steps();
        }
        return known;
    }

    private long count(Predicate<Wait> which) {
        return waits.stream().filter(which).mapToLong(Wait::count).sum();
    }

    private long waitingRightBefore(long tMs) {
        return count(wait -> wait.fromMs < tMs && tMs <= wait.toMs);
    }

    private long ending(long tMs, End end) {
        return count(wait -> wait.toMs == tMs && wait.end == end);
    }

    private SortedSet<Long> times(Predicate<Wait> which) {
        SortedSet<Long> times = new TreeSet<>();
        waits.stream().filter(which).forEach(wait -> times.add(wait.toMs));
        return times;
    }

    private long longestMs() {
        return waits.stream().mapToLong(Wait::toMs).max().orElse(0);
    }

    /** What happened whenever somebody was served, in order. */
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        double share = 1;
        for (long servedMs : times(wait -> wait.end == End.SERVED)) {
            long before = waitingRightBefore(servedMs);
            share *= (before - ending(servedMs, End.SERVED)) / (double) before;
            boolean isOver = share == 0 && servedMs < longestMs();
            steps.add(new Step(servedMs, before, isOver ? null : share));
            if (isOver) {
                break;
            }
        }
        return steps;
    }

    /** Share that still waits after t; null once nobody was left although somebody came later. */
    @Nullable
    Double waitingShare(double tMs) {
        @Nullable Double share = 1.0;
        for (Step step : known()) {
            if (step.ms <= tMs) {
                share = step.share;
            }
        }
        return share;
    }

    /** Nothing is said of a course that breaks off, not even of its beginning. */
    private @Nullable Step stepTo(double share) {
        @Nullable Step first = null;
        for (Step step : known()) {
            if (step.share == null) {
                return null;
            }
            if (first == null && step.share <= share + SLACK) {
                first = step;
            }
        }
        return first;
    }

    /** First time at which no more than this share waits, in days; null if that never is. */
    @Nullable
    Double daysUntil(double share) {
        @Nullable Step step = stepTo(share);
        return step == null ? null : step.ms / DAY_MS;
    }

    /** How many wait right before that time; null if it never is. */
    @Nullable
    Long waitingAt(double share) {
        @Nullable Step step = stepTo(share);
        return step == null ? null : step.before;
    }

    /** How many wait right before the last one is served; 0 if nobody is. */
    long waitingAtLast() {
        return times(wait -> wait.end == End.SERVED).stream()
                .reduce((earlier, later) -> later)
                .map(this::waitingRightBefore)
                .orElse(0L);
    }

    /** Share that gave up by a time. */
    double gaveUpShare(double tMs) {
        double staying = 1;
        double gaveUp = 0;
        for (long endMs : times(wait -> wait.end != End.STILL_WAITS)) {
            if (endMs > tMs) {
                break;
            }
            double before = waitingRightBefore(endMs);
            long leaving = ending(endMs, End.GAVE_UP);
            gaveUp += staying * leaving / before;
            staying *= 1 - (leaving + ending(endMs, End.SERVED)) / before;
        }
        return gaveUp;
    }

    /** Share that gave up at all; null if nobody was looked at. */
    @Nullable
    Double gaveUpShare() {
        return waits.isEmpty() ? null : gaveUpShare(longestMs());
    }

    /** Mean of those who were served, in days; null if nobody was. */
    @Nullable
    Double servedMeanDays() {
        double sum = 0;
        long served = 0;
        for (Wait wait : waits) {
            if (wait.end == End.SERVED) {
                sum += wait.toMs / DAY_MS * wait.count;
                served += wait.count;
            }
        }
        return served == 0 ? null : sum / served;
    }

    /** Whole days until nobody was looked at any more. */
    int days() {
        return (int) Math.ceil(longestMs() / DAY_MS);
    }

    /** How many were looked at after a time. */
    long waitingAfter(double tMs) {
        return count(wait -> wait.fromMs <= tMs && tMs < wait.toMs);
    }
}

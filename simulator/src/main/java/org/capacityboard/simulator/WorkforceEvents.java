package org.capacityboard.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * How many people are certified for a line: at the start, then every week on the line's own weekday. Each report follows from the
 * line and the week alone.
 */
final class WorkforceEvents implements EventSource {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long WEEK_MS = 7 * DAY_MS;
    private static final int WORKDAYS = 5;
    private static final long A_MONDAY_MS = 4 * DAY_MS;
    /** A report is written in the forenoon and sent within hours. */
    private static final long FIRST_HOUR = 7;

    private static final long WRITING_HOURS = 4;
    private static final long SENDING_HOURS = 3;
    /** People of a funded line are trained from so many weeks before its acceptance to so many after it. */
    static final double TRAINING_WEEKS_BEFORE = 12;

    static final double TRAINING_WEEKS_AFTER = 2;

    /** One line that reports its people. */
    private final class Reporting {
        private final SimulatedLine line;
        private final Crew crew;
        private final int place;
        private final long firstMs;
        private long week;
        private long eventTimeMs;
        private long sendTimeMs;

        private Reporting(SimulatedLine line, Crew crew, int place) {
            this.line = line;
            this.crew = crew;
            this.place = place;
            long weekday = (long) (Dice.share(line.seed(), 11) * WORKDAYS);
            long sinceMs = Math.floorMod(startMs - A_MONDAY_MS - weekday * DAY_MS, WEEK_MS);
            firstMs = startMs - sinceMs + WEEK_MS;
            enter(0);
        }

        /** Week 0 is the start. */
        private void enter(long number) {
            week = number;
            Dice dice = new Dice(line.seed(), number, 12);
            long hoursMs = (long) ((FIRST_HOUR + WRITING_HOURS * dice.next()) * HOUR_MS);
            eventTimeMs = number == 0 ? startMs : firstMs + (number - 1) * WEEK_MS + hoursMs;
            sendTimeMs = number == 0 ? startMs : eventTimeMs + (long) (dice.next() * SENDING_HOURS * HOUR_MS);
        }

        private void seek(long timeMs) {
            enter(Math.max(0, (timeMs - firstMs) / WEEK_MS - 1));
            while (sendTimeMs < timeMs) {
                enter(week + 1);
            }
        }

        private WorkforceReport report() {
            double spread = 1 + crew.spreadRatio() * (2 * Dice.share(line.seed() ^ 13, week) - 1);
            double people = crew.peoplePerShift() * crew.crews() * trainedRatio(eventTimeMs) * spread;
            return new WorkforceReport(
                    line.lineId(),
                    Instant.ofEpochMilli(eventTimeMs),
                    (int) Math.round(people),
                    crew.peoplePerShift(),
                    week);
        }

        private double trainedRatio(long atMs) {
            if (line.group().availableAfterDays() == null) {
                return 1;
            }
            double weeks = (atMs - line.availableFromMs()) / (double) WEEK_MS + TRAINING_WEEKS_BEFORE;
            return Math.min(1, Math.max(0, weeks / (TRAINING_WEEKS_BEFORE + TRAINING_WEEKS_AFTER)));
        }

        private long sendTimeMs() {
            return sendTimeMs;
        }

        private int place() {
            return place;
        }
    }

    private final long startMs;
    private final List<Reporting> all = new ArrayList<>();
    private final PriorityQueue<Reporting> queue =
            new PriorityQueue<>(Comparator.comparingLong(Reporting::sendTimeMs).thenComparingInt(Reporting::place));

    /** @param lines all lines that are played; copies report as the line that they are copies of */
    WorkforceEvents(List<Crew> crews, List<SimulatedLine> lines, long startMs) {
        this.startMs = startMs;
        for (SimulatedLine line : lines) {
            Crew crew = crewOf(line, crews);
            if (crew != null) {
                all.add(new Reporting(line, crew, all.size()));
            }
        }
    }

    private static @Nullable Crew crewOf(SimulatedLine line, List<Crew> crews) {
        for (Crew crew : crews) {
            for (String lineId : crew.lineIds()) {
                if (line.lineId().equals(lineId) || line.lineId().startsWith(lineId + "-c")) {
                    return crew;
                }
            }
        }
        return null;
    }

    @Override
    public void seek(long sendTimeMs) {
        queue.clear();
        for (Reporting it : all) {
            it.seek(sendTimeMs);
            queue.add(it);
        }
    }

    @Override
    public long nextSendTimeMs() {
        Reporting first = queue.peek();
        return first == null ? NEVER : first.sendTimeMs;
    }

    @Override
    public SimulatedEvent next() {
        Reporting first = queue.remove();
        WorkforceReport report = first.report();
        SimulatedEvent event = new SimulatedEvent(
                Topic.WORKFORCE,
                Topic.WORKFORCE.key(report),
                EventCodec.encode(report),
                first.eventTimeMs,
                first.sendTimeMs);
        first.enter(first.week + 1);
        queue.add(first);
        return event;
    }
}

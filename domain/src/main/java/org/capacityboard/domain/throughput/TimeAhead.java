package org.capacityboard.domain.throughput;

import org.capacityboard.domain.reference.LineCalendar;

/** Where on a line's timeline there is something to count: reports, planned time, and time for which a report vouches. */
final class TimeAhead {
    private final LineHead head;
    private final KeptHours hours;

    TimeAhead(LineHead head, KeptHours hours) {
        this.head = head;
        this.hours = hours;
    }

    /** First instant that can have facts or rows. */
    long earliestMs() {
        long earliest = head.hours.size() == 0 ? Long.MAX_VALUE : head.hours.get(0) * Ms.HOUR;
        return Math.min(earliest, nextTimeMs(head.openFromMs));
    }

    /** First instant at or after {@code ms} whose passing may add to facts; {@code Long.MAX_VALUE} if nothing is planned or produced from there on. */
    long nextTimeMs(long ms) {
        Report last = head.last;
        if (last != null && ms <= last.atMs) {
            return Math.max(ms, firstReportOrPlanMs(ms));
        }
        Settings settings = head.settings();
        if (last != null && last.state == MachineState.EXECUTE && ms < Walk.knownToMs(last, settings.at(last.atMs))) {
            return ms;
        }
        return nextPlannedMs(ms);
    }

    private long firstReportOrPlanMs(long ms) {
        if (ms > Long.MIN_VALUE) {
            return ms;
        }
        long firstReport = head.reportHours.size() > 0 ? head.reportHours.get(0) * Ms.HOUR : Long.MAX_VALUE;
        return Math.min(firstReport, head.planned().nextFrom(ms));
    }

    /** First hour at or after {@code hour} that may have facts or rows; {@code Long.MAX_VALUE} if there is none. */
    long nextHour(long hour) {
        int i = head.hours.indexFrom(hour);
        long next = i < head.hours.size() ? head.hours.get(i) : Long.MAX_VALUE;
        long startMs = hour * Ms.HOUR;
        Report last = head.last;
        if (next == hour || last != null && spillsInto(startMs)) {
            return hour;
        }
        long plannedMs = nextPlannedMs(startMs);
        return plannedMs == Long.MAX_VALUE ? next : Math.min(next, Ms.hour(plannedMs));
    }

    /** Whether the last report before an instant still vouches for its state there. */
    private boolean spillsInto(long ms) {
        int i = head.reportHours.indexFrom(Ms.hour(ms)) - 1;
        Report anchor = head.anchor;
        long lastAtMs =
                i >= 0 ? new HourBlocks(head, hours, i).lastAtMs() : anchor == null ? Long.MIN_VALUE : anchor.atMs;
        if (lastAtMs == Long.MIN_VALUE) {
            return false;
        }
        Setting setting = head.settings().at(lastAtMs);
        return setting != null && ms < lastAtMs + setting.knownForMs();
    }

    /** First planned instant at or after {@code ms}; {@code Long.MAX_VALUE} if there is none. */
    private long nextPlannedMs(long ms) {
        Settings settings = head.settings();
        for (int i = settings.indexAt(ms); i < settings.size(); i++) {
            Setting setting = settings.get(i);
            if (setting != null) {
                long from = Math.max(ms, settings.from(i));
                boolean aroundTheClock = setting.line().calendar() == LineCalendar.AROUND_THE_CLOCK;
                long next = aroundTheClock ? from : head.planned().nextFrom(from);
                if (next < settings.to(i) && (head.last != null || !aroundTheClock)) {
                    return next;
                }
            }
        }
        return Long.MAX_VALUE;
    }
}

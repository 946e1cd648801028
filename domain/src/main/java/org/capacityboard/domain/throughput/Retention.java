package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.domain.reference.ShiftPlanVersion;

/** How long a line's reports, sums and plans are kept: until the rows that they can change are final. */
final class Retention {
    /** How long a plan is remembered after its rows are final, so that an older revision of it that comes last does not count. */
    private static final long PLAN_MEMORY_MS = 7 * 24 * Ms.HOUR;

    private final LineHead head;
    private final KeptHours hours;
    private final long horizonMs;

    Retention(LineHead head, KeptHours hours, long horizonMs) {
        this.head = head;
        this.hours = hours;
        this.horizonMs = horizonMs;
    }

    /** Watermark at which the next written window becomes final; {@code Long.MAX_VALUE} if none was written. */
    long finalDueMs(long now) {
        long due = Long.MAX_VALUE;
        for (OpenDay day : head.days) {
            due = Math.min(due, day.endMs + horizonMs);
        }
        long finalTo = Ms.before(now, horizonMs);
        for (int i = finalTo == Long.MIN_VALUE ? 0 : head.hours.indexFrom(Ms.hour(finalTo));
                i < head.hours.size();
                i++) {
            Hour chunk = hours.get(head.hours.get(i));
            long end = chunk == null ? Long.MAX_VALUE : chunk.nextWrittenEnd(Math.max(finalTo, chunk.startMs()));
            if (end != Long.MAX_VALUE) {
                return Math.min(due, end + horizonMs);
            }
        }
        return due;
    }

    /** Drops reports of hours before {@code openFromMs}, whose rows are all final, and sums that no open production day needs. */
    void dropBefore(long openFromMs) {
        if (openFromMs <= head.openFromMs) {
            return;
        }
        long droppedToMs = head.openFromMs;
        head.openFromMs = openFromMs;
        long neededFrom = openFromMs;
        for (OpenDay day : head.days) {
            neededFrom = Math.min(neededFrom, day.startMs);
        }
        while (head.reportHours.size() > 0 && head.reportHours.get(0) * Ms.HOUR < openFromMs) {
            long hour = head.reportHours.get(0);
            head.anchor = new HourBlocks(head, hours, 0).last();
            if (head.reportHours.size() == 1) {
                head.openBlock.clear();
            }
            head.reportHours.remove(hour);
        }
        for (int i = 0; i < head.hours.size() && head.hours.get(i) * Ms.HOUR < openFromMs; ) {
            long hour = head.hours.get(i);
            if ((hour + 1) * Ms.HOUR <= neededFrom) {
                hours.remove(hour);
                head.hours.remove(hour);
            } else {
                if (hour * Ms.HOUR >= droppedToMs) {
                    OpenHour chunk = hours.known(hour).opened();
                    chunk.keepTotalsOnly();
                    hours.put(SealedHour.of(chunk));
                }
                i++;
            }
        }
        dropPlans(openFromMs);
    }

    /** Drops plans all of whose versions lie where nothing can change: long before the open hours and outside what the anchor vouches for. */
    private void dropPlans(long openFromMs) {
        Report anchor = head.anchor;
        long anchorFrom = anchor == null ? openFromMs : anchor.atMs;
        long anchorTo = anchor == null
                ? openFromMs
                : Walk.knownToMs(anchor, head.settings().at(anchor.atMs));
        List<String> needed = new ArrayList<>();
        for (Acting<ShiftPlanVersion> plan : head.plans) {
            ShiftPlanVersion version = plan.version();
            if (version.endMs() > openFromMs - PLAN_MEMORY_MS
                    || version.startMs() < anchorTo && version.endMs() > anchorFrom) {
                needed.add(version.planId());
            }
        }
        List<Acting<ShiftPlanVersion>> kept = new ArrayList<>();
        for (Acting<ShiftPlanVersion> plan : head.plans) {
            if (needed.contains(plan.version().planId())) {
                kept.add(plan);
            }
        }
        if (kept.size() < head.plans.size()) {
            head.setPlans(List.copyOf(kept));
        }
    }
}

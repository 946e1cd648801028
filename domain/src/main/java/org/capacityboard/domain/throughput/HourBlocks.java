package org.capacityboard.domain.throughput;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks of one hour that has reports: those kept with the hour, and the open one, if it is the newest. The hour is read only when it must be. */
final class HourBlocks {
    /** Number of the open block, whose reports are kept with the head. */
    static final int OPEN_BLOCK = Integer.MAX_VALUE;

    private final LineHead head;
    private final KeptHours hours;
    private final int i;
    private final boolean hasOpenBlock;
    private @Nullable OpenHour hour;

    /** @param i the place of the hour among those that have reports */
    HourBlocks(LineHead head, KeptHours hours, int i) {
        this.head = head;
        this.hours = hours;
        this.i = i;
        this.hasOpenBlock = i == head.reportHours.size() - 1 && !head.openBlock.isEmpty();
    }

    int place() {
        return i;
    }

    long hourNumber() {
        return head.reportHours.get(i);
    }

    OpenHour hour() {
        OpenHour known = hour;
        if (known == null) {
            known = hours.known(hourNumber()).opened();
            hour = known;
        }
        return known;
    }

    /** {@link HourLog#NO_BLOCK} if there is none. */
    int first() {
        return !hour().log().isEmpty() ? 0 : hasOpenBlock ? OPEN_BLOCK : HourLog.NO_BLOCK;
    }

    /** {@link HourLog#NO_BLOCK} if there is none. */
    int after(int block) {
        if (block == OPEN_BLOCK) {
            return HourLog.NO_BLOCK;
        }
        return block + 1 < hour().log().blockCount() ? block + 1 : hasOpenBlock ? OPEN_BLOCK : HourLog.NO_BLOCK;
    }

    /** Last block that starts before an instant; {@link HourLog#NO_BLOCK} if none does. */
    int lastBefore(long ms) {
        return hasOpenBlock && head.openBlock.firstAtMs() < ms
                ? OPEN_BLOCK
                : hour().log().lastBlockBefore(ms);
    }

    /** Last block whose first report is not after a key; the first block if all are. */
    int blockOf(long session, long sequence) {
        if (hasOpenBlock
                && (head.openBlock.startsBy(session, sequence) || hour().log().isEmpty())) {
            return OPEN_BLOCK;
        }
        return hour().log().blockOf(session, sequence);
    }

    BlockReader reader(int block) {
        return block == OPEN_BLOCK ? head.openBlock.reader() : hour().log().reader(block);
    }

    BlockSpot spot(int block, long session, long sequence) {
        return block == OPEN_BLOCK
                ? head.openBlock.spot(session, sequence)
                : hour().log().spot(block, session, sequence);
    }

    /** Effective time of the last report. */
    long lastAtMs() {
        Report last = head.last;
        return hasOpenBlock && last != null
                ? last.atMs
                : hours.known(hourNumber()).lastAtMs();
    }

    /** The last report, a copy. */
    Report last() {
        Report last = head.last;
        if (hasOpenBlock && last != null) {
            return last.copy();
        }
        HourLog log = hour().log();
        List<Report> tail = HourLog.read(log.reader(log.blockCount() - 1));
        return tail.get(tail.size() - 1);
    }

    /** All reports, in their order. */
    List<Report> reports() {
        List<Report> reports = hour().log().reports();
        if (hasOpenBlock) {
            reports.addAll(HourLog.read(head.openBlock.reader()));
        }
        return reports;
    }
}

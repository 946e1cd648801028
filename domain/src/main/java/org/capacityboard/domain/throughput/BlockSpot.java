package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** The place of a key among the reports of a block: behind those with smaller keys. From there on the block can be written anew. */
final class BlockSpot {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final BlockReader reader;
    private final int reportsBefore;
    private final int idleOfRun;
    private final Report before;
    private final @Nullable Report next;
    private final boolean isTaken;
    private final long firstSession;
    private final long firstSequence;
    private final long firstAtMs;
    private @Nullable Report last;

    /**
     * @param bytes where the block lies
     * @param start where in them it starts
     * @param reader stands at its start
     */
    BlockSpot(byte[] bytes, int start, BlockReader reader, long session, long sequence) {
        this.bytes = bytes;
        this.start = start;
        this.reader = reader;
        Report at = new Report();
        Report behind = new Report();
        boolean found = reader.read(behind, at);
        firstSession = at.session;
        firstSequence = at.sequence;
        firstAtMs = at.atMs;
        while (found && at.compareKey(session, sequence) < 0) {
            Report free = behind;
            behind = at;
            at = free;
            reader.passRunsBefore(session, sequence, behind);
            found = reader.read(behind, at);
        }
        before = behind;
        next = found ? at : null;
        isTaken = found && at.compareKey(session, sequence) == 0;
        reportsBefore = found ? reader.taken() - 1 : reader.taken();
        end = found ? reader.start() : reader.position();
        idleOfRun = found ? reader.idleBefore() : 0;
    }

    /** The last report with a smaller key; null if the block has none. */
    @Nullable
    Report before() {
        return reportsBefore == 0 ? null : before;
    }

    /** The first report with this key or a larger one; null if the block has none. */
    @Nullable
    Report next() {
        return next;
    }

    /** Whether the next report has this key. */
    boolean isTaken() {
        return isTaken;
    }

    /** The report behind {@link #next}; null if the block has none. */
    @Nullable
    Report afterNext() {
        Report following = new Report();
        return next != null && reader.copy().read(next, following) ? following : null;
    }

    /** The block with a report in this place, before the next one or instead of it. To be called once: it leaves the reports read so far in disorder. */
    ReportBlock with(Report report, boolean instead, Texts texts) {
        ReportBlock written = new ReportBlock(texts);
        if (reportsBefore > 0) {
            written.takeStart(bytes, start, end, reportsBefore, idleOfRun, firstSession, firstSequence, firstAtMs);
        }
        Report reading = next;
        Report following = new Report();
        if (instead && reading != null) {
            reading = reader.read(reading, following) ? following : null;
            following = new Report();
        }
        written.append(before, report);
        Report behind = report;
        while (reading != null) {
            // Read ahead first: writing a report changes what the one behind it is read against.
            boolean more = reader.read(reading, following);
            written.append(behind, reading);
            Report free = behind == report ? new Report() : behind;
            behind = reading;
            reading = more ? following : null;
            following = free;
        }
        last = behind;
        return written;
    }

    /** The last report of the block that {@link #with} gave, as it was written. */
    Report last() {
        Report written = last;
        if (written == null) {
            throw new IllegalStateException("the block was not written");
        }
        return written;
    }
}

package org.capacityboard.domain.throughput;

/** Reads the reports of a {@link ReportBlock} one after the other, or passes whole runs of them. */
final class BlockReader {
    private final ByteReader in;
    private final Texts texts;
    private final long hourStartMs;
    private final int reports;
    private int taken;
    /** Where the bytes of the report read last start. */
    private int start;
    /** Of the run that the report read last belongs to: how many without a unit were read, how many are left, and whether one with a unit is. */
    private int idleTaken;

    private int idleLeft;
    private boolean unitLeft;
    private boolean idle;

    BlockReader(byte[] bytes, int start, int reports, Texts texts, long hourStartMs) {
        this(new ByteReader(bytes, start), reports, texts, hourStartMs);
    }

    private BlockReader(ByteReader in, int reports, Texts texts, long hourStartMs) {
        this.in = in;
        this.reports = reports;
        this.texts = texts;
        this.hourStartMs = hourStartMs;
    }

    BlockReader copy() {
        BlockReader copy = new BlockReader(in.copy(), reports, texts, hourStartMs);
        copy.taken = taken;
        copy.start = start;
        copy.idleTaken = idleTaken;
        copy.idleLeft = idleLeft;
        copy.unitLeft = unitLeft;
        copy.idle = idle;
        return copy;
    }

    /** Reads the next report, given the one before it (not looked at for the first); false if there is none. */
    boolean read(Report before, Report into) {
        if (taken == reports) {
            return false;
        }
        if (idleLeft == 0 && !unitLeft && !startRun()) {
            idle = false;
            if (taken++ == 0) {
                into.read(in, into.setOrigin(hourStartMs), texts);
            } else {
                into.read(in, before, texts);
            }
            return true;
        }
        taken++;
        idle = idleLeft > 0;
        if (idle) {
            idleLeft--;
            idleTaken++;
            into.setPlain(before, 0);
        } else {
            unitLeft = false;
            into.setPlain(before, 1);
        }
        return true;
    }

    private boolean startRun() {
        start = in.position();
        idleTaken = 0;
        int run = in.peek() & 0xFF;
        if (run < ReportBlock.UNIT_RUN) {
            return false;
        }
        in.get();
        unitLeft = run < ReportBlock.IDLE_RUN;
        idleLeft = unitLeft ? run - ReportBlock.UNIT_RUN : run - ReportBlock.IDLE_RUN + 1;
        return true;
    }

    /** Length of the run that comes next; 0 if a report that is written out does, or a run is being read. */
    private int runAhead() {
        if (taken == reports || idleLeft > 0 || unitLeft) {
            return 0;
        }
        int run = in.peek() & 0xFF;
        return run < ReportBlock.UNIT_RUN
                ? 0
                : run < ReportBlock.IDLE_RUN ? run - ReportBlock.UNIT_RUN + 1 : run - ReportBlock.IDLE_RUN + 1;
    }

    private void passRun(int length, Report last) {
        int run = in.get() & 0xFF;
        taken += length;
        last.passPlain(length, run < ReportBlock.IDLE_RUN ? 1 : 0);
    }

    /** Moves the report read last over the runs that end before a key. */
    void passRunsBefore(long session, long sequence, Report last) {
        if (last.session != session) {
            return;
        }
        for (int run = runAhead(); run > 0 && last.sequence + run < sequence; run = runAhead()) {
            passRun(run, last);
        }
    }

    /** Moves the report read last over the runs that end before an instant. */
    void passRunsBefore(long ms, Report last) {
        for (int run = runAhead(); run > 0 && last.atMs + run * last.stepMs() < ms; run = runAhead()) {
            passRun(run, last);
        }
    }

    /** Whether the report read last is plain and brings no unit. */
    boolean isIdle() {
        return idle;
    }

    /** How many more such reports follow it at once. */
    int idleAhead() {
        return idleLeft;
    }

    /** Moves the report read last, an idle one, over some of those. */
    void passIdle(int more, Report last) {
        idleLeft -= more;
        idleTaken += more;
        taken += more;
        last.passPlain(more, 0);
    }

    /** How many reports were read or passed. */
    int taken() {
        return taken;
    }

    /** Where the bytes not read yet start. */
    int position() {
        return in.position();
    }

    /** Where the report read last, or the run that it belongs to, starts. */
    int start() {
        return start;
    }

    /** How many reports of its run, all without a unit, lie before the report read last. */
    int idleBefore() {
        return idle ? idleTaken - 1 : idleTaken;
    }
}

package org.capacityboard.bench.peers;

/** Planned time that a line lost for one reason in a window, in the form that Flink asks of a POJO. */
public final class LossRow {
    public String lineId = "";
    public String category = "";
    /** Empty if none was given. */
    public String reasonCode = "";
    /** Start of the first window that it was summed from, ms since 1970. */
    public long windowStartMs;

    public long lostMs;

    public LossRow() {}

    LossRow(String lineId, String category, String reasonCode, long windowStartMs, long lostMs) {
        this.lineId = lineId;
        this.category = category;
        this.reasonCode = reasonCode;
        this.windowStartMs = windowStartMs;
        this.lostMs = lostMs;
    }

    /** The sum of two rows of one line, category and reason. */
    LossRow plus(LossRow other) {
        return new LossRow(
                lineId, category, reasonCode, Math.min(windowStartMs, other.windowStartMs), lostMs + other.lostMs);
    }
}

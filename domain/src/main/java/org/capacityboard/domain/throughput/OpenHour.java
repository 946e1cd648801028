package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** An hour of a line's timeline that can be read and changed at once. */
final class OpenHour extends HourChunk implements Hour {
    static final long NOT_AT_HAND = Long.MIN_VALUE;

    private final int hour;
    private HourLog log;
    private WrittenRows written;
    private @Nullable HourTotals totals;
    private long totalsToMs;
    /** Refused reports by minute of the watermark that judged them; null if there were none. */
    private long @Nullable [] late;
    /** Good units by minute as far as the totals go; only for the newest hours. */
    private int @Nullable [] goodByMinute;
    /** Still among the sealed hours. */
    private boolean wasSealed;

    OpenHour(long hour) {
        this(hour, new HourLog(hour * Ms.HOUR), new WrittenRows());
    }

    private OpenHour(long hour, HourLog log, WrittenRows written) {
        this.hour = Math.toIntExact(hour);
        this.log = log;
        this.written = written;
        this.totalsToMs = startMs();
    }

    /** @param totals null if there are none: then they go to the start of the hour */
    static OpenHour of(
            long hour,
            HourLog log,
            WrittenRows written,
            @Nullable HourTotals totals,
            long totalsToMs,
            long @Nullable [] late) {
        OpenHour open = new OpenHour(hour, log, written);
        open.totals = totals;
        open.totalsToMs = totalsToMs;
        open.late = late;
        return open;
    }

    /** Marks an hour just opened. */
    OpenHour thatWasSealed() {
        wasSealed = true;
        return this;
    }

    boolean wasSealed() {
        return wasSealed;
    }

    void isKeptOpen() {
        wasSealed = false;
    }

    @Override
    public HourChunk frozen() {
        return new FrozenHour(encode());
    }

    @Override
    public int glance() {
        return (int) totalsToMs + log.glance() + written.size() + (totals == null ? 0 : totals.glance());
    }

    @Override
    public byte[] encode() {
        ByteWriter out = new ByteWriter(1_024);
        out.put(FORMAT_VERSION);
        out.put(OPEN_HOUR);
        out.zigzag(hour());
        log.write(out);
        written.write(out);
        out.put(totals == null ? 0 : 1);
        if (totals != null) {
            out.varint(totalsToMs - startMs());
            totals.write(out);
        }
        out.put(late == null ? 0 : 1);
        if (late != null) {
            for (long count : late) {
                out.varint(count);
            }
        }
        return out.toBytes();
    }

    static OpenHour read(ByteReader in) {
        long hour = in.zigzag();
        OpenHour open = new OpenHour(hour, HourLog.read(in, hour * Ms.HOUR), WrittenRows.read(in));
        if (in.get() != 0) {
            open.totalsToMs = open.startMs() + in.varint();
            open.totals = HourTotals.read(in);
        }
        if (in.get() != 0) {
            long[] late = new long[Ms.MINUTES_PER_HOUR];
            for (int i = 0; i < late.length; i++) {
                late[i] = in.varint();
            }
            open.late = late;
        }
        return open;
    }

    @Override
    public long hour() {
        return hour;
    }

    @Override
    public OpenHour opened() {
        return this;
    }

    @Override
    public Hour withoutTotals() {
        forgetTotals();
        return this;
    }

    @Override
    public int compareFirstKey(long session, long sequence) {
        int bySession = Long.compare(log.firstSession(), session);
        return bySession != 0 ? bySession : Long.compare(log.firstSequence(), sequence);
    }

    @Override
    public long lastAtMs() {
        return log.isEmpty() ? Long.MIN_VALUE : log.lastAtMs();
    }

    @Override
    public long nextWrittenEnd(long afterMs) {
        return nextWrittenEnd(written, startMs(), afterMs);
    }

    static long nextWrittenEnd(WrittenRows written, long startMs, long afterMs) {
        int firstMinute = (int) Math.max(0, Math.floorDiv(afterMs - startMs, Ms.MINUTE));
        int minute = firstMinute >= Ms.MINUTES_PER_HOUR ? -1 : written.nextEnd(firstMinute);
        return minute < 0 ? Long.MAX_VALUE : startMs + (minute + 1) * Ms.MINUTE;
    }

    /** Nothing in it that could ever matter. */
    boolean isBlank() {
        return log.isEmpty() && written.isEmpty() && late == null && (totals == null || totals.isEmpty());
    }

    HourLog log() {
        return log;
    }

    void dropReports() {
        log = new HourLog(startMs());
    }

    WrittenRows written() {
        return written;
    }

    /** All rows of this hour are final: only its sums are still needed, for the rows of its production days. */
    void keepTotalsOnly() {
        dropReports();
        written = new WrittenRows();
        late = null;
        goodByMinute = null;
    }

    // late reports

    void countLate(long atMs) {
        if (late == null) {
            late = new long[Ms.MINUTES_PER_HOUR];
        }
        late[minuteOf(atMs)]++;
    }

    long lateIn(int minute) {
        return late == null ? 0 : late[minute];
    }

    boolean hasLate() {
        return late != null;
    }

    long @Nullable [] late() {
        return late;
    }

    private int minuteOf(long atMs) {
        return (int) ((atMs - startMs()) / Ms.MINUTE);
    }

    // sums

    @Override
    public HourTotals totals() {
        return totals == null ? new HourTotals() : totals;
    }

    @Override
    public long totalsToMs() {
        return totalsToMs;
    }

    void forgetTotals() {
        totals = null;
        totalsToMs = startMs();
        goodByMinute = null;
    }

    /** Takes in the facts of [{@link #totalsToMs()}, toMs). */
    void extendTotals(HourFacts facts, long toMs) {
        HourTotals sum = totals;
        if (sum == null) {
            sum = new HourTotals();
            totals = sum;
            goodByMinute = new int[Ms.MINUTES_PER_HOUR];
        }
        facts.addTo(sum);
        for (int minute = minuteOf(totalsToMs);
                goodByMinute != null && startMs() + minute * Ms.MINUTE < toMs;
                minute++) {
            long units = facts.goodUnits(minute);
            if (units == (int) units) {
                goodByMinute[minute] = (int) units;
            } else {
                goodByMinute = null;
            }
        }
        totalsToMs = toMs;
    }

    /** Good units of the whole minutes of [from, to); {@link #NOT_AT_HAND} unless they were summed. */
    long goodUnits(long fromMs, long toMs) {
        if (goodByMinute == null || toMs > totalsToMs) {
            return NOT_AT_HAND;
        }
        long units = 0;
        for (int minute = minuteOf(fromMs); startMs() + minute * Ms.MINUTE < toMs; minute++) {
            units += goodByMinute[minute];
        }
        return units;
    }
}

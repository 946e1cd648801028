package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** An hour of a line's timeline that is over, in few bytes. It never changes. */
final class SealedHour implements Hour {
    private static final int REPORTS = 1;
    private static final int TOTALS = 1 << 1;
    private static final int LATE = 1 << 2;

    private final long hour;
    private final byte[] bytes;

    SealedHour(long hour, byte[] bytes) {
        this.hour = hour;
        this.bytes = bytes;
    }

    /** @param open an hour none of whose reports is in the open block */
    static SealedHour of(OpenHour open) {
        Contents contents = new Contents(open.startMs());
        HourLog log = open.log();
        contents.hasReports = !log.isEmpty();
        contents.firstSession = log.firstSession();
        contents.firstSequence = log.firstSequence();
        contents.lastAtMs = log.lastAtMs();
        contents.written = open.written();
        contents.totals = open.totalsToMs() == open.startMs() ? null : open.totals();
        contents.totalsToMs = open.totalsToMs();
        contents.late = open.late();
        ByteWriter reports = new ByteWriter(256);
        if (contents.hasReports) {
            PackedReports.write(log, contents.first(), contents.texts, reports);
        }
        return new SealedHour(open.hour(), contents.bytes(reports.array(), 0, reports.length()));
    }

    @Override
    public long hour() {
        return hour;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public OpenHour opened() {
        Contents contents = contents();
        HourLog log = new HourLog(startMs());
        if (contents.hasReports) {
            PackedReports.read(bytes, contents.reportsAt, contents.first(), contents.texts, log);
        }
        OpenHour open = OpenHour.of(
                hour,
                log,
                contents.written,
                contents.totals,
                contents.totals == null ? startMs() : contents.totalsToMs,
                contents.late);
        return open.thatWasSealed();
    }

    @Override
    public Hour withoutTotals() {
        Contents contents = contents();
        contents.totals = null;
        return new SealedHour(hour(), contents.bytes(bytes, contents.reportsAt, bytes.length));
    }

    @Override
    public int compareFirstKey(long session, long sequence) {
        Contents contents = contents();
        int bySession = Long.compare(contents.firstSession, session);
        return bySession != 0 ? bySession : Long.compare(contents.firstSequence, sequence);
    }

    @Override
    public long lastAtMs() {
        Contents contents = contents();
        return contents.hasReports ? contents.lastAtMs : Long.MIN_VALUE;
    }

    @Override
    public HourTotals totals() {
        HourTotals totals = contents().totals;
        return totals == null ? new HourTotals() : totals;
    }

    @Override
    public long totalsToMs() {
        Contents contents = contents();
        return contents.totals == null ? startMs() : contents.totalsToMs;
    }

    @Override
    public long nextWrittenEnd(long afterMs) {
        return OpenHour.nextWrittenEnd(contents().written, startMs(), afterMs);
    }

    private Contents contents() {
        return new Contents(startMs(), new ByteReader(bytes, 0));
    }

    /** All of the hour but the reports themselves. */
    private static final class Contents {
        final long startMs;
        boolean hasReports;
        long firstSession;
        long firstSequence;
        long lastAtMs;
        Texts texts = new Texts();
        WrittenRows written = new WrittenRows();

        @Nullable
        HourTotals totals;

        long totalsToMs;
        long @Nullable [] late;
        int reportsAt;

        Contents(long startMs) {
            this.startMs = startMs;
        }

        Contents(long startMs, ByteReader in) {
            this.startMs = startMs;
            int parts = in.get();
            texts = Texts.read(in);
            hasReports = (parts & REPORTS) != 0;
            if (hasReports) {
                firstSession = startMs + in.zigzag();
                firstSequence = in.zigzag();
                lastAtMs = startMs + Ms.HOUR - in.varint();
            }
            if ((parts & TOTALS) != 0) {
                totalsToMs = startMs + Ms.HOUR - in.varint();
                totals = HourTotals.unseal(in, texts, day());
            }
            written = WrittenRows.unseal(in, texts);
            if ((parts & LATE) != 0) {
                long[] counts = new long[Ms.MINUTES_PER_HOUR];
                for (int i = in.count(); i > 0; i--) {
                    int minute = in.get();
                    counts[minute] = in.varint();
                }
                late = counts;
            }
            reportsAt = in.position();
        }

        /** What the first report is written against. */
        Report first() {
            Report first = new Report().setOrigin(startMs);
            first.session = firstSession;
            first.sequence = firstSequence - 1;
            first.rework = LineReport.NOT_REPORTED;
            return first;
        }

        private long day() {
            return Math.floorDiv(startMs, 24 * Ms.HOUR);
        }

        byte[] bytes(byte[] reports, int from, int to) {
            ByteWriter body = new ByteWriter(96 + to - from);
            if (hasReports) {
                body.zigzag(firstSession - startMs);
                body.zigzag(firstSequence);
                body.varint(startMs + Ms.HOUR - lastAtMs);
            }
            if (totals != null) {
                body.varint(startMs + Ms.HOUR - totalsToMs);
                totals.seal(body, texts, day());
            }
            written.seal(body, texts);
            if (late != null) {
                writeLate(late, body);
            }
            body.append(reports, from, to - from);
            ByteWriter all = new ByteWriter(body.length() + 48);
            all.put((hasReports ? REPORTS : 0) | (totals != null ? TOTALS : 0) | (late != null ? LATE : 0));
            texts.write(all);
            all.append(body.array(), 0, body.length());
            return all.toBytes();
        }

        private static void writeLate(long[] late, ByteWriter body) {
            int minutes = 0;
            for (long count : late) {
                minutes += count > 0 ? 1 : 0;
            }
            body.varint(minutes);
            for (int minute = 0; minute < late.length; minute++) {
                if (late[minute] > 0) {
                    body.put(minute);
                    body.varint(late[minute]);
                }
            }
        }
    }
}

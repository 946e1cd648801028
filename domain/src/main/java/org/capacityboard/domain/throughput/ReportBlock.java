package org.capacityboard.domain.throughput;

/**
 * Reports of one hour that follow each other, as bytes that can be read alone. A run of plain reports is one byte: 0x80 + n stands for n reports without a
 * unit and one that brings a unit, 0xC0 + n for n + 1 reports without. Every other report is written out; its bytes end in one below 0x80.
 */
final class ReportBlock {
    static final int UNIT_RUN = 0x80;
    static final int IDLE_RUN = 0xC0;
    static final int LONGEST_RUN = 64;

    private static final int FULL_BYTES = 96;
    private static final int FULL_REPORTS = 480;

    private final ByteWriter bytes;
    private final Texts texts;
    private int reports;
    private long firstSession;
    private long firstSequence;
    private long firstAtMs;

    /** @param texts where the texts of its reports are numbered */
    ReportBlock(Texts texts) {
        this(new ByteWriter(0), texts);
    }

    private ReportBlock(ByteWriter bytes, Texts texts) {
        this.bytes = bytes;
        this.texts = texts;
    }

    /** Drops the reports and their texts. */
    void clear() {
        clearReports();
        texts.clear();
    }

    void clearReports() {
        bytes.clear();
        reports = 0;
    }

    /** Comes into the cache; see {@link LineHead#glance}. */
    int glance() {
        return bytes.isEmpty() ? 0 : bytes.last();
    }

    boolean isEmpty() {
        return reports == 0;
    }

    /** The next report belongs into another block. */
    boolean isFull() {
        return bytes.length() >= FULL_BYTES || reports >= FULL_REPORTS;
    }

    /** It grew so much that it should become several. */
    boolean isTooLong() {
        return bytes.length() >= 2 * FULL_BYTES || reports >= 2 * FULL_REPORTS;
    }

    int reports() {
        return reports;
    }

    ByteWriter bytes() {
        return bytes;
    }

    Texts texts() {
        return texts;
    }

    long firstSession() {
        return firstSession;
    }

    long firstSequence() {
        return firstSequence;
    }

    long firstAtMs() {
        return firstAtMs;
    }

    /** Whether the first report is not after a key. */
    boolean startsBy(long session, long sequence) {
        return firstSession < session || firstSession == session && firstSequence <= sequence;
    }

    BlockReader reader() {
        return new BlockReader(bytes.array(), 0, reports, texts, Ms.hourStart(firstAtMs));
    }

    BlockSpot spot(long session, long sequence) {
        return new BlockSpot(bytes.array(), 0, reader(), session, sequence);
    }

    /** Adds a report behind {@code before}, the last one of this block (not looked at if there is none). */
    void append(Report before, Report next) {
        if (reports == 0) {
            firstSession = next.session;
            firstSequence = next.sequence;
            firstAtMs = next.atMs;
            next.write(bytes, new Report().setOrigin(Ms.hourStart(next.atMs)), texts);
            reports = 1;
        } else if (before.isPlainlyFollowedBy(next)) {
            int unit = (int) (next.good - before.good);
            next.setPlain(before, unit);
            appendPlain(unit);
        } else {
            next.write(bytes, before, texts);
            reports++;
        }
    }

    /** Adds a plain report. */
    void appendPlain(int unit) {
        int last = bytes.last() & 0xFF;
        if (last < IDLE_RUN) {
            bytes.put(unit == 0 ? IDLE_RUN : UNIT_RUN);
        } else if (unit == 0) {
            appendIdle(last);
        } else {
            appendUnit(last);
        }
        reports++;
    }

    private void appendIdle(int run) {
        if (run < IDLE_RUN + LONGEST_RUN - 1) {
            bytes.setLast(run + 1);
        } else {
            bytes.put(IDLE_RUN);
        }
    }

    private void appendUnit(int run) {
        if (run < IDLE_RUN + LONGEST_RUN - 1) {
            bytes.setLast(UNIT_RUN + run - IDLE_RUN + 1);
        } else {
            bytes.put(UNIT_RUN);
        }
    }

    /** Takes the first reports of another block: those of whole bytes, and some without a unit out of the run behind them. */
    void takeStart(byte[] source, int from, int to, int count, int idleOfRun, long session, long sequence, long atMs) {
        bytes.append(source, from, to - from);
        if (idleOfRun > 0) {
            bytes.put(IDLE_RUN + idleOfRun - 1);
        }
        reports = count;
        firstSession = session;
        firstSequence = sequence;
        firstAtMs = atMs;
    }

    /** Takes all of another block of the same hour and texts. */
    void become(ReportBlock other) {
        bytes.clear();
        bytes.append(other.bytes.array(), 0, other.bytes.length());
        reports = other.reports;
        firstSession = other.firstSession;
        firstSequence = other.firstSequence;
        firstAtMs = other.firstAtMs;
    }

    void write(ByteWriter out) {
        out.varint(reports);
        if (reports > 0) {
            out.varint(bytes.length());
            out.append(bytes.array(), 0, bytes.length());
            texts.write(out);
            out.zigzag(firstSession);
            out.zigzag(firstSequence);
            out.zigzag(firstAtMs);
        }
    }

    static ReportBlock read(ByteReader in) {
        int reports = in.count();
        if (reports == 0) {
            return new ReportBlock(new Texts());
        }
        ByteWriter bytes = ByteWriter.of(in.bytes(in.count()));
        ReportBlock block = new ReportBlock(bytes, Texts.read(in));
        block.reports = reports;
        block.firstSession = in.zigzag();
        block.firstSequence = in.zigzag();
        block.firstAtMs = in.zigzag();
        return block;
    }
}

package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One UTC hour of a line's timeline: the reports whose effective time lies in it, in blocks that can be read alone; the sums taken from them so far; and
 * which rows were written, so that a product that no longer holds anything becomes zero. Once its rows are final it keeps only the sums.
 */
public final class HourChunk {
    static final long NOT_AT_HAND = Long.MIN_VALUE;

    private static final int FORMAT_VERSION = 1;
    private static final int BLOCK_REPORTS = 64;
    private static final int LONGEST_BLOCK = 96;
    private static final int BLOCK_FIELDS = 3;
    private static final int HOUR_WRITTEN = Ms.MINUTES_PER_HOUR;

    private final long hour;
    private ByteWriter log;
    /** By block: where it starts in the log, how many reports it holds, the first one's effective time after the start of the hour. */
    private int[] blocks;

    private int blockCount;
    private Texts texts;
    private long firstSession;
    private long firstSequence;
    private long lastAtMs;

    private List<String> writtenProducts = new ArrayList<>(1);
    /** By product: a bit for each minute, and one for the hour, whose row was written. */
    private long[] written = new long[1];

    private @Nullable HourTotals totals;
    private long totalsToMs;
    /** Refused reports by minute of the watermark that judged them; null if there were none. */
    private long @Nullable [] late;
    /** Good units by minute as far as the totals go; only for the newest hours. */
    private long @Nullable [] goodByMinute;

    HourChunk(long hour) {
        this(hour, new ByteWriter(32), new int[BLOCK_FIELDS], 0, new Texts());
    }

    private HourChunk(long hour, ByteWriter log, int[] blocks, int blockCount, Texts texts) {
        this.hour = hour;
        this.log = log;
        this.blocks = blocks;
        this.blockCount = blockCount;
        this.texts = texts;
        this.totalsToMs = hour * Ms.HOUR;
    }

    /** A chunk that can be changed without this one noticing; bytes are shared until then. */
    public HourChunk copy() {
        HourChunk copy = new HourChunk(
                hour,
                log.copy(),
                Arrays.copyOf(blocks, Math.max(1, blockCount) * BLOCK_FIELDS),
                blockCount,
                texts.copy());
        copy.firstSession = firstSession;
        copy.firstSequence = firstSequence;
        copy.lastAtMs = lastAtMs;
        copy.writtenProducts = new ArrayList<>(writtenProducts);
        copy.written = written.clone();
        copy.totals = totals == null ? null : totals.copy();
        copy.totalsToMs = totalsToMs;
        copy.late = late == null ? null : late.clone();
        copy.goodByMinute = goodByMinute == null ? null : goodByMinute.clone();
        return copy;
    }

    /** Compact bytes, format version first. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter(log.length() + 160);
        out.put(FORMAT_VERSION);
        out.zigzag(hour);
        out.varint(log.length());
        out.append(log.array(), 0, log.length());
        out.varint(blockCount);
        for (int b = 0; b < blockCount; b++) {
            out.varint(blockEnd(b) - blockStart(b));
            out.varint(blockReports(b));
            out.varint(blocks[b * BLOCK_FIELDS + 2]);
        }
        texts.write(out);
        out.zigzag(firstSession);
        out.zigzag(firstSequence);
        out.zigzag(lastAtMs);
        out.varint(writtenProducts.size());
        for (int i = 0; i < writtenProducts.size(); i++) {
            out.text(writtenProducts.get(i));
            out.varint(written[i]);
        }
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

    /** Reads what {@link #encode} wrote. */
    public static HourChunk decode(byte[] bytes) {
        ByteReader in = ByteReader.of(bytes, FORMAT_VERSION, "hour of a line");
        long hour = in.zigzag();
        ByteWriter log = ByteWriter.of(in.bytes(in.count()));
        int blockCount = in.count();
        int[] blocks = new int[Math.max(1, blockCount) * BLOCK_FIELDS];
        int start = 0;
        for (int b = 0; b < blockCount; b++) {
            blocks[b * BLOCK_FIELDS] = start;
            start += in.count();
            blocks[b * BLOCK_FIELDS + 1] = in.count();
            blocks[b * BLOCK_FIELDS + 2] = in.count();
        }
        HourChunk chunk = new HourChunk(hour, log, blocks, blockCount, Texts.read(in));
        chunk.firstSession = in.zigzag();
        chunk.firstSequence = in.zigzag();
        chunk.lastAtMs = in.zigzag();
        int products = in.count();
        chunk.written = new long[Math.max(1, products)];
        for (int i = 0; i < products; i++) {
            chunk.writtenProducts.add(in.text());
            chunk.written[i] = in.varint();
        }
        if (in.get() != 0) {
            chunk.totalsToMs = chunk.startMs() + in.varint();
            chunk.totals = HourTotals.read(in);
        }
        if (in.get() != 0) {
            long[] late = new long[Ms.MINUTES_PER_HOUR];
            for (int i = 0; i < late.length; i++) {
                late[i] = in.varint();
            }
            chunk.late = late;
        }
        return chunk;
    }

    long startMs() {
        return hour * Ms.HOUR;
    }

    long endMs() {
        return startMs() + Ms.HOUR;
    }

    /** Nothing in it that could ever matter. */
    boolean isBlank() {
        return blockCount == 0 && writtenProducts.isEmpty() && late == null && (totals == null || totals.isEmpty());
    }

    // reports

    boolean hasReports() {
        return blockCount > 0;
    }

    long lastAtMs() {
        return lastAtMs;
    }

    int blockCount() {
        return blockCount;
    }

    int blockReports(int block) {
        return blocks[block * BLOCK_FIELDS + 1];
    }

    private int blockStart(int block) {
        return blocks[block * BLOCK_FIELDS];
    }

    private int blockEnd(int block) {
        return block + 1 < blockCount ? blockStart(block + 1) : log.length();
    }

    ByteReader blockReader(int block) {
        return new ByteReader(log.array(), blockStart(block));
    }

    Texts texts() {
        return texts;
    }

    int compareFirstKey(long session, long sequence) {
        int bySession = Long.compare(firstSession, session);
        return bySession != 0 ? bySession : Long.compare(firstSequence, sequence);
    }

    /** Last block that starts before an instant; -1 if none does. */
    int lastBlockBefore(long ms) {
        int block = blockCount - 1;
        while (block >= 0 && startMs() + blocks[block * BLOCK_FIELDS + 2] >= ms) {
            block--;
        }
        return block;
    }

    /** Last block whose first report is not after a key; the first block if all are. */
    int blockOf(long session, long sequence) {
        int low = 0;
        int high = blockCount - 1;
        Report first = new Report();
        Report origin = Report.origin(startMs());
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            first.read(blockReader(middle), origin, texts);
            if (first.compareKey(session, sequence) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Adds a report behind {@code last}, the last one of this hour (not looked at if there is none). */
    void append(Report last, Report next) {
        int tail = (blockCount - 1) * BLOCK_FIELDS;
        if (blockCount == 0 || blocks[tail + 1] >= BLOCK_REPORTS) {
            tail += BLOCK_FIELDS;
            if (blocks.length < tail + BLOCK_FIELDS) {
                blocks = Arrays.copyOf(blocks, tail + Math.max(BLOCK_FIELDS, tail / 2));
            }
            blocks[tail] = log.length();
            blocks[tail + 1] = 1;
            blocks[tail + 2] = (int) (next.atMs - startMs());
            if (blockCount++ == 0) {
                firstSession = next.session;
                firstSequence = next.sequence;
            }
            next.write(log, Report.origin(startMs()), texts);
        } else {
            blocks[tail + 1]++;
            next.write(log, last, texts);
        }
        lastAtMs = next.atMs;
    }

    List<Report> reports(int block) {
        int count = blockReports(block);
        List<Report> reports = new ArrayList<>(count + 1);
        ByteReader in = blockReader(block);
        Report before = Report.origin(startMs());
        for (int i = 0; i < count; i++) {
            Report report = new Report();
            report.read(in, before, texts);
            reports.add(report);
            before = report;
        }
        return reports;
    }

    List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (int block = 0; block < blockCount; block++) {
            reports.addAll(reports(block));
        }
        return reports;
    }

    /** Replaces a block's reports, in two blocks if they are many. */
    void replaceBlock(int block, List<Report> reports) {
        boolean split = reports.size() > LONGEST_BLOCK;
        int half = split ? reports.size() / 2 : reports.size();
        int start = blockStart(block);
        ByteWriter bytes = new ByteWriter(log.length() / Math.max(1, blockCount) + 64);
        writeBlock(reports.subList(0, half), bytes);
        int secondStart = start + bytes.length();
        if (split) {
            writeBlock(reports.subList(half, reports.size()), bytes);
        }
        int end = blockEnd(block);
        int grown = bytes.length() - (end - start);
        log.splice(start, end, bytes);
        if (split) {
            int from = (block + 1) * BLOCK_FIELDS;
            int[] more = new int[(blockCount + 1) * BLOCK_FIELDS];
            System.arraycopy(blocks, 0, more, 0, from);
            System.arraycopy(blocks, from, more, from + BLOCK_FIELDS, blockCount * BLOCK_FIELDS - from);
            blocks = more;
            blockCount++;
            describeBlock(block + 1, secondStart, reports.subList(half, reports.size()));
        }
        describeBlock(block, start, reports.subList(0, half));
        for (int b = block + (split ? 2 : 1); b < blockCount; b++) {
            blocks[b * BLOCK_FIELDS] += grown;
        }
        if (block == 0) {
            firstSession = reports.get(0).session;
            firstSequence = reports.get(0).sequence;
        }
        lastAtMs = Math.max(lastAtMs, reports.get(reports.size() - 1).atMs);
    }

    private void describeBlock(int block, int start, List<Report> reports) {
        blocks[block * BLOCK_FIELDS] = start;
        blocks[block * BLOCK_FIELDS + 1] = reports.size();
        blocks[block * BLOCK_FIELDS + 2] = (int) (reports.get(0).atMs - startMs());
    }

    private void writeBlock(List<Report> reports, ByteWriter bytes) {
        Report before = Report.origin(startMs());
        for (Report report : reports) {
            report.write(bytes, before, texts);
            before = report;
        }
    }

    /** Replaces all reports. */
    void replaceAll(List<Report> reports) {
        dropReports();
        Report last = Report.origin(startMs());
        for (Report report : reports) {
            append(last, report);
            last = report;
        }
    }

    private void dropReports() {
        log = new ByteWriter(32);
        blocks = new int[BLOCK_FIELDS];
        blockCount = 0;
        texts = new Texts();
    }

    /** All rows of this hour are final: only its sums are still needed, for the rows of its production days. */
    void seal() {
        dropReports();
        log.trim();
        writtenProducts = new ArrayList<>(0);
        written = new long[1];
        late = null;
        goodByMinute = null;
    }

    /** The hour is over: gives back what was kept for quick growth and quick sums. */
    void settle() {
        log.trim();
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

    private int minuteOf(long atMs) {
        return (int) ((atMs - startMs()) / Ms.MINUTE);
    }

    // sums

    /** The sums of [start of the hour, {@link #totalsToMs()}). */
    HourTotals totals() {
        return totals == null ? new HourTotals() : totals;
    }

    long totalsToMs() {
        return totalsToMs;
    }

    void forgetTotals() {
        totals = null;
        totalsToMs = startMs();
        goodByMinute = null;
    }

    /** Takes in the facts of [{@link #totalsToMs()}, toMs). */
    void extendTotals(HourFacts facts, long toMs) {
        if (totals == null) {
            totals = new HourTotals();
            goodByMinute = new long[Ms.MINUTES_PER_HOUR];
        }
        totals.add(facts.totals());
        if (goodByMinute != null) {
            for (int minute = minuteOf(totalsToMs); startMs() + minute * Ms.MINUTE < toMs; minute++) {
                for (HourFacts.Row row = facts.minute(minute); row != null; row = row.next) {
                    goodByMinute[minute] += row.facts[Fact.GOOD_UNITS.ordinal()];
                }
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

    // written rows

    List<String> writtenProducts() {
        return writtenProducts;
    }

    boolean minuteWritten(String productId, int minute) {
        return isWritten(productId, minute);
    }

    boolean hourWritten(String productId) {
        return isWritten(productId, HOUR_WRITTEN);
    }

    void minuteWasWritten(String productId, int minute) {
        wasWritten(productId, minute);
    }

    void hourWasWritten(String productId) {
        wasWritten(productId, HOUR_WRITTEN);
    }

    private boolean isWritten(String productId, int bit) {
        int i = writtenProducts.indexOf(productId);
        return i >= 0 && (written[i] >>> bit & 1) != 0;
    }

    private void wasWritten(String productId, int bit) {
        int i = writtenProducts.indexOf(productId);
        if (i < 0) {
            i = writtenProducts.size();
            writtenProducts.add(productId);
            written = Arrays.copyOf(written, i + 1);
        }
        written[i] |= 1L << bit;
    }

    /** End of the first written window of this hour that ends after an instant; {@code Long.MAX_VALUE} if none does. */
    long nextWrittenEnd(long afterMs) {
        long any = 0;
        for (long bits : written) {
            any |= bits;
        }
        int firstMinute = (int) Math.max(0, Math.floorDiv(afterMs - startMs(), Ms.MINUTE));
        if (firstMinute >= Ms.MINUTES_PER_HOUR) {
            return Long.MAX_VALUE;
        }
        int minute = Long.numberOfTrailingZeros(any >>> firstMinute << firstMinute & ~(1L << HOUR_WRITTEN));
        if (minute < Ms.MINUTES_PER_HOUR) {
            return startMs() + (minute + 1) * Ms.MINUTE;
        }
        return any == 0 ? Long.MAX_VALUE : endMs();
    }
}

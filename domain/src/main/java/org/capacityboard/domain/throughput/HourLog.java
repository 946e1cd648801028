package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reports of one hour in blocks that can be read alone, those of the head's open block excepted. */
final class HourLog {
    static final int NO_BLOCK = -1;

    private static final int BLOCK_FIELDS = 3;
    private static final int[] NO_BLOCKS = {};

    private final long startMs;
    private final ByteWriter bytes;
    private final Texts texts;
    /** By block: where it starts in the bytes, how many reports it holds, the first one's effective time after the start of the hour. */
    private int[] blocks;

    private int blockCount;
    private long firstSession;
    private long firstSequence;
    private long lastAtMs;

    HourLog(long startMs) {
        this(startMs, new ByteWriter(0), NO_BLOCKS, 0, new Texts());
    }

    private HourLog(long startMs, ByteWriter bytes, int[] blocks, int blockCount, Texts texts) {
        this.startMs = startMs;
        this.bytes = bytes;
        this.blocks = blocks;
        this.blockCount = blockCount;
        this.texts = texts;
    }

    void write(ByteWriter out) {
        out.varint(bytes.length());
        out.append(bytes.array(), 0, bytes.length());
        out.varint(blockCount);
        for (int b = 0; b < blockCount; b++) {
            out.varint(end(b) - start(b));
            out.varint(reportsOf(b));
            out.varint(blocks[b * BLOCK_FIELDS + 2]);
        }
        texts.write(out);
        out.zigzag(firstSession);
        out.zigzag(firstSequence);
        out.zigzag(lastAtMs);
    }

    static HourLog read(ByteReader in, long startMs) {
        ByteWriter bytes = ByteWriter.of(in.bytes(in.count()));
        int blockCount = in.count();
        int[] blocks = new int[blockCount * BLOCK_FIELDS];
        int start = 0;
        for (int b = 0; b < blockCount; b++) {
            blocks[b * BLOCK_FIELDS] = start;
            start += in.count();
            blocks[b * BLOCK_FIELDS + 1] = in.count();
            blocks[b * BLOCK_FIELDS + 2] = in.count();
        }
        HourLog log = new HourLog(startMs, bytes, blocks, blockCount, Texts.read(in));
        log.firstSession = in.zigzag();
        log.firstSequence = in.zigzag();
        log.lastAtMs = in.zigzag();
        return log;
    }

    /** Comes into the cache; see {@link LineHead#glanceAtWindows}. */
    int glance() {
        return blockCount == 0 ? 0 : blocks[0] + bytes.last();
    }

    boolean isEmpty() {
        return blockCount == 0;
    }

    int blockCount() {
        return blockCount;
    }

    Texts texts() {
        return texts;
    }

    long startMs() {
        return startMs;
    }

    long firstSession() {
        return firstSession;
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastAtMs() {
        return lastAtMs;
    }

    int reportCount() {
        int count = 0;
        for (int b = 0; b < blockCount; b++) {
            count += reportsOf(b);
        }
        return count;
    }

    private int start(int block) {
        return blocks[block * BLOCK_FIELDS];
    }

    private int end(int block) {
        return block + 1 < blockCount ? start(block + 1) : bytes.length();
    }

    private int reportsOf(int block) {
        return blocks[block * BLOCK_FIELDS + 1];
    }

    BlockReader reader(int block) {
        return new BlockReader(bytes.array(), start(block), reportsOf(block), texts, startMs);
    }

    BlockSpot spot(int block, long session, long sequence) {
        return new BlockSpot(bytes.array(), start(block), reader(block), session, sequence);
    }

    /** Last block that starts before an instant; {@link #NO_BLOCK} if none does. */
    int lastBlockBefore(long ms) {
        int block = blockCount - 1;
        while (block >= 0 && startMs + blocks[block * BLOCK_FIELDS + 2] >= ms) {
            block--;
        }
        return block;
    }

    /** Last block whose first report is not after a key; the first block if all are. */
    int blockOf(long session, long sequence) {
        int low = 0;
        int high = blockCount - 1;
        Report first = new Report();
        while (low < high) {
            // Late reports are mostly near the end.
            int middle = high - low > 2 ? (low + high + 1) >>> 1 : high;
            reader(middle).read(first, first);
            if (first.compareKey(session, sequence) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Notes the first report of the hour, which starts the open block. */
    void startsWith(Report first) {
        firstSession = first.session;
        firstSequence = first.sequence;
    }

    /** Adds a block behind the others. */
    void addBlock(ReportBlock block, long blockLastAtMs) {
        if (!block.isTooLong() && (block.texts().isEmpty() || block.texts() == texts)) {
            addBytes(block);
        } else {
            for (ReportBlock piece : pieces(block)) {
                addBytes(piece);
            }
        }
        lastAtMs = blockLastAtMs;
    }

    private void addBytes(ReportBlock block) {
        if (blockCount == 0) {
            firstSession = block.firstSession();
            firstSequence = block.firstSequence();
        }
        int at = blockCount++ * BLOCK_FIELDS;
        if (blocks.length < at + BLOCK_FIELDS) {
            blocks = Arrays.copyOf(blocks, at + Math.max(BLOCK_FIELDS, at / 2));
        }
        describe(at, bytes.length(), block);
        bytes.append(block.bytes().array(), 0, block.bytes().length());
    }

    private void describe(int at, int start, ReportBlock block) {
        blocks[at] = start;
        blocks[at + 1] = block.reports();
        blocks[at + 2] = (int) (block.firstAtMs() - startMs);
    }

    /** Replaces a block whose texts are numbered here by what became of it. */
    void replaceBlock(int block, ReportBlock by, long blockLastAtMs) {
        List<ReportBlock> pieces = by.isTooLong() ? pieces(by) : List.of(by);
        int start = start(block);
        int behind = end(block);
        ByteWriter written = new ByteWriter(by.bytes().length() + 32);
        int more = pieces.size() - 1;
        int[] described = new int[(blockCount + more) * BLOCK_FIELDS];
        int from = (block + 1) * BLOCK_FIELDS;
        System.arraycopy(blocks, 0, described, 0, from);
        System.arraycopy(blocks, from, described, from + more * BLOCK_FIELDS, blockCount * BLOCK_FIELDS - from);
        blocks = described;
        blockCount += more;
        for (int piece = 0; piece <= more; piece++) {
            describe((block + piece) * BLOCK_FIELDS, start + written.length(), pieces.get(piece));
            written.append(
                    pieces.get(piece).bytes().array(),
                    0,
                    pieces.get(piece).bytes().length());
        }
        bytes.splice(start, behind, written);
        for (int b = block + more + 1; b < blockCount; b++) {
            blocks[b * BLOCK_FIELDS] += written.length() - (behind - start);
        }
        if (block == 0) {
            firstSession = by.firstSession();
            firstSequence = by.firstSequence();
        }
        lastAtMs = Math.max(lastAtMs, blockLastAtMs);
    }

    /** A block's reports in blocks of usual size, their texts numbered here. */
    private List<ReportBlock> pieces(ReportBlock block) {
        List<ReportBlock> pieces = new ArrayList<>();
        Report before = new Report();
        ReportBlock piece = new ReportBlock(texts);
        for (Report report : read(block.reader())) {
            if (piece.isFull()) {
                pieces.add(piece);
                piece = new ReportBlock(texts);
            }
            piece.append(before, report);
            before = report;
        }
        pieces.add(piece);
        return pieces;
    }

    static List<Report> read(BlockReader reader) {
        List<Report> reports = new ArrayList<>();
        Report before = new Report();
        for (Report next = new Report(); reader.read(before, next); next = new Report()) {
            reports.add(next);
            before = next;
        }
        return reports;
    }

    /** All reports, in their order. */
    List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (int block = 0; block < blockCount; block++) {
            reports.addAll(read(reader(block)));
        }
        return reports;
    }

    void trim() {
        bytes.trim();
        if (blocks.length > blockCount * BLOCK_FIELDS) {
            blocks = Arrays.copyOf(blocks, blockCount * BLOCK_FIELDS);
        }
    }

    /** Fills the log of an hour, report by report. */
    static final class Filler {
        private final HourLog log;
        private final ReportBlock block;
        private Report before = new Report();

        Filler(HourLog empty) {
            log = empty;
            block = new ReportBlock(empty.texts);
        }

        /** Adds the next report, which the filler may change later. */
        void add(Report next) {
            if (block.isFull()) {
                close();
            }
            block.append(before, next);
            before = next;
        }

        /**
         * Adds plain reports without a unit as far as they are a run, into the report added last too.
         *
         * @return how many it added, of those given
         */
        int addIdle(int reports, long stepMs) {
            if (block.isEmpty() || before.stepMs() != stepMs) {
                return 0;
            }
            int added = 0;
            while (added < reports && !block.isFull()) {
                block.appendPlain(0);
                added++;
            }
            before.passPlain(added, 0);
            return added;
        }

        void close() {
            if (!block.isEmpty()) {
                log.addBlock(block, before.atMs);
                block.clearReports();
            }
        }
    }
}

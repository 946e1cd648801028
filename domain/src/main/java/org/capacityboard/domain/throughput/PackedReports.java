package org.capacityboard.domain.throughput;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reports of an hour at the odds that their like had before in the same hour: which reports were repeated; how many without a unit lie between two with
 * one; and of the others which fields differ from those of the report before, and by how much.
 */
final class PackedReports {
    private static final int RUN_BITS = 7;
    /** So many without a unit, and the run is not over. */
    private static final int LONGEST_RUN = (1 << RUN_BITS) - 1;

    private static final int PLAIN = 0;
    private static final int OTHER = 1;

    private static final int SESSION = 0;
    private static final int SEQUENCE = 1;
    private static final int STEP = 2;
    private static final int LAG = 3;
    private static final int STATE = 4;
    private static final int REASON = 5;
    private static final int ORDER = 6;
    private static final int PRODUCT = 7;
    private static final int GOOD = 8;
    private static final int SCRAP = 9;
    private static final int REWORK = 10;
    private static final int FIELDS = 11;

    private static final MachineState[] STATES = MachineState.values();

    private final BitOdds odds;
    private final Texts texts;
    private final int[] runs = BitOdds.tree(RUN_BITS);
    private final int[] kinds = new int[1];
    private final int[] isChanged = new int[FIELDS];
    private final int[][] changes = new int[FIELDS][];
    private final int[] gaps = BitOdds.number();
    private final int[] times = BitOdds.number();

    /** By repeated report: how many that were not lie before it, and how often it came again. */
    private int[] repeats = {};

    private int repeatCount;
    /** Between the last two reports. */
    private long stepMs;

    private PackedReports(BitOdds odds, Texts texts) {
        this.odds = odds;
        this.texts = texts;
        Arrays.setAll(changes, field -> BitOdds.number());
    }

    /** Writes the reports of an hour, the first of them against an origin. They must be the last of the bytes. */
    static void write(HourLog log, Report origin, Texts texts, ByteWriter out) {
        BitOddsWriter bits = new BitOddsWriter(out);
        PackedReports packed = new PackedReports(bits, texts);
        out.varint(log.reportCount());
        packed.findRepeats(log);
        packed.codeRepeats();
        packed.writeReports(log, origin);
        bits.close();
    }

    /** Reads the reports of an hour into its empty log. */
    static void read(byte[] bytes, int position, Report origin, Texts texts, HourLog log) {
        ByteReader in = new ByteReader(bytes, position);
        int reports = in.count();
        PackedReports packed = new PackedReports(new BitOddsReader(bytes, in.position()), texts);
        packed.codeRepeats();
        packed.readReports(reports, origin, log);
    }

    private void findRepeats(HourLog log) {
        int gap = 0;
        Report before = new Report();
        Report next = new Report();
        for (int block = 0; block < log.blockCount(); block++) {
            BlockReader reader = log.reader(block);
            while (reader.read(before, next)) {
                if (next.duplicates > 0) {
                    addRepeat(gap, Math.toIntExact(next.duplicates));
                    gap = 0;
                } else {
                    gap += 1 + reader.idleAhead();
                    reader.passIdle(reader.idleAhead(), next);
                }
                Report free = before;
                before = next;
                next = free;
            }
        }
    }

    private void addRepeat(int gap, int count) {
        if (2 * repeatCount == repeats.length) {
            repeats = Arrays.copyOf(repeats, Math.max(64, 2 * repeats.length));
        }
        repeats[2 * repeatCount] = gap;
        repeats[2 * repeatCount + 1] = count;
        repeatCount++;
    }

    private void codeRepeats() {
        repeatCount = (int) odds.number(times, repeatCount);
        repeats = Arrays.copyOf(repeats, 2 * repeatCount);
        for (int i = 0; i < 2 * repeatCount; i += 2) {
            repeats[i] = (int) odds.number(gaps, repeats[i]);
            repeats[i + 1] = (int) odds.number(times, repeats[i + 1]);
        }
    }

    private void writeReports(HourLog log, Report origin) {
        Report before = origin;
        Report next = new Report();
        int run = 0;
        for (int block = 0; block < log.blockCount(); block++) {
            BlockReader reader = log.reader(block);
            while (reader.read(before, next)) {
                boolean plain = isPlain(before, next);
                if (plain && next.good == before.good) {
                    int idle = reader.isIdle() ? reader.idleAhead() : 0;
                    reader.passIdle(idle, next);
                    run += 1 + idle;
                    for (; run >= LONGEST_RUN; run -= LONGEST_RUN) {
                        odds.tree(runs, RUN_BITS, LONGEST_RUN);
                    }
                } else {
                    odds.tree(runs, RUN_BITS, run);
                    run = 0;
                    odds.bit(kinds, 0, plain ? PLAIN : OTHER);
                    if (!plain) {
                        codeChanges(before, next);
                        stepMs = next.atMs - before.atMs;
                    }
                }
                Report free = before;
                before = next;
                next = free;
            }
        }
        if (run > 0) {
            odds.tree(runs, RUN_BITS, run);
        }
    }

    private boolean isPlain(Report before, Report next) {
        return (next.good == before.good || next.good == before.good + 1)
                && next.sequence == before.sequence + 1
                && next.atMs == before.atMs + stepMs
                && next.lagMs == 0
                && next.saysTheSame(before);
    }

    private void readReports(int count, Report origin, HourLog log) {
        HourLog.Filler filler = new HourLog.Filler(log);
        Report before = origin;
        Report next = new Report();
        int repeat = 0;
        int untilRepeat = repeatCount > 0 ? repeats[0] : count;
        int run = 0;
        boolean runEnds = false;
        for (int left = count; left > 0; ) {
            if (run == 0 && !runEnds) {
                run = odds.tree(runs, RUN_BITS, 0);
                runEnds = run < LONGEST_RUN;
            }
            int idle = filler.addIdle(Math.min(Math.min(run, untilRepeat), left), stepMs);
            run -= idle;
            untilRepeat -= idle;
            left -= idle;
            if (left == 0 || run == 0 && !runEnds) {
                continue;
            }
            next.set(before);
            next.lagMs = 0;
            next.duplicates = 0;
            boolean plain = run > 0 || odds.bit(kinds, 0, 0) == PLAIN;
            if (plain) {
                next.sequence++;
                next.atMs += stepMs;
                next.good += run > 0 ? 0 : 1;
            } else {
                codeChanges(before, next);
                stepMs = next.atMs - before.atMs;
            }
            runEnds &= run > 0;
            run = Math.max(0, run - 1);
            if (untilRepeat == 0) {
                next.duplicates = repeats[2 * repeat + 1];
                repeat++;
                untilRepeat = repeat < repeatCount ? repeats[2 * repeat] : count;
            } else {
                untilRepeat--;
            }
            filler.add(next);
            left--;
            Report free = before;
            before = next;
            next = free;
        }
        filler.close();
    }

    private void codeChanges(Report before, Report next) {
        next.session = code(SESSION, before.session, next.session);
        next.sequence = code(SEQUENCE, before.sequence + 1, next.sequence);
        next.atMs = code(STEP, before.atMs + stepMs, next.atMs);
        next.lagMs = code(LAG, 0, next.lagMs);
        next.state = STATES[(int) code(STATE, before.state.ordinal(), next.state.ordinal())];
        next.reason = code(REASON, before.reason, next.reason);
        next.order = code(ORDER, before.order, next.order);
        next.product = code(PRODUCT, before.product, next.product);
        next.good = code(GOOD, before.good, next.good);
        next.scrap = code(SCRAP, before.scrap, next.scrap);
        next.rework = code(REWORK, before.rework, next.rework);
    }

    private @Nullable String code(int field, @Nullable String usual, @Nullable String text) {
        return texts.textOf((int) code(field, texts.codeOf(usual), texts.codeOf(text)));
    }

    private long code(int field, long usual, long value) {
        if (odds.bit(isChanged, field, value == usual ? 0 : 1) == 0) {
            return usual;
        }
        return usual + odds.signed(changes[field], value - usual);
    }
}

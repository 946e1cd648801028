package org.capacityboard.domain.throughput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report as the timeline keeps it: reusable, and written as the difference to the one before it. Most reports are <em>plain</em>: they say again what the
 * one before said, a usual step later, with the good counter the same or one higher.
 */
final class Report {
    private static final MachineState[] STATES = MachineState.values();

    private static final int STATE = 1;
    private static final int MORE = 1 << 1;
    private static final int REWORK = 1 << 2;
    private static final int SCRAP = 1 << 3;
    private static final int LAG = 1 << 4;
    private static final int SAME_STEP = 1 << 5;
    private static final int SAME_GOOD_STEP = 1 << 6;

    private static final int SESSION = 1;
    private static final int SEQUENCE = 1 << 1;
    private static final int REASON = 1 << 2;
    private static final int ORDER = 1 << 3;
    private static final int PRODUCT = 1 << 4;
    private static final int DUPLICATES = 1 << 5;

    long session;
    long sequence;
    /** Effective time: never before the predecessor's. */
    long atMs;
    /** How far the event time lies before the effective time. */
    long lagMs;

    MachineState state = MachineState.EXECUTE;

    @Nullable
    String reason;

    @Nullable
    String order;

    @Nullable
    String product;

    long good;
    long scrap;
    long rework;
    long duplicates;
    /** What the next report is written against: regular reports repeat their steps. */
    private long stepMs;

    private long goodStep;

    /** Comes into the cache; see {@link LineHead#glance}. */
    int glance() {
        return (int) (session + goodStep);
    }

    /** What the first report of a block is written against. */
    Report setOrigin(long originMs) {
        session = 0;
        sequence = 0;
        atMs = originMs;
        lagMs = 0;
        state = MachineState.EXECUTE;
        reason = null;
        order = null;
        product = null;
        good = 0;
        scrap = 0;
        rework = 0;
        duplicates = 0;
        stepMs = 0;
        goodStep = 0;
        return this;
    }

    Report copy() {
        return new Report().set(this);
    }

    Report set(Report other) {
        session = other.session;
        sequence = other.sequence;
        atMs = other.atMs;
        lagMs = other.lagMs;
        say(other.state, other.reason, other.order, other.product);
        good = other.good;
        scrap = other.scrap;
        rework = other.rework;
        duplicates = other.duplicates;
        stepMs = other.stepMs;
        goodStep = other.goodStep;
        return this;
    }

    /** Most say the same again; a reference that is written anew, the same or not, has the garbage collector look at its surroundings. */
    private void say(
            MachineState newState, @Nullable String newReason, @Nullable String newOrder, @Nullable String newProduct) {
        if (state != newState) {
            state = newState;
        }
        if (reason != newReason) {
            reason = newReason;
        }
        if (order != newOrder) {
            order = newOrder;
        }
        if (product != newProduct) {
            product = newProduct;
        }
    }

    /** Takes what a line said; the effective time is its event time, not before {@code earliestMs}. */
    Report set(LineReport said, long earliestMs) {
        session = said.sessionId();
        sequence = said.sequence();
        atMs = Math.max(said.eventTimeMs(), earliestMs);
        lagMs = atMs - said.eventTimeMs();
        say(said.state(), said.reasonCode(), said.orderId(), said.productId());
        good = said.goodCount();
        scrap = said.scrapCount();
        rework = said.reworkCount();
        duplicates = 0;
        return this;
    }

    /** Whether what a line said comes plainly after this report. */
    boolean isPlainlyFollowedBy(LineReport said) {
        return isPlainStep(said.goodCount() - good)
                && said.sequence() == sequence + 1
                && said.eventTimeMs() == atMs + stepMs
                && said.state() == state
                && said.scrapCount() == scrap
                && said.reworkCount() == rework
                && said.sessionId() == session
                && Objects.equals(said.reasonCode(), reason)
                && Objects.equals(said.orderId(), order)
                && Objects.equals(said.productId(), product);
    }

    /** Whether a report that was never repeated comes plainly after this one. */
    boolean isPlainlyFollowedBy(Report next) {
        return isPlainStep(next.good - good)
                && next.sequence == sequence + 1
                && next.atMs == atMs + stepMs
                && next.lagMs == 0
                && next.duplicates == 0
                && next.saysTheSame(this);
    }

    /** Whether nothing but time, sequence and good units differ. */
    boolean saysTheSame(Report other) {
        return state == other.state
                && scrap == other.scrap
                && rework == other.rework
                && session == other.session
                && Objects.equals(reason, other.reason)
                && Objects.equals(order, other.order)
                && Objects.equals(product, other.product);
    }

    private static boolean isPlainStep(long goodStep) {
        return goodStep == 0 || goodStep == 1;
    }

    /** Becomes the plain report after {@code before}. */
    void setPlain(Report before, int unit) {
        set(before);
        passPlain(1, unit);
    }

    /** Becomes the last of some plain reports that follow it, of which only that last one may bring a unit. */
    void passPlain(int reports, int unit) {
        if (reports == 0) {
            return;
        }
        sequence += reports;
        atMs += reports * stepMs;
        lagMs = 0;
        duplicates = 0;
        good += unit;
        goodStep = unit;
    }

    /** Time between the report before and this one, as it was written or read last. */
    long stepMs() {
        return stepMs;
    }

    void delayTo(long laterMs) {
        lagMs += laterMs - atMs;
        atMs = laterMs;
    }

    int compareKey(long otherSession, long otherSequence) {
        int bySession = Long.compare(session, otherSession);
        return bySession != 0 ? bySession : Long.compare(sequence, otherSequence);
    }

    boolean says(LineReport said) {
        return atMs - lagMs == said.eventTimeMs()
                && state == said.state()
                && good == said.goodCount()
                && scrap == said.scrapCount()
                && rework == said.reworkCount()
                && Objects.equals(reason, said.reasonCode())
                && Objects.equals(order, said.orderId())
                && Objects.equals(product, said.productId());
    }

    /** Whether another content of the same report counts instead of this one: the later event time, then the higher bytes on the wire. */
    boolean yieldsTo(LineReport said) {
        long eventTimeMs = atMs - lagMs;
        if (eventTimeMs != said.eventTimeMs()) {
            return eventTimeMs < said.eventTimeMs();
        }
        byte[] kept = wireBytes(state, reason, order, product, good, scrap, rework);
        byte[] offered = wireBytes(
                said.state(),
                said.reasonCode(),
                said.orderId(),
                said.productId(),
                said.goodCount(),
                said.scrapCount(),
                said.reworkCount());
        return Arrays.compareUnsigned(kept, offered) < 0;
    }

    /** The fields after the event time as Avro's binary encoding writes them. */
    private static byte[] wireBytes(
            MachineState state,
            @Nullable String reason,
            @Nullable String order,
            @Nullable String product,
            long good,
            long scrap,
            long rework) {
        ByteWriter out = new ByteWriter(64);
        out.zigzag(state.ordinal());
        wireText(out, reason);
        wireText(out, order);
        wireText(out, product);
        out.zigzag(good);
        out.zigzag(scrap);
        out.zigzag(rework == LineReport.NOT_REPORTED ? 0 : 1);
        if (rework != LineReport.NOT_REPORTED) {
            out.zigzag(rework);
        }
        return out.toBytes();
    }

    private static void wireText(ByteWriter out, @Nullable String text) {
        out.zigzag(text == null ? 0 : 1);
        if (text != null) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.zigzag(utf8.length);
            out.append(utf8, 0, utf8.length);
        }
    }

    /** Writes this report as the difference to its predecessor in the block. */
    void write(ByteWriter out, Report before, Texts texts) {
        stepMs = atMs - before.atMs;
        goodStep = good - before.good;
        int more = (session != before.session ? SESSION : 0)
                | (sequence != before.sequence + 1 ? SEQUENCE : 0)
                | (Objects.equals(reason, before.reason) ? 0 : REASON)
                | (Objects.equals(order, before.order) ? 0 : ORDER)
                | (Objects.equals(product, before.product) ? 0 : PRODUCT)
                | (duplicates != 0 ? DUPLICATES : 0);
        int flags = (state != before.state ? STATE : 0)
                | (more != 0 ? MORE : 0)
                | (rework != before.rework ? REWORK : 0)
                | (scrap != before.scrap ? SCRAP : 0)
                | (lagMs != 0 ? LAG : 0)
                | (stepMs == before.stepMs ? SAME_STEP : 0)
                | (goodStep == before.goodStep ? SAME_GOOD_STEP : 0);
        out.put(flags);
        if ((flags & SAME_STEP) == 0) {
            out.varint(stepMs);
        }
        if ((flags & SAME_GOOD_STEP) == 0) {
            out.zigzag(goodStep);
        }
        if ((flags & STATE) != 0) {
            out.put(state.ordinal());
        }
        if ((flags & SCRAP) != 0) {
            out.zigzag(scrap - before.scrap);
        }
        if ((flags & REWORK) != 0) {
            out.zigzag(rework - before.rework);
        }
        if ((flags & LAG) != 0) {
            out.varint(lagMs);
        }
        if (more != 0) {
            writeMore(out, before, texts, more);
        }
    }

    private void writeMore(ByteWriter out, Report before, Texts texts, int more) {
        out.put(more);
        if ((more & SESSION) != 0) {
            out.zigzag(session - before.session);
        }
        if ((more & SEQUENCE) != 0) {
            out.zigzag(sequence - before.sequence);
        }
        if ((more & REASON) != 0) {
            out.varint(texts.codeOf(reason));
        }
        if ((more & ORDER) != 0) {
            out.varint(texts.codeOf(order));
        }
        if ((more & PRODUCT) != 0) {
            out.varint(texts.codeOf(product));
        }
        if ((more & DUPLICATES) != 0) {
            out.varint(duplicates);
        }
    }

    /** Reads what {@link #write} wrote against the same predecessor. */
    void read(ByteReader in, Report before, Texts texts) {
        int flags = in.get();
        stepMs = (flags & SAME_STEP) == 0 ? in.varint() : before.stepMs;
        atMs = before.atMs + stepMs;
        goodStep = (flags & SAME_GOOD_STEP) == 0 ? in.zigzag() : before.goodStep;
        good = before.good + goodStep;
        state = (flags & STATE) != 0 ? STATES[in.get()] : before.state;
        scrap = (flags & SCRAP) != 0 ? before.scrap + in.zigzag() : before.scrap;
        rework = (flags & REWORK) != 0 ? before.rework + in.zigzag() : before.rework;
        lagMs = (flags & LAG) != 0 ? in.varint() : 0;
        int more = (flags & MORE) != 0 ? in.get() : 0;
        session = (more & SESSION) != 0 ? before.session + in.zigzag() : before.session;
        sequence = (more & SEQUENCE) != 0 ? before.sequence + in.zigzag() : before.sequence + 1;
        reason = (more & REASON) != 0 ? texts.textOf(in.count()) : before.reason;
        order = (more & ORDER) != 0 ? texts.textOf(in.count()) : before.order;
        product = (more & PRODUCT) != 0 ? texts.textOf(in.count()) : before.product;
        duplicates = (more & DUPLICATES) != 0 ? in.varint() : 0;
    }

    /** Writes this report whole, with the steps that the next one is written against. */
    void writeWhole(ByteWriter out) {
        out.zigzag(session);
        out.zigzag(sequence);
        out.zigzag(atMs);
        out.varint(lagMs);
        out.put(state.ordinal());
        out.nullable(reason);
        out.nullable(order);
        out.nullable(product);
        out.zigzag(good);
        out.zigzag(scrap);
        out.zigzag(rework);
        out.varint(duplicates);
        out.varint(stepMs);
        out.zigzag(goodStep);
    }

    static Report readWhole(ByteReader in) {
        Report report = new Report();
        report.session = in.zigzag();
        report.sequence = in.zigzag();
        report.atMs = in.zigzag();
        report.lagMs = in.varint();
        report.state = STATES[in.get()];
        report.reason = in.nullable();
        report.order = in.nullable();
        report.product = in.nullable();
        report.good = in.zigzag();
        report.scrap = in.zigzag();
        report.rework = in.zigzag();
        report.duplicates = in.varint();
        report.stepMs = in.varint();
        report.goodStep = in.zigzag();
        return report;
    }
}

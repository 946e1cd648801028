package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.List;

/** A production day that has facts and is not final: its bounds, and which of its rows were written. */
final class OpenDay {
    /** A loss row: its category and reason. */
    record LossKey(LossCategory category, String reason) {}

    final long day;
    long startMs;
    long endMs;
    boolean dirty = true;

    // What current() asks for every second: the sum of the whole hours before an instant. Derived, never stored.
    private long[] pastFacts = {};
    private long pastToMs = Long.MIN_VALUE;

    final List<String> writtenProducts = new ArrayList<>(1);
    final List<LossKey> writtenLosses = new ArrayList<>(2);

    OpenDay(long day) {
        this.day = day;
    }

    /** Sum of all products over the hours of this day before {@link #pastToMs()}. */
    long[] pastFacts() {
        return pastFacts;
    }

    /** {@code Long.MIN_VALUE} if no sum is at hand. */
    long pastToMs() {
        return pastToMs;
    }

    void rememberPast(long[] facts, long toMs) {
        pastFacts = facts;
        pastToMs = toMs;
    }

    /** Something from an instant on changed. */
    void changedFrom(long fromMs) {
        dirty = true;
        if (fromMs < pastToMs) {
            pastToMs = Long.MIN_VALUE;
        }
    }

    void write(ByteWriter out) {
        out.zigzag(day);
        out.zigzag(startMs);
        out.varint(endMs - startMs);
        out.put(dirty ? 1 : 0);
        out.varint(writtenProducts.size());
        for (String product : writtenProducts) {
            out.text(product);
        }
        out.varint(writtenLosses.size());
        for (LossKey loss : writtenLosses) {
            out.put(loss.category.ordinal());
            out.text(loss.reason);
        }
    }

    static OpenDay read(ByteReader in) {
        OpenDay open = new OpenDay(in.zigzag());
        open.startMs = in.zigzag();
        open.endMs = open.startMs + in.varint();
        open.dirty = in.get() != 0;
        for (int i = in.count(); i > 0; i--) {
            open.writtenProducts.add(in.text());
        }
        LossCategory[] categories = LossCategory.values();
        for (int i = in.count(); i > 0; i--) {
            open.writtenLosses.add(new LossKey(categories[in.get()], in.text()));
        }
        return open;
    }
}

package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.List;

/** Facts and losses summed by production day: of an hour, or of a part of it. */
final class HourTotals {
    /** The facts of one product in one production day. */
    record Facts(String productId, long day, long[] facts) {}

    /** Planned time lost in one production day; the reason is empty if none was given. */
    static final class Loss {
        final long day;
        final LossCategory category;
        final String reason;
        long ms;

        Loss(long day, LossCategory category, String reason, long ms) {
            this.day = day;
            this.category = category;
            this.reason = reason;
            this.ms = ms;
        }
    }

    final List<Facts> facts = new ArrayList<>(1);
    final List<Loss> losses = new ArrayList<>(2);

    /** Comes into the cache; see {@link LineHead#glanceAtWindows}. */
    int glance() {
        return facts.isEmpty() ? 0 : (int) facts.get(0).facts[0];
    }

    HourTotals copy() {
        HourTotals copy = new HourTotals();
        copy.add(this);
        return copy;
    }

    void add(HourTotals others) {
        for (Facts other : others.facts) {
            add(other.productId, other.day, other.facts);
        }
        for (Loss other : others.losses) {
            addLoss(other.day, other.category, other.reason, other.ms);
        }
    }

    void add(String productId, long day, long[] more) {
        long[] sum = of(productId, day);
        for (int i = 0; i < Fact.COUNT; i++) {
            sum[i] += more[i];
        }
    }

    private long[] of(String productId, long day) {
        for (Facts known : facts) {
            if (known.day == day && known.productId.equals(productId)) {
                return known.facts;
            }
        }
        Facts added = new Facts(productId, day, new long[Fact.COUNT]);
        facts.add(added);
        return added.facts;
    }

    void addLoss(long day, LossCategory category, String reason, long ms) {
        for (Loss known : losses) {
            if (known.day == day && known.category == category && known.reason.equals(reason)) {
                known.ms += ms;
                return;
            }
        }
        losses.add(new Loss(day, category, reason, ms));
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    void write(ByteWriter out) {
        out.varint(facts.size());
        for (Facts known : facts) {
            out.text(known.productId);
            out.zigzag(known.day);
            for (long fact : known.facts) {
                out.zigzag(fact);
            }
        }
        out.varint(losses.size());
        for (Loss loss : losses) {
            out.zigzag(loss.day);
            out.put(loss.category.ordinal());
            out.text(loss.reason);
            out.varint(loss.ms);
        }
    }

    static HourTotals read(ByteReader in) {
        HourTotals totals = new HourTotals();
        for (int i = in.count(); i > 0; i--) {
            long[] facts = new long[Fact.COUNT];
            Facts known = new Facts(in.text(), in.zigzag(), facts);
            for (int f = 0; f < Fact.COUNT; f++) {
                facts[f] = in.zigzag();
            }
            totals.facts.add(known);
        }
        LossCategory[] categories = LossCategory.values();
        for (int i = in.count(); i > 0; i--) {
            totals.losses.add(new Loss(in.zigzag(), categories[in.get()], in.text(), in.varint()));
        }
        return totals;
    }

    /** Short: texts by number, days against a known one, facts that are zero by a bit, and those in whole thousands as such. */
    void seal(ByteWriter out, Texts texts, long usualDay) {
        out.varint(facts.size());
        for (Facts known : facts) {
            out.varint(texts.codeOf(known.productId));
            out.zigzag(known.day - usualDay);
            long kinds = 0;
            for (int f = 0; f < Fact.COUNT; f++) {
                kinds |= (known.facts[f] == 0 ? 0L : 1L) << f;
                kinds |= (known.facts[f] == 0 || known.facts[f] % 1_000 != 0 ? 0L : 1L) << Fact.COUNT + f;
            }
            out.varint(kinds);
            for (int f = 0; f < Fact.COUNT; f++) {
                if (known.facts[f] != 0) {
                    out.zigzag((kinds >>> Fact.COUNT + f & 1) == 0 ? known.facts[f] : known.facts[f] / 1_000);
                }
            }
        }
        out.varint(losses.size());
        for (Loss loss : losses) {
            out.zigzag(loss.day - usualDay);
            out.put(loss.category.ordinal());
            out.varint(texts.codeOf(loss.reason));
            out.varint(loss.ms);
        }
    }

    static HourTotals unseal(ByteReader in, Texts texts, long usualDay) {
        HourTotals totals = new HourTotals();
        for (int i = in.count(); i > 0; i--) {
            long[] facts = new long[Fact.COUNT];
            Facts known = new Facts(texts.knownTextOf(in.count()), usualDay + in.zigzag(), facts);
            long kinds = in.varint();
            for (int f = 0; f < Fact.COUNT; f++) {
                if ((kinds >>> f & 1) != 0) {
                    facts[f] = in.zigzag() * ((kinds >>> Fact.COUNT + f & 1) == 0 ? 1 : 1_000);
                }
            }
            totals.facts.add(known);
        }
        LossCategory[] categories = LossCategory.values();
        for (int i = in.count(); i > 0; i--) {
            totals.losses.add(
                    new Loss(usualDay + in.zigzag(), categories[in.get()], texts.knownTextOf(in.count()), in.varint()));
        }
        return totals;
    }
}

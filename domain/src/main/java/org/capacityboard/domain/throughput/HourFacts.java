package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** Collects the facts of (a part of) one hour by minute and product, and its losses by production day. */
final class HourFacts {
    /** The facts of one product in one minute; further products of that minute follow. */
    static final class Row {
        final String productId;
        final long[] facts = new long[Fact.COUNT];
        final @Nullable Row next;

        Row(String productId, @Nullable Row next) {
            this.productId = productId;
            this.next = next;
        }
    }

    private final Settings settings;
    private final long startMs;
    private final int firstMinute;
    private final @Nullable Row[] minutes;
    private @Nullable HourTotals losses;

    /** For the minutes of [from, to), a range inside one hour. */
    HourFacts(Settings settings, long fromMs, long toMs) {
        this.settings = settings;
        this.startMs = Ms.minuteStart(fromMs);
        this.firstMinute = (int) ((startMs - Ms.hourStart(startMs)) / Ms.MINUTE);
        this.minutes = new @Nullable Row[(int) ((toMs - startMs + Ms.MINUTE - 1) / Ms.MINUTE)];
    }

    /** What a minute of the hour holds, product by product. */
    @Nullable
    Row minute(int minute) {
        return minutes[minute - firstMinute];
    }

    /** The row of the minute that {@code atMs} lies in. */
    long[] at(long atMs, String productId) {
        int minute = (int) ((atMs - startMs) / Ms.MINUTE);
        for (Row row = minutes[minute]; row != null; row = row.next) {
            if (row.productId.equals(productId)) {
                return row.facts;
            }
        }
        Row row = new Row(productId, minutes[minute]);
        minutes[minute] = row;
        return row.facts;
    }

    void unplannedProducing(long fromMs, long toMs, String productId) {
        for (long a = fromMs; a < toMs; ) {
            long b = Math.min(Ms.minuteStart(a) + Ms.MINUTE, toMs);
            at(a, productId)[Fact.UNPLANNED_PRODUCING_MS.ordinal()] += b - a;
            a = b;
        }
    }

    /** @param state null while unknown */
    void planned(long fromMs, long toMs, String productId, @Nullable MachineState state, @Nullable String reason) {
        int category = categoryOf(state).ordinal();
        LossCategory loss = lossOf(state);
        String lossReason = state == null || reason == null ? "" : reason;
        for (long a = fromMs; a < toMs; ) {
            long minuteStart = Ms.minuteStart(a);
            long b = Math.min(minuteStart + Ms.MINUTE, toMs);
            long[] facts = at(a, productId);
            facts[Fact.PLANNED_MS.ordinal()] += b - a;
            facts[category] += b - a;
            if (loss != null) {
                HourTotals known = losses;
                if (known == null) {
                    known = new HourTotals();
                    losses = known;
                }
                known.addLoss(settings.dayOfMinute(minuteStart), loss, lossReason, b - a);
            }
            a = b;
        }
    }

    private static Fact categoryOf(@Nullable MachineState state) {
        if (state == null) {
            return Fact.UNKNOWN_MS;
        }
        return switch (state) {
            case EXECUTE -> Fact.PRODUCING_MS;
            case SETUP -> Fact.SETUP_MS;
            case IDLE, SUSPENDED, HELD, COMPLETE -> Fact.DELAY_MS;
            case STOPPED, ABORTED, CLEARING, MAINTENANCE -> Fact.DOWN_MS;
            case OFFLINE -> Fact.UNKNOWN_MS;
        };
    }

    private static @Nullable LossCategory lossOf(@Nullable MachineState state) {
        if (state == null) {
            return LossCategory.UNKNOWN;
        }
        return switch (state) {
            case EXECUTE -> null;
            case SETUP -> LossCategory.SETUP;
            case IDLE -> LossCategory.DELAY_IDLE;
            case SUSPENDED -> LossCategory.DELAY_EXTERNAL;
            case HELD -> LossCategory.DELAY_INTERNAL;
            case COMPLETE -> LossCategory.DELAY_COMPLETE;
            case STOPPED, ABORTED, CLEARING, MAINTENANCE -> LossCategory.DOWN;
            case OFFLINE -> LossCategory.UNKNOWN;
        };
    }

    /** Adds everything collected to sums by production day. */
    void addTo(HourTotals totals) {
        HourTotals lost = losses;
        if (lost != null) {
            totals.add(lost);
        }
        for (int minute = 0; minute < minutes.length; minute++) {
            Row row = minutes[minute];
            if (row != null) {
                long dayOfMinute = settings.dayOfMinute(startMs + minute * Ms.MINUTE);
                for (; row != null; row = row.next) {
                    totals.add(row.productId, dayOfMinute, row.facts);
                }
            }
        }
    }

    /** Good units of a minute of the hour. */
    long goodUnits(int minute) {
        return goodUnits(minute(minute));
    }

    /** Good units of everything collected. */
    long goodUnits() {
        long units = 0;
        for (Row row : minutes) {
            units += goodUnits(row);
        }
        return units;
    }

    private static long goodUnits(@Nullable Row first) {
        long units = 0;
        for (Row row = first; row != null; row = row.next) {
            units += row.facts[Fact.GOOD_UNITS.ordinal()];
        }
        return units;
    }

    static boolean isZero(long[] facts) {
        for (long fact : facts) {
            if (fact != 0) {
                return false;
            }
        }
        return true;
    }
}

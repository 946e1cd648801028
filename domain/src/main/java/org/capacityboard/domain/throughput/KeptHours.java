package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** The hours of a line by their number: the open ones each on its own in the store, the sealed ones day by day. */
final class KeptHours {
    /** Days are stored under numbers that no hour has. */
    static final long FIRST_DAY = 1L << 40;

    private final HourStore store;

    KeptHours(HourStore store) {
        this.store = store;
    }

    @Nullable
    Hour get(long hour) {
        HourChunk chunk = store.get(hour);
        if (chunk instanceof OpenHour open) {
            return open;
        }
        SealedDay day = day(hour);
        return day == null ? null : day.get(hour);
    }

    /** An hour that must be there. */
    Hour known(long hour) {
        Hour known = get(hour);
        if (known == null) {
            throw new IllegalStateException("Hour " + hour + " of the line is missing from its state."
                    + "\nMaybe the state was restored in part: restore an older checkpoint.");
        }
        return known;
    }

    /** An hour to be changed, a new one if it is not kept. */
    OpenHour openOrNew(long hour) {
        Hour kept = get(hour);
        return kept == null ? new OpenHour(hour) : kept.opened();
    }

    /** To be called after every change of an hour. */
    void put(Hour hour) {
        if (hour instanceof OpenHour open) {
            if (open.wasSealed()) {
                dropSealed(open.hour());
                open.isKeptOpen();
            }
            store.put(open.hour(), open);
        } else if (hour instanceof SealedHour sealed) {
            SealedDay day = day(sealed.hour());
            store.remove(sealed.hour());
            store.put(dayOf(sealed.hour()), (day == null ? SealedDay.empty() : day).with(sealed));
        }
    }

    void remove(long hour) {
        store.remove(hour);
        dropSealed(hour);
    }

    private void dropSealed(long hour) {
        SealedDay day = day(hour);
        if (day != null) {
            SealedDay rest = day.without(hour);
            if (rest.isEmpty()) {
                store.remove(dayOf(hour));
            } else {
                store.put(dayOf(hour), rest);
            }
        }
    }

    private static long dayOf(long hour) {
        return FIRST_DAY + Math.floorDiv(hour, (long) SealedDay.HOURS);
    }

    private @Nullable SealedDay day(long hour) {
        return store.get(dayOf(hour)) instanceof SealedDay day ? day : null;
    }
}

package org.capacityboard.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps the strings of short ASCII texts that come again and again, so that each is decoded once. Not for several threads. */
public final class AsciiCache {
    private static final int LONGEST = 64;
    private static final int PROBES = 4;

    /** 2^32 over the golden ratio. */
    private static final int GOLDEN = 0x9E3779B9;

    private final int slotBits;
    private final int mask;
    private final byte[][] keys;
    private final @Nullable String[] values;

    /** A cache of {@code 1 << slotBits} texts. */
    public AsciiCache(int slotBits) {
        this.slotBits = slotBits;
        int slots = 1 << slotBits;
        mask = slots - 1;
        keys = new byte[slots][];
        values = new String[slots];
    }

    /** The text in these bytes; null if it is too long or not ASCII, that is not for this cache. */
    public @Nullable String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        // Ids that count up differ in their last digits only: the product spreads them over all slots.
        int home = (hash * GOLDEN) >>> (Integer.SIZE - slotBits);
        int free = home & mask;
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (home + probe) & mask;
            byte[] key = keys[slot];
            if (key == null) {
                free = slot;
                break;
            }
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return values[slot];
            }
        }
        return isAscii(bytes, from, to) ? keep(free, Arrays.copyOfRange(bytes, from, to)) : null;
    }

    private String keep(int slot, byte[] key) {
        String value = new String(key, StandardCharsets.US_ASCII);
        keys[slot] = key;
        values[slot] = value;
        return value;
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}

package org.capacityboard.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A thousand futures of a plant's order book of a product, each week of them a past week drawn by the dice that are written down. */
final class DeliveryDice {
    private static final int FUTURES = 1_000;
    private static final int LAST_WEEK = 520;

    private final long[][] deliveredBy;

    private DeliveryDice(List<Long> weeks, long seed) {
        this.deliveredBy = new long[FUTURES][LAST_WEEK + 1];
        for (int future = 0; future < FUTURES; future++) {
            for (int week = 1; week <= LAST_WEEK; week++) {
                long number = (long) future * LAST_WEEK + week;
                int drawn = (int) ((splitMix(seed, number) >>> 1) % weeks.size());
                deliveredBy[future][week] = deliveredBy[future][week - 1] + weeks.get(drawn);
            }
        }
    }

    /**
     * The dice of a book in a week; null if too little is known of its output, or nothing comes any more.
     *
     * @param output units of each whole week since the first that brought any, oldest first
     */
    static @Nullable DeliveryDice of(List<Long> output, String plantId, String productId, String isoWeek) {
        if (output.size() < 8 || nothingComes(output)) {
            return null;
        }
        CRC32 crc = new CRC32();
        crc.update((plantId + "|" + productId + "|" + isoWeek).getBytes(StandardCharsets.UTF_8));
        return new DeliveryDice(output.subList(Math.max(0, output.size() - 26), output.size()), crc.getValue());
    }

    /** Whether the last four weeks brought nothing. */
    static boolean nothingComes(List<Long> output) {
        return output.size() >= 4
                && output.subList(output.size() - 4, output.size()).stream().allMatch(units -> units == 0);
    }

    /** The n-th number, from 1, of Steele, Lea and Flood's generator. */
    static long splitMix(long seed, long n) {
        long z = seed + n * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Weeks until so many units were delivered in so many of all futures; null if that is too far away. */
    @Nullable
    Integer weeksUntil(long units, int futures) {
        int[] arrived = new int[FUTURES];
        for (int future = 0; future < FUTURES; future++) {
            int week = 1;
            while (week <= LAST_WEEK && deliveredBy[future][week] < units) {
                week++;
            }
            arrived[future] = week;
        }
        Arrays.sort(arrived);
        int weeksNeeded = arrived[futures - 1];
        return weeksNeeded > LAST_WEEK ? null : weeksNeeded;
    }
}

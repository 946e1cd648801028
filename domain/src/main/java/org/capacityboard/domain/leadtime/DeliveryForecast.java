package org.capacityboard.domain.leadtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * In how many weeks a plant will have delivered what its order book of a product asks for, from resampled weeks of its own output. Seeded: the same book in
 * the same week has the same forecast. Worth keeping for a week: what a path has delivered depends on the output alone, so other needs cost next to nothing;
 * see {@link #isOf}. Not for several threads.
 */
public final class DeliveryForecast {
    /** Weeks of output that it needs. */
    public static final int FEWEST_WEEKS = 8;

    /** Weeks of output that it uses at most, the newest ones. */
    public static final int MOST_WEEKS = 26;

    /** Weeks without output after which a plant is stalled. */
    public static final int STALLED_WEEKS = 4;

    /** Paths that are resampled. */
    public static final int PATHS = 1_000;

    /** Beyond ten years nothing is said. */
    public static final int LONGEST_WEEKS = 520;

    private static final int[] PATHS_NEEDED = {PATHS / 2, PATHS / 5 * 4};
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long[] weeklyUnits;
    private final long seed;
    private final long fewestUnits;
    private final long mostUnits;
    private final long[] delivered = new long[PATHS];
    /** What at least so many paths have delivered by the end of each week that was walked. */
    private final long[][] deliveredInShare = new long[PATHS_NEEDED.length][32];

    private int weeksWalked;

    private DeliveryForecast(long[] weeklyUnits, long seed) {
        this.weeklyUnits = weeklyUnits;
        this.seed = seed;
        fewestUnits = Arrays.stream(weeklyUnits).min().orElseThrow();
        mostUnits = Arrays.stream(weeklyUnits).max().orElseThrow();
    }

    /**
     * A forecast for any needs.
     *
     * @param weeklyUnits accepted output of whole weeks, oldest first
     * @return null if there are too few weeks or the plant is stalled
     */
    public static @Nullable DeliveryForecast of(long[] weeklyUnits, long seed) {
        return weeklyUnits.length < FEWEST_WEEKS || isStalled(weeklyUnits)
                ? null
                : new DeliveryForecast(newest(weeklyUnits), seed);
    }

    /** Whether this is the forecast from such output and seed. */
    public boolean isOf(long[] weeklyUnits, long seed) {
        return this.seed == seed && Arrays.equals(this.weeklyUnits, newest(weeklyUnits));
    }

    private static long[] newest(long[] weeklyUnits) {
        return Arrays.copyOfRange(weeklyUnits, Math.max(0, weeklyUnits.length - MOST_WEEKS), weeklyUnits.length);
    }

    /** Seed of a book in a week: CRC-32 of the UTF-8 text {@code plantId|productId|isoWeek}. */
    public static long seed(String plantId, String productId, String isoWeek) {
        CRC32 crc = new CRC32();
        crc.update((plantId + "|" + productId + "|" + isoWeek).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** Whether the newest four weeks brought nothing; false with fewer than four weeks. */
    public static boolean isStalled(long[] weeklyUnits) {
        if (weeklyUnits.length < STALLED_WEEKS) {
            return false;
        }
        for (int i = weeklyUnits.length - STALLED_WEEKS; i < weeklyUnits.length; i++) {
            if (weeklyUnits[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Weeks until each need is met in a share of the paths. Draw w of path p is the week with index
     * {@code (mix(seed + 0x9E3779B97F4A7C15L * (p * 520 + w + 1)) >>> 1) % n} of the n newest, oldest first, p and w from 0, mix being SplitMix64's finalizer
     * (Steele, Lea, Flood, OOPSLA 2014).
     *
     * @param weeklyUnits accepted output of whole weeks, oldest first
     * @param needs units to deliver until each order is complete, ascending
     * @return for each need the number of weeks, 1 or more, {@code weeks[0]} in half of the paths and {@code weeks[1]} in four of five, 0 where that is beyond
     *     ten years; null if there are too few weeks or the plant is stalled
     */
    public static int @Nullable [][] weeks(long[] weeklyUnits, long[] needs, long seed) {
        DeliveryForecast forecast = of(weeklyUnits, seed);
        return forecast == null ? null : forecast.weeks(needs);
    }

    /** As {@link #weeks(long[], long[], long)}, of which this holds the output and the seed. */
    public int[][] weeks(long[] needs) {
        int[][] weeks = new int[needs.length][PATHS_NEEDED.length];
        for (int share = 0; share < PATHS_NEEDED.length; share++) {
            int week = 1;
            for (int i = 0; i < needs.length; i++) {
                if (i > 0 && needs[i] < needs[i - 1]) {
                    throw new IllegalArgumentException(
                            "Need " + needs[i] + " follows " + needs[i - 1] + ", must ascend");
                }
                while (week <= LONGEST_WEEKS && deliveredBy(week, share) < needs[i]) {
                    week++;
                }
                weeks[i][share] = week <= LONGEST_WEEKS ? week : 0;
            }
        }
        return weeks;
    }

    private long deliveredBy(int week, int share) {
        while (weeksWalked < week) {
            walkWeek();
        }
        return deliveredInShare[share][week - 1];
    }

    private void walkWeek() {
        for (int path = 0; path < PATHS; path++) {
            delivered[path] += weeklyUnits[draw(path, weeksWalked)];
        }
        for (int share = 0; share < PATHS_NEEDED.length; share++) {
            if (weeksWalked == deliveredInShare[share].length) {
                deliveredInShare[share] = Arrays.copyOf(deliveredInShare[share], 2 * weeksWalked);
            }
            long before = weeksWalked == 0 ? 0 : deliveredInShare[share][weeksWalked - 1];
            deliveredInShare[share][weeksWalked] =
                    mostMetBy(PATHS_NEEDED[share], before + fewestUnits, before + mostUnits);
        }
        weeksWalked++;
    }

    /** The most units that so many paths have delivered; each week adds at least the fewest and at most the most units to it. */
    private long mostMetBy(int paths, long fewest, long most) {
        long low = fewest;
        long high = most;
        while (low < high) {
            long middle = high - (high - low) / 2;
            int met = 0;
            for (long units : delivered) {
                met += units >= middle ? 1 : 0;
            }
            if (met >= paths) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int draw(int path, int week) {
        long mixed = seed + GOLDEN_GAMMA * (path * LONGEST_WEEKS + week + 1);
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (int) ((mixed >>> 1) % weeklyUnits.length);
    }
}

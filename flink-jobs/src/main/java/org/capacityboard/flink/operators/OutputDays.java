package org.capacityboard.flink.operators;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.capacityboard.flink.rows.RowStamp;
import org.jspecify.annotations.Nullable;

/** What a line made of a product by production day: five numbers a day, side by side from the first day on. */
final class OutputDays {
    private static final int NUMBERS = 5;
    private static final int GOOD = 0;
    private static final int SCRAP = 1;
    /** Stands for the generation of a day of which nothing is known. */
    private static final long UNKNOWN = -1;

    private static final int GENERATION = 2;
    private static final int VERSION = 3;
    private static final int WATERMARK = 4;

    private final String lineId;
    private final String productId;
    private long firstDay;
    private long[] numbers = {};

    OutputDays(String lineId, String productId) {
        this.lineId = lineId;
        this.productId = productId;
    }

    String lineId() {
        return lineId;
    }

    String productId() {
        return productId;
    }

    /** Takes a day unless the same or something newer is known of it; whether it did. */
    boolean put(long day, DayOutput output) {
        DayOutput known = get(day);
        if (known != null && !isNewer(output.stamp(), known.stamp())) {
            return false;
        }
        makeRoomFor(day);
        int at = (int) (day - firstDay) * NUMBERS;
        numbers[at + GOOD] = output.goodUnits();
        numbers[at + SCRAP] = output.scrapUnits();
        numbers[at + GENERATION] = output.stamp().generation();
        numbers[at + VERSION] = output.stamp().version();
        numbers[at + WATERMARK] = output.stamp().watermarkMs();
        return true;
    }

    private static boolean isNewer(RowStamp stamp, RowStamp known) {
        if (stamp.generation() != known.generation()) {
            return stamp.generation() > known.generation();
        }
        return stamp.version() == known.version()
                ? stamp.watermarkMs() > known.watermarkMs()
                : stamp.version() > known.version();
    }

    private void makeRoomFor(long day) {
        if (numbers.length == 0) {
            firstDay = day;
        }
        long newFirst = Math.min(firstDay, day);
        long newEnd = Math.max(endDay(), day + 1);
        if (newFirst == firstDay && newEnd == endDay()) {
            return;
        }
        long[] grown = new long[Math.toIntExact(newEnd - newFirst) * NUMBERS];
        for (int at = 0; at < grown.length; at += NUMBERS) {
            grown[at + GENERATION] = UNKNOWN;
        }
        System.arraycopy(numbers, 0, grown, (int) (firstDay - newFirst) * NUMBERS, numbers.length);
        numbers = grown;
        firstDay = newFirst;
    }

    private long endDay() {
        return firstDay + numbers.length / NUMBERS;
    }

    @Nullable
    DayOutput get(long day) {
        if (day < firstDay || day >= endDay()) {
            return null;
        }
        int at = (int) (day - firstDay) * NUMBERS;
        return numbers[at + GENERATION] == UNKNOWN
                ? null
                : new DayOutput(
                        numbers[at + GOOD],
                        numbers[at + SCRAP],
                        new RowStamp((int) numbers[at + GENERATION], numbers[at + VERSION], numbers[at + WATERMARK]));
    }

    /** Forgets what is older than a day; which days these are. */
    List<Long> dropBefore(long day) {
        long keptFrom = Math.min(Math.max(firstDay, day), endDay());
        List<Long> dropped = LongStream.range(firstDay, keptFrom)
                .filter(old -> get(old) != null)
                .boxed()
                .toList();
        if (keptFrom > firstDay) {
            numbers = Arrays.copyOfRange(numbers, (int) (keptFrom - firstDay) * NUMBERS, numbers.length);
            firstDay = keptFrom;
        }
        return dropped;
    }

    boolean isEmpty() {
        return numbers.length == 0;
    }

    /** The first day of which anything is known. */
    long firstDay() {
        return firstDay;
    }

    long goodUnits(long fromDay, long toDay) {
        return sum(GOOD, fromDay, toDay);
    }

    long scrapUnits(long fromDay, long toDay) {
        return sum(SCRAP, fromDay, toDay);
    }

    private long sum(int what, long fromDay, long toDay) {
        long sum = 0;
        for (long day = Math.max(fromDay, firstDay); day < Math.min(toDay, endDay()); day++) {
            sum += numbers[(int) (day - firstDay) * NUMBERS + what];
        }
        return sum;
    }
}

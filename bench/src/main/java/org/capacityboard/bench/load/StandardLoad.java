package org.capacityboard.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.capacityboard.schemas.Topic;

/**
 * Lines that report once a second, or at another interval, with stamps of whole seconds: 1 % of the reports come twice, 5 % come up to 20 s late, 0.1 % of the records are rubbish.
 * Every line runs around the clock in a plant at UTC. Same values, same bytes.
 *
 * @param lines how many lines
 * @param seconds how long they report
 * @param start event time of the first reports
 * @param intervalSeconds time between two reports of a line
 */
public record StandardLoad(int lines, int seconds, Instant start, long seed, int intervalSeconds) {
    /** How far the watermark stays behind the newest event; longer than any report is late. */
    public static final Duration DISORDER = Duration.ofSeconds(30);

    static final int LINES_PER_PLANT = 100;
    static final int LONGEST_DELAY_SECONDS = 20;
    static final int LONGEST_REPEAT_SECONDS = 10;
    static final double DELAYED_RATIO = 0.05;
    static final double REPEATED_RATIO = 0.01;
    static final double RUBBISH_RATIO = 0.001;

    private static final Instant MIDNIGHT = Instant.parse("2026-03-03T00:00:00Z");
    private static final int SECONDS_BEFORE_MIDNIGHT = 5;
    private static final int SHORTEST_SECONDS = 40;

    public StandardLoad {
        if (lines < 1 || seconds < SHORTEST_SECONDS || intervalSeconds < 1) {
            throw new IllegalArgumentException("a load of " + lines + " lines and " + seconds
                    + " seconds: there must be a line, and " + SHORTEST_SECONDS + " seconds for a window to close");
        }
    }

    /** Every line reports once a second. */
    public StandardLoad(int lines, int seconds, Instant start, long seed) {
        this(lines, seconds, start, seed, 1);
    }

    /** About this many events in the past, around a midnight, so that minutes, hours and days close. */
    public static StandardLoad ofEvents(long events, int lines, long seed) {
        int seconds =
                (int) Math.max(SHORTEST_SECONDS, Math.ceil(events / (lines * (1 + REPEATED_RATIO + RUBBISH_RATIO))));
        int before = seconds < 4 * 60 ? SECONDS_BEFORE_MIDNIGHT : seconds / 120 * 60;
        return new StandardLoad(lines, seconds, MIDNIGHT.minusSeconds(before), seed);
    }

    /** Windows that end by then are closed when everything has been read. */
    public Instant closedUntil() {
        return start.plusSeconds(seconds - 2).minus(DISORDER).truncatedTo(ChronoUnit.MINUTES);
    }

    /** Start of the last minute that closes. */
    public Instant lastClosedMinute() {
        return closedUntil().minus(1, ChronoUnit.MINUTES);
    }

    /** The same lines with another time between two reports; each line has its own second for them. */
    public StandardLoad every(int otherIntervalSeconds) {
        return new StandardLoad(lines, seconds, start, seed, otherIntervalSeconds);
    }

    /** Whether a line reports in a second. */
    boolean reports(int line, int second) {
        return (second + line) % intervalSeconds == 0;
    }

    /** Sequence of the report of a line in a second. */
    long sequence(int line, int second) {
        return (second + line) / intervalSeconds;
    }

    /** Id of a line, 0 to {@code lines - 1}. */
    public String lineId(int line) {
        return "bench-" + line;
    }

    /** Ids of the lines from {@code fromLine} to before {@code toLine}. */
    public List<String> lineIds(int fromLine, int toLine) {
        return IntStream.range(fromLine, toLine).mapToObj(this::lineId).toList();
    }

    /** Number of the line with this id. */
    public int line(String lineId) {
        return Integer.parseInt(lineId.substring("bench-".length()));
    }

    /** The telemetry partition of a line, as any producer's default would have it. */
    public int partition(int line) {
        byte[] key = lineId(line).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % Topic.LINE_TELEMETRY.partitions();
    }

    long eventTimeMs(int second) {
        return start.toEpochMilli() + second * 1_000L;
    }

    /** When the edges of all lines started, ms since 1970. */
    long sessionId() {
        return start.toEpochMilli() - 60_000;
    }

    /** A number in [0, 1) that depends on the seed, the line, the second and the question only. */
    double chance(int line, int second, int question) {
        return (mix(seed * 31 + question, line, second) >>> 11) * 0x1p-53;
    }

    private static long mix(long seed, long line, long second) {
        long z = seed * 0x9E3779B97F4A7C15L + line * 0xBF58476D1CE4E5B9L + second * 0x94D049BB133111EBL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package org.capacityboard.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.capacityboard.bench.report.Ladder;
import org.capacityboard.bench.report.Measurement;
import org.jspecify.annotations.Nullable;

/** A line of the second table: what is asked of the jobs, beside what they do. */
public enum Figure {
    TO_LIMIT(
            "throughput job without sinks, against the hand-written loop",
            "of l3a",
            0.5,
            0.9,
            ladder -> ladder.ratio("l5", "l3a")),
    TO_LIMIT_WRITING(
            "throughput job with PostgreSQL, against the hand-written loop with COPY",
            "of l3b",
            0.6,
            0.95,
            ladder -> ladder.ratio("l6", "l3b")),
    SUSTAINED("throughput job with PostgreSQL, lag flat", "events/s", 150_000.0, 300_000.0, Figure::notOnLadder),
    TO_STREAMS(
            "throughput job with PostgreSQL, against Kafka Streams",
            "times streams",
            1.5,
            3.0,
            ladder -> ladder.ratio("l6", "streams")),
    TO_STREAMS_TUNED(
            "throughput job without sinks, against a Kafka Streams with the product's decoder and timelines",
            "times streams-tuned",
            1.5,
            3.0,
            ladder -> ladder.ratio("l5", "streams-tuned")),
    TO_NAIVE(
            "throughput job with PostgreSQL, against a naive Flink job",
            "times naive",
            3.0,
            8.0,
            ladder -> ladder.ratio("l6", "naive")),
    EXACTLY_ONCE(
            "throughput job with exactly-once checkpoints, against without",
            "of l5-off",
            0.9,
            0.97,
            ladder -> ladder.ratio("l5", "l5-off")),
    MANY_LINES("a million lines (horizon 1 h), against ten thousand", "of l5", 0.5, 0.8, Figure::notOnLadder),
    STATE_PER_LINE(
            "state of a line at a report a second, horizon 48 h",
            "bytes",
            64 * 1_024.0,
            16 * 1_024.0,
            Figure::notOnLadder),
    DISK_MEMORY("100,000 lines at a report a minute, state on disk", "GB", 8.0, 4.0, Figure::notOnLadder),
    FRESHNESS("report to visible row, 99 of 100, at half load", "ms", 2_000.0, 500.0, Figure::notOnLadder),
    RECOVERY("rows flow again after SIGKILL", "s", 15.0, 6.0, Figure::notOnLadder),
    ORDERS_MEMORY("lead time job with a million orders, a tenth of them open", "GB", 3.0, 2.0, Figure::notOnLadder),
    ORDERS_RATE("lead time job with a million orders, lag flat", "events/s", 2_000.0, 10_000.0, Figure::notOnLadder),
    SURGE_COMPUTATION("surge readiness of an alliance, computed once", "s", 1.0, null, Figure::notOnLadder),
    SURGE_FRESHNESS("count of stock to visible row of surge readiness", "s", null, null, Figure::notOnLadder);

    private final String what;
    private final String unit;
    private final @Nullable Double floor;
    private final @Nullable Double goal;
    private final Function<Ladder, @Nullable Double> reading;

    /**
     * @param reading reads the figure off the ladder; null from it if the steps it needs have no rate, or if it is measured in a way of its own
     */
    Figure(
            String what,
            String unit,
            @Nullable Double floor,
            @Nullable Double goal,
            Function<Ladder, @Nullable Double> reading) {
        this.what = what;
        this.unit = unit;
        this.floor = floor;
        this.goal = goal;
        this.reading = reading;
    }

    /** The figures that can be read off a ladder. */
    public static List<Measurement> of(Ladder ladder) {
        return Arrays.stream(values())
                .map(figure -> figure.readOff(ladder))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Double notOnLadder(Ladder ladder) {
        return null;
    }

    private @Nullable Measurement readOff(Ladder ladder) {
        Double value = reading.apply(ladder);
        return value == null ? null : measured(value, "");
    }

    /** This figure with a value. */
    public Measurement measured(double value, String remark) {
        return new Measurement(what, value, unit, floor, goal, remark);
    }

    /** This figure without one, and why. */
    public Measurement missing(String why) {
        return new Measurement(what, null, unit, floor, goal, why);
    }
}

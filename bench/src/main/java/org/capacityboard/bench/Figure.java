package org.capacityboard.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.capacityboard.bench.report.Ladder;
import org.capacityboard.bench.report.Measurement;
import org.capacityboard.bench.report.Spread;
import org.capacityboard.bench.report.StepRun;
import org.jspecify.annotations.Nullable;

/** A line of the second table: what is asked of the jobs, beside what they do. */
public enum Figure {
    TO_LIMIT(
            "throughput job without sinks, against the hand-written loop",
            "of l3a",
            null,
            null,
            ladder -> ladder.ratio("l5", "l3a")),
    TO_LIMIT_WRITING(
            "throughput job with PostgreSQL, against the hand-written loop with COPY",
            "of l3b",
            null,
            null,
            ladder -> ladder.ratio("l6", "l3b")),
    EXACTLY_ONCE(
            "throughput job with exactly-once checkpoints, against without",
            "of l5-off",
            null,
            null,
            ladder -> ladder.ratio("l5", "l5-off")),
    TO_STREAMS(
            "throughput job with PostgreSQL, against Kafka Streams",
            "times streams",
            null,
            null,
            ladder -> ladder.ratio("l6", "streams")),
    TO_NAIVE(
            "throughput job with PostgreSQL, against a naive Flink job",
            "times naive",
            null,
            null,
            ladder -> ladder.ratio("l6", "naive")),
    STATE_PER_LINE("live heap of the throughput job", "bytes a line", null, null, ladder -> {
        Spread bytes = ladder.spread("l5", StepRun.LIVE_HEAP_BYTES_PER_LINE);
        return bytes == null ? null : bytes.median();
    });

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

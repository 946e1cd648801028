package org.capacityboard.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.capacityboard.bench.peers.NaiveFlinkRung;
import org.capacityboard.bench.peers.StreamsRung;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.bench.rungs.DrainRung;
import org.capacityboard.bench.rungs.FlinkRung;
import org.capacityboard.bench.rungs.HandLoopRung;
import org.capacityboard.bench.rungs.OneProcessRung;
import org.capacityboard.bench.rungs.TimelineWeight;

/** A line of the table: a rung of the ladder, or a peer beside it. */
public enum Step {
    L1("consumer, bytes only", () -> new DrainRung(false)),
    L2("consumer and decoder", () -> new DrainRung(true)),
    L3A("hand-written loop, rows kept", () -> new HandLoopRung(false)),
    L3B("hand-written loop, rows by COPY into PostgreSQL", () -> new HandLoopRung(true)),
    L4("Flink: source and decoder", () -> new FlinkRung(FlinkRung.Part.DECODE)),
    L5("throughput job without sinks, exactly-once", () -> new FlinkRung(FlinkRung.Part.WITHOUT_SINK)),
    L5_OFF("the same without checkpoints", () -> new FlinkRung(FlinkRung.Part.WITHOUT_CHECKPOINTS)),
    L6("throughput job as it is, with PostgreSQL", () -> new FlinkRung(FlinkRung.Part.WHOLE)),
    L7("the same with the broker in its JVM", OneProcessRung::new),
    STREAMS(
            "Kafka Streams, exactly-once: Avro's reader, its stores, rows into PostgreSQL",
            () -> new StreamsRung(StreamsRung.Build.ORDINARY)),
    STREAMS_TUNED(
            "Kafka Streams, exactly-once: decoder and live timelines of the product, no database",
            () -> new StreamsRung(StreamsRung.Build.TUNED)),
    NAIVE("a naive job: generic Avro records, tumbling windows, plain JDBC sink", NaiveFlinkRung::new),
    /** Not on the ladder: it has no rate. */
    STATE("timelines of two days", TimelineWeight::new),
    /** Not on the ladder: a load of its own. */
    L5_LINES_KNOWN("throughput job without sinks, its lines known beforehand", FlinkRung::withLinesKnown);

    private final String what;
    private final Supplier<Rung> rung;

    Step(String what, Supplier<Rung> rung) {
        this.what = what;
        this.rung = rung;
    }

    /** The steps of the ladder, from the bottom, and the peers. */
    static List<Step> ladder() {
        return Arrays.stream(values())
                .filter(step -> step != STATE && step != L5_LINES_KNOWN)
                .toList();
    }

    /** What it is called by: {@code l3a}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, in a few words. */
    public String what() {
        return what;
    }

    public Rung rung() {
        return rung.get();
    }

    /** The step called by a word. */
    public static Step named(String word) {
        return Arrays.stream(values())
                .filter(step -> step.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step is called '" + word + "'"));
    }
}

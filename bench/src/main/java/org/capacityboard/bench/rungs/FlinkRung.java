package org.capacityboard.bench.rungs;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.KafkaInputs;
import org.capacityboard.flink.jobs.JobEnvironment;
import org.capacityboard.flink.jobs.ThroughputJob;
import org.capacityboard.flink.operators.ThroughputWorkflow;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.jobs.ClusterSettings;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.settings.Settings;

/** The jobs of the product, in part or whole, in one process of Flink. */
public final class FlinkRung implements Rung {
    /** How much of the job runs. */
    public enum Part {
        /** Source and decoder. */
        DECODE,
        /** All but the sinks. */
        WITHOUT_SINK,
        /** All but the sinks, and no checkpoints: nothing would be counted exactly once after a failure. */
        WITHOUT_CHECKPOINTS,
        /** The job as it is. */
        WHOLE
    }

    /** File in the folder of a run which says that the job knows all lines. */
    public static final String LINES_KNOWN = "lines-known";

    private static final String RECORDS_IN = "flink.operator.num.records.in";
    /** That of the line itself, and that of its plant. */
    private static final int VERSIONS_PER_LINE = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final Part part;
    private final boolean waitsForLines;

    public FlinkRung(Part part) {
        this(part, false);
    }

    private FlinkRung(Part part, boolean waitsForLines) {
        this.part = part;
        this.waitsForLines = waitsForLines;
    }

    /** All but the sinks; says when it knows all lines, and expects that reports are held back until then. */
    public static FlinkRung withLinesKnown() {
        return new FlinkRung(Part.WITHOUT_SINK, true);
    }

    @Override
    public void run(RunPlan plan, Course course) throws Exception {
        Path temporary = Files.createDirectories(plan.directory().resolve("flink"));
        Settings settings = plan.boardSettings()
                .with("job.parallelism", String.valueOf(plan.parallelism()))
                .with(
                        "checkpoint.directory",
                        plan.directory().resolve("checkpoints").toUri().toString());
        MeterRegistry registry = new SimpleMeterRegistry();
        JobID id = new JobID();
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(plan.parallelism(), temporary, ClusterSettings.of(settings, registry))) {
            long heapAtStart = Course.liveHeap();
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings));
            environment.setParallelism(plan.parallelism());
            define(environment, settings, plan);
            cluster.submit(environment, "bench", id, null);
            if (waitsForLines) {
                awaitLines(plan, registry);
                Files.createFile(plan.directory().resolve(LINES_KNOWN));
            }
            Counted closed = new Counted(registry, BookSink.CLOSED, "");
            switch (part) {
                case DECODE ->
                    course.time(
                            new Counted(registry, RECORDS_IN, "line-telemetry-silence")::now,
                            plan.size().records(),
                            () -> isRunning(cluster, id));
                case WITHOUT_SINK, WITHOUT_CHECKPOINTS ->
                    time(
                            plan,
                            course,
                            registry,
                            () -> closed.now() >= plan.load().lines());
                case WHOLE -> time(plan, course, registry, DatabaseRows.lastMinuteIsThere(plan));
            }
            course.weigh(heapAtStart);
            cluster.cancel(id);
        }
        switch (part) {
            case DECODE -> {}
            case WITHOUT_SINK, WITHOUT_CHECKPOINTS -> course.judge(RowFile.of(plan));
            case WHOLE -> course.judge(DatabaseRows.of(plan));
        }
    }

    private static void awaitLines(RunPlan plan, MeterRegistry registry) {
        Counted versions = new Counted(registry, RECORDS_IN, "line-timeline");
        long wanted = (long) VERSIONS_PER_LINE * plan.load().lines();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (versions.now() < wanted) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("The job was told of " + versions.now()
                        + " versions of lines and plants, " + "there are " + wanted);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static void time(RunPlan plan, Course course, MeterRegistry registry, Callable<Boolean> isOut)
            throws Exception {
        String reports = Meters.INGEST_RECORDS.meterName();
        course.time(
                new Counted(registry, reports, "line-timeline")::now,
                plan.size().reports(),
                isOut);
    }

    private Configuration configuration(Settings settings) {
        Configuration configuration = JobEnvironment.streaming(settings);
        if (part == Part.WITHOUT_CHECKPOINTS) {
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(365));
        }
        return configuration;
    }

    private void define(StreamExecutionEnvironment environment, Settings settings, RunPlan plan) {
        switch (part) {
            case DECODE -> {
                DataStream<Ingested> read =
                        new KafkaInputs(settings.kafka(), settings.throughput(), "bench").telemetry(environment);
                read.sinkTo(new DiscardingSink<>()).uid("nowhere").name("nowhere");
            }
            case WITHOUT_SINK, WITHOUT_CHECKPOINTS -> {
                ThroughputWorkflow.Output board = ThroughputJob.fromKafka(environment, settings);
                board.rows()
                        .sinkTo(new BookSink(
                                plan.directory(), plan.load().lastClosedMinute().toEpochMilli()))
                        .uid("book")
                        .name("book");
            }
            case WHOLE -> ThroughputJob.define(environment, settings);
        }
    }

    private static boolean isRunning(EmbeddedCluster cluster, JobID id) {
        return cluster.status(id) == JobStatus.RUNNING;
    }

    /** A counter of all copies of an operator; looked for once a second, read as often as wanted. */
    private static final class Counted {
        private static final long LOOK_EVERY_NANOS = 1_000_000_000L;

        private final MeterRegistry registry;
        private final String name;
        private final String operator;
        private List<FunctionCounter> counters = List.of();
        private long lookedAtNanos = System.nanoTime() - LOOK_EVERY_NANOS;

        /**
         * @param operator part of the operator's name; empty for any
         */
        Counted(MeterRegistry registry, String name, String operator) {
            this.registry = registry;
            this.name = name;
            this.operator = operator;
        }

        long now() {
            if (System.nanoTime() - lookedAtNanos >= LOOK_EVERY_NANOS) {
                lookedAtNanos = System.nanoTime();
                counters = registry.find(name).functionCounters().stream()
                        .filter(counter -> operator.isEmpty()
                                || String.valueOf(counter.getId().getTag("operator_name"))
                                        .contains(operator))
                        .toList();
            }
            double sum = 0;
            for (FunctionCounter counter : counters) {
                sum += counter.count();
            }
            return (long) sum;
        }
    }
}

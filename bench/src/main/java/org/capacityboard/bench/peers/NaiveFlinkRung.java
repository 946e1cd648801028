package org.capacityboard.bench.peers;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.bench.rungs.DatabaseRows;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.jobs.ClusterSettings;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/**
 * The job that most would write first: generic Avro records between operators, tumbling windows of a minute that keep all their reports until they close, hours and
 * days by further windows over the minutes, Flink's settings as they come, and the plain JDBC sink.
 *
 * <p>Less than the product's job: what comes later than the watermark is lost, so nothing is ever corrected; a silent minute has no row and a clock that steps back
 * is believed; days are UTC's and all time is planned; reference data is known from the start; rubbish is counted but not kept; rows are written once, when their
 * window closes, and an older row could replace a newer one.
 */
public final class NaiveFlinkRung implements Rung {
    @Override
    public void run(RunPlan plan, Course course) throws Exception {
        Path temporary = Files.createDirectories(plan.directory().resolve("flink"));
        Settings settings = plan.boardSettings();
        NaiveTables tables = new NaiveTables(settings.database());
        RowUpserts.prepare(plan);
        MeterRegistry registry = new SimpleMeterRegistry();
        JobID id = new JobID();
        long refused;
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(plan.parallelism(), temporary, ClusterSettings.of(settings, registry))) {
            long heapAtStart = Course.liveHeap();
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(configuration(plan));
            environment.setParallelism(plan.parallelism());
            define(environment, plan, tables);
            cluster.submit(environment, "naive", id, null);
            course.time(
                    () -> count(registry, GenericTelemetry.TAKEN),
                    plan.size().records(),
                    DatabaseRows.lastMinuteIsThere(plan));
            course.weigh(heapAtStart);
            refused = count(registry, GenericTelemetry.REFUSED);
            // Its checkpoint also writes what waits for a batch to become full.
            cluster.stop(id);
        }
        course.judge(DatabaseRows.of(plan));
        if (refused != plan.size().rubbish()) {
            throw new IllegalStateException(
                    refused + " records were refused, must be " + plan.size().rubbish());
        }
    }

    private static Configuration configuration(RunPlan plan) {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                plan.boardSettings().checkpoint().interval());
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                plan.directory().resolve("checkpoints").toUri().toString());
        return configuration;
    }

    private static void define(StreamExecutionEnvironment environment, RunPlan plan, NaiveTables tables) {
        KafkaSource<GenericRecord> telemetry = KafkaSource.<GenericRecord>builder()
                .setProperties(plan.boardSettings().kafka().clientProperties())
                .setGroupId("naive")
                .setTopics(Topic.LINE_TELEMETRY.topicName(
                        plan.boardSettings().kafka().topicPrefix()))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new GenericTelemetry())
                .build();
        SingleOutputStreamOperator<FactsRow> minutes = environment
                .fromSource(
                        telemetry,
                        WatermarkStrategy.<GenericRecord>forBoundedOutOfOrderness(StandardLoad.DISORDER)
                                .withTimestampAssigner((report, any) -> (long) report.get("eventTime")),
                        "telemetry")
                .keyBy(report -> report.get("lineId").toString())
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .process(new MinuteFunction(plan.load()));
        minutes.sinkTo(tables.minutes()).name("minutes");
        SingleOutputStreamOperator<FactsRow> hours = minutes.keyBy(
                        row -> Tuple2.of(row.lineId, row.productId), Types.TUPLE(Types.STRING, Types.STRING))
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .reduce(FactsRow::plus);
        hours.sinkTo(tables.hours()).name("hours");
        hours.keyBy(row -> Tuple2.of(row.lineId, row.productId), Types.TUPLE(Types.STRING, Types.STRING))
                .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))
                .reduce(FactsRow::plus)
                .sinkTo(tables.days())
                .name("days");
        minutes.getSideOutput(MinuteFunction.LOSSES)
                .keyBy(
                        row -> Tuple3.of(row.lineId, row.category, row.reasonCode),
                        Types.TUPLE(Types.STRING, Types.STRING, Types.STRING))
                .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))
                .reduce(LossRow::plus)
                .sinkTo(tables.losses())
                .name("losses");
    }

    private static long count(MeterRegistry registry, String name) {
        return (long) registry.find(name).functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }
}

package org.capacityboard.flink.jobs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReplaySource;
import org.capacityboard.flink.operators.LeadTimeTiming;
import org.capacityboard.flink.operators.LeadTimeWorkflow;
import org.capacityboard.flink.operators.ReferenceWorkflow;
import org.capacityboard.flink.operators.SurgeReadinessWorkflow;
import org.capacityboard.flink.operators.SurgeTiming;
import org.capacityboard.flink.operators.ThroughputWorkflow;
import org.capacityboard.flink.operators.TimelineTiming;
import org.capacityboard.process.settings.MinuteRetention;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Every workflow of the board over files, in one graph, as one bounded run. The same files and end give the same rows. */
public final class ReplayJob {
    /** Name of the job. */
    public static final String NAME = "replay";

    /** A replay shows all of its input, however long ago it begins: a thousand years. */
    private static final MinuteRetention EVERY_DAY = new MinuteRetention(365_250);

    private ReplayJob() {}

    /**
     * Plugs files and PostgreSQL into all workflows.
     *
     * @param input folder of {@code <topic>.jsonl} files
     * @param until end of time; null for the last event that is not ahead of the wall clock
     */
    public static void define(StreamExecutionEnvironment env, Path input, @Nullable Instant until, Settings settings) {
        env.setParallelism(1);
        TimelineTiming timing = TimelineTiming.bounded(settings.throughput());
        ReplaySource files = new ReplaySource(
                input,
                Arrays.stream(Topic.values()).filter(Topic::isInput).toList(),
                settings.throughput().futureGuard(),
                settings.throughput().disorder(),
                until,
                Instant.now());
        DataStream<Ingested> events =
                env.fromSource(files, WatermarkStrategy.noWatermarks(), "files").uid("files");
        DataStream<Ingested> plans = only(events, "plans", ReplayJob::isPlan);
        DataStream<Ingested> references = only(events, "references", ReplayJob::isReference);
        DataStream<Ingested> orders = only(events, "orders", event -> isOf(Topic.ORDERS, event));
        DataStream<Ingested> deliveries = only(events, "deliveries", event -> isOf(Topic.DELIVERIES, event));
        DataStream<Ingested> stocks = only(events, "stocks", event -> isOf(Topic.MATERIAL_STOCKS, event));
        DataStream<Ingested> workforce = only(events, "workforce", event -> isOf(Topic.WORKFORCE, event));
        DataStream<Ingested> telemetry = only(events, "telemetry", ReplayJob::isTelemetry);
        ReferenceWorkflow.Output known = ReferenceWorkflow.define(references, timing);
        ThroughputWorkflow.Output board = ThroughputWorkflow.define(telemetry, plans, known.accepted(), timing);
        LeadTimeWorkflow.Output leadTimes =
                LeadTimeWorkflow.define(orders, deliveries, known.accepted(), LeadTimeTiming.bounded(settings));
        SurgeReadinessWorkflow.Output surge = SurgeReadinessWorkflow.define(
                SurgeReadinessWorkflow.rows(board.rows()),
                stocks,
                workforce,
                known.accepted(),
                SurgeTiming.bounded(settings));

        Outlets outlets = new Outlets(settings);
        outlets.rows(board.rows(), EVERY_DAY);
        outlets.leadTimes(leadTimes.rows());
        outlets.surge(surge.rows());
        outlets.surgeLosses(surge.losses());
        outlets.references("shift-plan-rows", board.plans());
        outlets.references("reference-rows", ReferenceWorkflow.versions(known.accepted()));
        outlets.rejections(board.rejections().union(leadTimes.rejections(), surge.rejections(), known.rejections()));
    }

    private static DataStream<Ingested> only(DataStream<Ingested> events, String uid, FilterFunction<Ingested> what) {
        return events.filter(what).uid(uid).name(uid);
    }

    private static boolean isPlan(Ingested event) {
        return isOf(Topic.SHIFT_PLANS, event);
    }

    private static boolean isReference(Ingested event) {
        return Topic.fromBaseName(event.origin().topic()).isReference() && !isPlan(event);
    }

    private static boolean isTelemetry(Ingested event) {
        return isOf(Topic.LINE_TELEMETRY, event);
    }

    private static boolean isOf(Topic topic, Ingested event) {
        return event.origin().topic().equals(topic.baseName());
    }
}

package org.capacityboard.flink.jobs;

import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.ingest.KafkaInputs;
import org.capacityboard.flink.operators.ReferenceWorkflow;
import org.capacityboard.flink.operators.SurgeReadinessWorkflow;
import org.capacityboard.flink.operators.SurgeTiming;
import org.capacityboard.flink.operators.TimelineTiming;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;
import org.capacityboard.schemas.Topic;

/** How much more can be made, how soon, for how long, and what stops it: facts, stocks and people from Kafka; rows to PostgreSQL and Kafka. */
public final class SurgeReadinessJob {
    /** Name of the job, and part of its consumer group. */
    public static final String NAME = "surge-readiness";

    private SurgeReadinessJob() {}

    /** Runs the job on the cluster that starts this class; settings come from its arguments and environment. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.read(SettingsSources.fromArguments(List.of(arguments), System.getenv()));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.streaming(settings));
        define(env, settings);
        env.execute(NAME);
    }

    /** Plugs Kafka and PostgreSQL into the surge readiness workflow. */
    public static void define(StreamExecutionEnvironment env, Settings settings) {
        env.setParallelism(settings.job().parallelism());
        KafkaInputs inputs = new KafkaInputs(settings.kafka(), settings.throughput(), NAME);
        TimelineTiming timing = TimelineTiming.live(settings.throughput());
        ReferenceWorkflow.Output known = ReferenceWorkflow.define(
                ReferenceTopics.union(inputs.references(env, ReferenceTopics.OF_SURGE), ReferenceTopics.OF_SURGE),
                timing);
        SurgeReadinessWorkflow.Output surge = SurgeReadinessWorkflow.define(
                SurgeReadinessWorkflow.facts(inputs.events(env, Topic.LINE_FACTS)),
                inputs.events(env, Topic.MATERIAL_STOCKS),
                inputs.events(env, Topic.WORKFORCE),
                known.accepted(),
                SurgeTiming.live(settings));
        Outlets outlets = new Outlets(settings);
        outlets.surge(surge.rows());
        outlets.surgeLosses(surge.losses());
        // Refusals of reference data are the reference job's to tell.
        outlets.rejections(surge.rejections());
        outlets.publishSurge(surge.rows());
        outlets.publishRejections(surge.rejections());
    }
}

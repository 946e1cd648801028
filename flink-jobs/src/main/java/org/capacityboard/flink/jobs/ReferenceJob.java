package org.capacityboard.flink.jobs;

import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.ingest.KafkaInputs;
import org.capacityboard.flink.operators.ReferenceWorkflow;
import org.capacityboard.flink.operators.TimelineTiming;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;

/** What is known of plants, lines, products, materials, suppliers, requirements and rules: from Kafka to their tables. */
public final class ReferenceJob {
    /** Name of the job, and part of its consumer group. */
    public static final String NAME = "reference";

    private ReferenceJob() {}

    /** Runs the job on the cluster that starts this class; settings come from its arguments and environment. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.read(SettingsSources.fromArguments(List.of(arguments), System.getenv()));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.streaming(settings));
        define(env, settings);
        env.execute(NAME);
    }

    /** Plugs Kafka and PostgreSQL into the reference workflow. Reference data is small: one copy of every operator will do. */
    public static void define(StreamExecutionEnvironment env, Settings settings) {
        env.setParallelism(1);
        KafkaInputs inputs = new KafkaInputs(settings.kafka(), settings.throughput(), NAME);
        ReferenceWorkflow.Output known = ReferenceWorkflow.define(
                ReferenceTopics.union(inputs.references(env, ReferenceTopics.OF_TABLES), ReferenceTopics.OF_TABLES),
                TimelineTiming.live(settings.throughput()));

        Outlets outlets = new Outlets(settings);
        outlets.references("reference-rows", ReferenceWorkflow.versions(known.accepted()));
        outlets.rejections(known.rejections());
        outlets.publishRejections(known.rejections());
    }
}

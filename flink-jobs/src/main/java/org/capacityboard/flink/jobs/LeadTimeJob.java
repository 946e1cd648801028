package org.capacityboard.flink.jobs;

import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.ingest.KafkaInputs;
import org.capacityboard.flink.operators.LeadTimeTiming;
import org.capacityboard.flink.operators.LeadTimeWorkflow;
import org.capacityboard.flink.operators.ReferenceWorkflow;
import org.capacityboard.flink.operators.TimelineTiming;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;
import org.capacityboard.schemas.Topic;

/** How long orders take, how many come on time, and when those that wait will come: orders and deliveries from Kafka; rows to PostgreSQL and Kafka. */
public final class LeadTimeJob {
    /** Name of the job, and part of its consumer group. */
    public static final String NAME = "lead-time";

    private LeadTimeJob() {}

    /** Runs the job on the cluster that starts this class; settings come from its arguments and environment. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.read(SettingsSources.fromArguments(List.of(arguments), System.getenv()));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.streaming(settings));
        define(env, settings);
        env.execute(NAME);
    }

    /** Plugs Kafka and PostgreSQL into the lead time workflow. */
    public static void define(StreamExecutionEnvironment env, Settings settings) {
        LeadTimeWorkflow.Output leadTimes = fromKafka(env, settings);
        Outlets outlets = new Outlets(settings);
        outlets.leadTimes(leadTimes.rows());
        // Refusals of reference data are the reference job's to tell.
        outlets.rejections(leadTimes.rejections());
        outlets.publishOrders(leadTimes.rows());
        outlets.publishRejections(leadTimes.rejections());
    }

    /** Plugs Kafka into the lead time workflow and leaves open where its rows go. */
    public static LeadTimeWorkflow.Output fromKafka(StreamExecutionEnvironment env, Settings settings) {
        env.setParallelism(settings.job().parallelism());
        KafkaInputs inputs = new KafkaInputs(settings.kafka(), settings.throughput(), NAME);
        ReferenceWorkflow.Output known = ReferenceWorkflow.define(
                ReferenceTopics.union(inputs.references(env, ReferenceTopics.OF_ORDERS), ReferenceTopics.OF_ORDERS),
                TimelineTiming.live(settings.throughput()));
        return LeadTimeWorkflow.define(
                inputs.events(env, Topic.ORDERS),
                inputs.events(env, Topic.DELIVERIES),
                known.accepted(),
                LeadTimeTiming.live(settings));
    }
}

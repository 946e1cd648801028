package org.capacityboard.flink.jobs;

import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.KafkaInputs;
import org.capacityboard.flink.operators.ReferenceWorkflow;
import org.capacityboard.flink.operators.ThroughputWorkflow;
import org.capacityboard.flink.operators.TimelineTiming;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;
import org.capacityboard.schemas.Topic;

/** What every line made, and how well: telemetry, shift plans and reference data from Kafka; facts, states and refusals to PostgreSQL and Kafka. */
public final class ThroughputJob {
    /** Name of the job, and part of its consumer group. */
    public static final String NAME = "throughput";

    private ThroughputJob() {}

    /** Runs the job on the cluster that starts this class; settings come from its arguments and environment. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.read(SettingsSources.fromArguments(List.of(arguments), System.getenv()));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.streaming(settings));
        define(env, settings);
        env.execute(NAME);
    }

    /** Plugs Kafka and PostgreSQL into the throughput workflow. */
    public static void define(StreamExecutionEnvironment env, Settings settings) {
        ThroughputWorkflow.Output board = fromKafka(env, settings);
        Outlets outlets = new Outlets(settings);
        outlets.rows(board.rows(), settings.minutes());
        outlets.references("shift-plan-rows", board.plans());
        // Refusals of reference data are the reference job's to tell.
        outlets.rejections(board.rejections());
        outlets.publish(board.rows());
        outlets.publishRejections(board.rejections());
    }

    /** Plugs Kafka into the throughput workflow and leaves open where its rows go. */
    public static ThroughputWorkflow.Output fromKafka(StreamExecutionEnvironment env, Settings settings) {
        env.setParallelism(settings.job().parallelism());
        TimelineTiming timing = TimelineTiming.live(settings.throughput());
        KafkaInputs inputs = new KafkaInputs(settings.kafka(), settings.throughput(), NAME);
        Map<Topic, DataStream<Ingested>> references = inputs.references(env, ReferenceTopics.OF_TIMELINES);
        ReferenceWorkflow.Output known =
                ReferenceWorkflow.define(ReferenceTopics.union(references, ReferenceTopics.OF_LINES), timing);
        return ThroughputWorkflow.define(
                inputs.telemetry(env),
                ReferenceTopics.union(references, List.of(Topic.SHIFT_PLANS)),
                known.accepted(),
                timing);
    }
}

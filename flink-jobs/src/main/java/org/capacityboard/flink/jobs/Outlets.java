package org.capacityboard.flink.jobs;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.sinks.PostgresSink;
import org.capacityboard.flink.sinks.TopicSink;
import org.capacityboard.process.settings.MinuteRetention;
import org.capacityboard.process.settings.Settings;

/** Where the jobs' streams end: tables for everybody, topics for other jobs. */
final class Outlets {
    private final Settings settings;

    Outlets(Settings settings) {
        this.settings = settings;
    }

    void rows(DataStream<ThroughputRow> rows, MinuteRetention minutes) {
        rows.sinkTo(PostgresSink.throughput(settings.database(), settings.sink(), minutes))
                .uid("throughput-rows")
                .name("throughput-rows");
    }

    /** All of one task, so that of two rows of one key the later is written later. */
    void leadTimes(DataStream<LeadTimeRow> rows) {
        rows.sinkTo(PostgresSink.leadTimes(settings.database(), settings.sink()))
                .uid("lead-time-rows")
                .name("lead-time-rows")
                .setParallelism(1);
    }

    /** All of one task: a date is whole when all before is written. */
    void surge(DataStream<SurgeRow> rows) {
        rows.sinkTo(PostgresSink.surge(settings.database(), settings.sink()))
                .uid("surge-rows")
                .name("surge-rows")
                .setParallelism(1);
    }

    /** All of one task: the losses of a date are whole when all before is written. */
    void surgeLosses(DataStream<SurgeRow> losses) {
        losses.sinkTo(PostgresSink.surge(settings.database(), settings.sink()))
                .uid("surge-loss-rows")
                .name("surge-loss-rows")
                .setParallelism(1);
    }

    void publishSurge(DataStream<SurgeRow> rows) {
        rows.sinkTo(TopicSink.surgeReadiness(settings.kafka()))
                .uid("surge-readiness-topic")
                .name("surge-readiness-topic")
                .setParallelism(1);
        rows.sinkTo(TopicSink.materialCover(settings.kafka()))
                .uid("material-cover-topic")
                .name("material-cover-topic")
                .setParallelism(1);
    }

    void references(String uid, DataStream<Ingested.Reference> versions) {
        versions.sinkTo(PostgresSink.references(settings.database(), settings.sink()))
                .uid(uid)
                .name(uid);
    }

    void rejections(DataStream<Rejection> rejections) {
        rejections
                .filter(new RejectionCount())
                .uid("rejected-count")
                .name("rejected-count")
                .sinkTo(PostgresSink.rejections(settings.database(), settings.sink()))
                .uid("rejected-rows")
                .name("rejected-rows");
    }

    void publish(DataStream<ThroughputRow> rows) {
        rows.sinkTo(TopicSink.lineFacts(settings.kafka()))
                .uid("line-facts-topic")
                .name("line-facts-topic");
        rows.filter(new StatusChanges())
                .uid("line-status-changes")
                .name("line-status-changes")
                .sinkTo(TopicSink.lineStatus(settings.kafka()))
                .uid("line-status-topic")
                .name("line-status-topic");
    }

    void publishOrders(DataStream<LeadTimeRow> rows) {
        rows.filter(new OrderNews())
                .uid("order-status-changes")
                .name("order-status-changes")
                .setParallelism(1)
                .sinkTo(TopicSink.orderStatus(settings.kafka()))
                .uid("order-status-topic")
                .name("order-status-topic")
                .setParallelism(1);
    }

    void publishRejections(DataStream<Rejection> rejections) {
        rejections
                .sinkTo(TopicSink.rejections(settings.kafka()))
                .uid("rejected-topic")
                .name("rejected-topic");
    }
}

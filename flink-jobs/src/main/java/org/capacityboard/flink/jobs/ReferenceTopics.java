package org.capacityboard.flink.jobs;

import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.schemas.Topic;

/** Which reference topics which job reads. */
final class ReferenceTopics {
    /** What must be consistent before a line is known. */
    static final List<Topic> OF_LINES = List.of(Topic.PLANTS, Topic.PRODUCTS, Topic.MATERIALS, Topic.LINES);
    /** What the timeline of a line depends on. */
    static final List<Topic> OF_TIMELINES =
            List.of(Topic.PLANTS, Topic.PRODUCTS, Topic.MATERIALS, Topic.LINES, Topic.SHIFT_PLANS);
    /** What an order names, and what goes into that. */
    static final List<Topic> OF_ORDERS = List.of(Topic.PLANTS, Topic.PRODUCTS, Topic.MATERIALS);
    /** What surge readiness hangs on. */
    static final List<Topic> OF_SURGE = List.of(
            Topic.PLANTS, Topic.PRODUCTS, Topic.MATERIALS, Topic.LINES, Topic.SUPPLIERS, Topic.SURGE_REQUIREMENTS);
    /** What has a table of its own. Shift plans are not among them: the throughput job accepts and writes those. */
    static final List<Topic> OF_TABLES = List.of(
            Topic.PLANTS,
            Topic.PRODUCTS,
            Topic.LINES,
            Topic.MATERIALS,
            Topic.SUPPLIERS,
            Topic.SURGE_REQUIREMENTS,
            Topic.ALERT_RULES);

    private ReferenceTopics() {}

    /** Some of the topics in one stream. */
    static DataStream<Ingested> union(Map<Topic, DataStream<Ingested>> streams, List<Topic> topics) {
        DataStream<Ingested> all = null;
        for (Topic topic : topics) {
            DataStream<Ingested> stream = streams.get(topic);
            if (stream == null) {
                throw new IllegalArgumentException("topic " + topic.baseName() + " is not among " + streams.keySet());
            }
            all = all == null ? stream : all.union(stream);
        }
        if (all == null) {
            throw new IllegalArgumentException("no topics");
        }
        return all;
    }
}

package org.capacityboard.flink.jobs;

import java.util.List;
import org.capacityboard.schemas.Topic;

/** Which reference topics which job reads. */
final class ReferenceTopics {
    /** What the timeline of a line depends on. */
    static final List<Topic> OF_LINES = List.of(Topic.PLANTS, Topic.PRODUCTS, Topic.LINES);
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
}

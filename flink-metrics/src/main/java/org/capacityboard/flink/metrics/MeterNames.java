package org.capacityboard.flink.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.MetricGroup;

/**
 * Names and tags of Flink's metrics: {@code flink.}, the part of Flink that it belongs to, then Flink's own name in words,
 * such as {@code flink.operator.num.records.in}. Where it belongs to stands in tags.
 */
final class MeterNames {
    /** The only variables of Flink's that become tags: the others (attempts, hosts, generated ids) have new values with every restart. */
    private static final Map<String, String> TAGS = Map.of(
            "<job_name>", "job_name",
            "<task_name>", "task_name",
            "<operator_name>", "operator_name",
            "<subtask_index>", "subtask",
            "<topic>", "topic",
            "<partition>", "partition",
            "<reason>", "reason",
            "<table>", "table");

    /** The product's own metrics have full names already; they are the same in every process. */
    private static final String OWN = "capacity.";

    private static final int LONGEST_TAG = 80;

    private MeterNames() {}

    static String name(String metricName, MetricGroup group) {
        if (metricName.startsWith(OWN)) {
            return metricName;
        }
        String scope = LogicalScopeProvider.castFrom(group).getLogicalScope(CharacterFilter.NO_OP_FILTER, '.');
        return "flink." + words(shortened(scope)) + "." + words(metricName);
    }

    static Tags tags(MetricGroup group) {
        List<Tag> tags = new ArrayList<>();
        group.getAllVariables().forEach((variable, value) -> {
            String key = TAGS.get(variable);
            if (key != null) {
                tags.add(Tag.of(key, value.length() > LONGEST_TAG ? value.substring(0, LONGEST_TAG) : value));
            }
        });
        return Tags.of(tags);
    }

    /** The tags tell the job and the task: the name says only the innermost. */
    private static String shortened(String scope) {
        return scope.replaceFirst("^taskmanager\\.job\\.task\\.operator", "operator")
                .replaceFirst("^taskmanager\\.job\\.task", "task")
                .replaceFirst("^jobmanager\\.job", "job");
    }

    /** {@code numRecordsIn} as {@code num.records.in}, {@code records-lag-max} as {@code records.lag.max}. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", ".")
                .replaceAll("[^A-Za-z0-9_]+", ".")
                .replaceAll("^\\.|\\.$", "")
                .toLowerCase(Locale.ROOT);
    }
}

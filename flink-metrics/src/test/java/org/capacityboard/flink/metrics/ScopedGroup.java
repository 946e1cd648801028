package org.capacityboard.flink.metrics;

import java.util.Map;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A group of Flink's as a reporter gets it: where it belongs to, and its variables. */
final class ScopedGroup extends UnregisteredMetricsGroup implements LogicalScopeProvider {
    private final String scope;
    private final Map<String, String> variables;

    ScopedGroup(String scope, Map<String, String> variables) {
        this.scope = scope;
        this.variables = Map.copyOf(variables);
    }

    static ScopedGroup operator(String subtask) {
        return new ScopedGroup(
                "taskmanager.job.task.operator",
                Map.of(
                        "<host>", "h1",
                        "<tm_id>", "tm-4711",
                        "<job_id>", "0123456789abcdef",
                        "<job_name>", "throughput",
                        "<task_name>", "line-timeline",
                        "<task_attempt_id>", "a1",
                        "<operator_name>", "line-timeline",
                        "<subtask_index>", subtask));
    }

    @Override
    public Map<String, String> getAllVariables() {
        return variables;
    }

    @Override
    public String getLogicalScope(CharacterFilter filter) {
        return getLogicalScope(filter, '.');
    }

    @Override
    public String getLogicalScope(CharacterFilter filter, char delimiter) {
        return scope.replace('.', delimiter);
    }

    @Override
    public MetricGroup getWrappedMetricGroup() {
        return this;
    }
}

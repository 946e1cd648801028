package org.capacityboard.flink.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Shows Flink's metrics in a Micrometer registry: counters, numeric gauges, meters (rate and count), histograms (quantiles
 * and count). A metric leaves the registry when Flink takes it back.
 */
public final class MicrometerReporter implements MetricReporter {
    private final MeterRegistry registry;
    private final Runnable whenClosed;
    private final Map<Key, ShownMetric> shown = new HashMap<>();

    /** What metrics are told apart by in the registry. */
    private record Key(String name, Tags tags) {
        static Key of(String metricName, MetricGroup group) {
            return new Key(MeterNames.name(metricName, group), MeterNames.tags(group));
        }
    }

    MicrometerReporter(MeterRegistry registry, Runnable whenClosed) {
        this.registry = registry;
        this.whenClosed = whenClosed;
    }

    /** Does nothing: the factory has read the settings. */
    @Override
    public void open(MetricConfig settings) {}

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge && !ShownMetric.isNumeric(gauge)) {
            return;
        }
        Key key = Key.of(metricName, group);
        ShownMetric known = shown.get(key);
        if (known == null) {
            shown.put(key, new ShownMetric(registry, key.name, key.tags, metric));
        } else {
            known.add(metric);
        }
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
        Key key = Key.of(metricName, group);
        ShownMetric known = shown.get(key);
        if (known != null && known.removeAndIsEmpty(metric)) {
            shown.remove(key);
        }
    }

    @Override
    public synchronized void close() {
        shown.values().forEach(ShownMetric::hide);
        shown.clear();
        whenClosed.run();
    }
}

package org.capacityboard.flink.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;

/**
 * The meters of one name with one set of tags. While a task restarts, Flink may report the same metric twice: what came last
 * is shown.
 */
final class ShownMetric {
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    private final MeterRegistry registry;
    private final List<Metric> sources = new CopyOnWriteArrayList<>();
    private final List<Meter> meters = new ArrayList<>();

    ShownMetric(MeterRegistry registry, String name, Tags tags, Metric first) {
        this.registry = registry;
        sources.add(first);
        switch (first.getMetricType()) {
            case COUNTER -> addCount(name, tags);
            case GAUGE -> addGauge(name, tags, ShownMetric::gaugeValue);
            case METER -> {
                addGauge(name, tags, ShownMetric::rate);
                addCount(name + ".count", tags);
            }
            case HISTOGRAM -> {
                for (double quantile : QUANTILES) {
                    addGauge(
                            name,
                            tags.and("quantile", String.valueOf(quantile)),
                            metric -> metric instanceof Histogram histogram
                                    ? histogram.getStatistics().getQuantile(quantile)
                                    : Double.NaN);
                }
                addCount(name + ".count", tags);
            }
        }
    }

    void add(Metric source) {
        sources.add(source);
    }

    /** Takes a source away, and the meters from the registry with the last one; says whether it was the last. */
    boolean removeAndIsEmpty(Metric source) {
        sources.remove(source);
        if (sources.isEmpty()) {
            hide();
        }
        return sources.isEmpty();
    }

    void hide() {
        meters.forEach(registry::remove);
    }

    /** Whether a gauge of Flink's is a number; one that cannot say yet may become one. */
    static boolean isNumeric(org.apache.flink.metrics.Gauge<?> gauge) {
        Object value;
        try {
            value = gauge.getValue();
        } catch (RuntimeException notYet) {
            return true;
        }
        return value == null || value instanceof Number || value instanceof Boolean;
    }

    private void addGauge(String name, Tags tags, ToDoubleFunction<Metric> value) {
        meters.add(Gauge.builder(name, this, shown -> shown.newest(value))
                .tags(tags)
                .register(registry));
    }

    private void addCount(String name, Tags tags) {
        meters.add(FunctionCounter.builder(name, this, shown -> shown.newest(ShownMetric::count))
                .tags(tags)
                .register(registry));
    }

    private double newest(ToDoubleFunction<Metric> value) {
        Object[] now = sources.toArray();
        return now.length == 0 ? Double.NaN : value.applyAsDouble((Metric) now[now.length - 1]);
    }

    private static double gaugeValue(Metric metric) {
        Object value = metric instanceof org.apache.flink.metrics.Gauge<?> gauge ? gauge.getValue() : null;
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double rate(Metric metric) {
        return metric instanceof org.apache.flink.metrics.Meter meter ? meter.getRate() : Double.NaN;
    }

    private static double count(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        if (metric instanceof org.apache.flink.metrics.Meter meter) {
            return meter.getCount();
        }
        return metric instanceof Histogram histogram ? histogram.getCount() : Double.NaN;
    }
}

package org.capacityboard.flink.metrics;

import io.micrometer.core.instrument.Metrics;
import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Makes the reporter from its settings, each behind {@code metrics.reporter.<name>.}: {@code registry} is {@code own}
 * (default) for a Prometheus page at {@code host} (default 127.0.0.1) and the first free port of {@code port} (default
 * 9249-9260), or {@code global} for the global registry of a process that has a page already.
 */
public final class MicrometerReporterFactory implements MetricReporterFactory {
    @Override
    public MicrometerReporter createMetricReporter(Properties settings) {
        String registry = settings.getProperty("registry", "own");
        return switch (registry) {
            case "global" -> new MicrometerReporter(Metrics.globalRegistry, () -> {});
            case "own" -> {
                MetricsPage page = MetricsPage.start(
                        settings.getProperty("host", "127.0.0.1"),
                        PortRange.parse(settings.getProperty("port", "9249-9260")));
                yield new MicrometerReporter(page.registry(), page::close);
            }
            default ->
                throw new IllegalArgumentException(
                        "The setting registry of the Micrometer reporter is '%s': it must be own or global.\nMaybe leave it out: own is the default."
                                .formatted(registry));
        };
    }
}

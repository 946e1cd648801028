package org.capacityboard.local.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.apache.flink.configuration.Configuration;
import org.capacityboard.flink.metrics.MicrometerReporterFactory;

/** Lets Flink's metrics reach the page of this process. */
public final class FlinkMetrics {

    private static final String REPORTER = "metrics.reporter.board.";

    private FlinkMetrics() {}

    /** Flink settings with a reporter into a registry. */
    public static Configuration into(MeterRegistry registry) {
        Metrics.addRegistry(registry);
        Configuration configuration = new Configuration();
        configuration.setString("metrics.reporters", "board");
        configuration.setString(REPORTER + "factory.class", MicrometerReporterFactory.class.getName());
        configuration.setString(REPORTER + "registry", "global");
        return configuration;
    }
}

package org.capacityboard.local.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.capacityboard.flink.metrics.MicrometerReporterFactory;
import org.capacityboard.process.settings.Settings;

/** What Flink takes from the cluster's settings and not from a job's. */
public final class ClusterSettings {

    private static final String REPORTER = "metrics.reporter.board.";

    private ClusterSettings() {}

    /** Keeps as many checkpoints as the settings say, and shows Flink's metrics in a registry of this process. */
    public static Configuration of(Settings settings, MeterRegistry registry) {
        Metrics.addRegistry(registry);
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.MAX_RETAINED_CHECKPOINTS,
                settings.checkpoint().retained());
        configuration.setString("metrics.reporters", "board");
        configuration.setString(REPORTER + "factory.class", MicrometerReporterFactory.class.getName());
        configuration.setString(REPORTER + "registry", "global");
        return configuration;
    }
}

package org.capacityboard.local.proof;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;

/** A process that runs all jobs from their newest checkpoints until it is told to stop, left alone, or killed. */
final class JobsUntilKilled {
    private JobsUntilKilled() {}

    public static void main(String[] arguments) throws Exception {
        Path temporary = Path.of(arguments[0]);
        Settings settings = Settings.read(
                SettingsSources.fromArguments(List.of(arguments).subList(1, arguments.length), System.getenv()));
        int slots = BoardJob.values().length * settings.job().parallelism();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(slots, temporary, new Configuration())) {
            for (BoardJob job : BoardJob.values()) {
                job.start(cluster, settings);
            }
            int anything = System.in.read();
            for (BoardJob job : BoardJob.values()) {
                cluster.stop(job.id());
            }
            System.exit(anything < 0 ? 1 : 0);
        }
    }
}

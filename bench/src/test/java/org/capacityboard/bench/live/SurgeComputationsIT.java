package org.capacityboard.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.capacityboard.bench.run.BenchServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SurgeComputationsIT {
    @Test
    void a_count_of_stock_shows_and_what_the_job_computed_from_is_computed_again(@TempDir Path directory)
            throws Exception {
        try (BenchServers servers = BenchServers.start(directory.resolve("servers"))) {
            SurgeOptions options = new SurgeOptions(
                    60,
                    20,
                    80,
                    10,
                    2,
                    3,
                    new LiveOptions.Job(2, 768, Duration.ofSeconds(2), List.of(), false),
                    directory.resolve("surge"),
                    1);

            Map<String, Double> figures = SurgeComputations.measure(servers, options);

            assertThat(figures.get("lines")).isEqualTo(60);
            assertThat(figures.get("computationMedianSeconds")).isPositive();
            assertThat(figures.get("visibleMedianSeconds")).isPositive();
            assertThat(figures.get("coverRows")).isGreaterThanOrEqualTo(160);
        }
    }
}

package org.capacityboard.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.capacityboard.bench.run.BenchServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each figure once, with so few lines and seconds that only its rows say something. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFiguresIT {
    private static final LiveOptions.Time SHORT =
            new LiveOptions.Time(Duration.ofSeconds(70), Duration.ZERO, Duration.ofSeconds(3));

    private BenchServers servers;
    private LiveOptions options;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        servers = BenchServers.start(directory.resolve("servers"));
        options = LiveOptions.standard(directory.resolve("live"))
                .withLoad(200, 10_000)
                .withTime(SHORT)
                .withKills(1)
                .withJob(new LiveOptions.Job(2, 768, Duration.ofSeconds(2), List.of(), false));
    }

    @AfterAll
    void stop() throws IOException {
        servers.close();
    }

    @Test
    void rows_follow_their_reports_and_are_the_oracles() throws Exception {
        Map<String, Double> figures = Freshness.measure(servers, options);

        assertThat(figures.get("samples")).isGreaterThan(100);
        assertThat(figures.get("p50Ms")).isBetween(1.0, figures.get("p99Ms"));
        assertThat(figures.get("p99Ms")).isLessThanOrEqualTo(figures.get("maxMs"));
        assertThat(figures.get("rowsVerified")).isGreaterThanOrEqualTo(2 * 200);
    }

    @Test
    void a_killed_job_is_back_and_its_rows_are_the_oracles() throws Exception {
        Map<String, Double> figures = Recovery.measure(servers, options);

        assertThat(figures.get("firstRowWorstSeconds"))
                .isBetween(figures.get("submittedMedianSeconds"), figures.get("allLinesWorstSeconds"));
        assertThat(figures.get("rowsVerified")).isGreaterThanOrEqualTo(2 * 200);
    }

    @Test
    void a_rate_is_sent_evenly_and_its_rows_are_the_oracles() throws Exception {
        Map<String, Double> figures = Sustained.measure(servers, options);

        assertThat(figures.get("sentPerSecond")).isBetween(5_000.0, 11_000.0);
        assertThat(figures.get("lagMax")).isGreaterThanOrEqualTo(figures.get("lagAtEnd"));
        assertThat(figures.get("rowsVerified")).isGreaterThanOrEqualTo(2 * 200);
    }
}

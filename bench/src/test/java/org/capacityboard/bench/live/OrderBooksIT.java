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

@Timeout(180)
class OrderBooksIT {
    @Test
    void orders_of_the_past_and_of_now_stand_as_they_were_sent(@TempDir Path directory) throws Exception {
        try (BenchServers servers = BenchServers.start(directory.resolve("servers"))) {
            OrderOptions options = new OrderOptions(
                    2_000,
                    200,
                    Duration.ofDays(20),
                    200,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    new LiveOptions.Job(2, 768, Duration.ofSeconds(2), List.of(), false),
                    directory.resolve("orders"),
                    1);

            Map<String, Double> figures = OrderBooks.measure(servers, options);

            assertThat(figures.get("orders")).isBetween(2_050.0, 2_500.0);
            assertThat(figures.get("open")).isBetween(100.0, 800.0);
            assertThat(figures.get("pastPerSecond")).isGreaterThan(100);
            assertThat(figures.get("eventsPerSecond")).isBetween(100.0, 300.0);
        }
    }
}

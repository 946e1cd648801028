package org.capacityboard.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.capacityboard.local.embedded.DataDirectory;
import org.capacityboard.local.embedded.RetainedCheckpoints;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class DemoIT {

    // One line fills one partition of eight: the others must not be waited for.
    private static final Settings SETTINGS = Settings.defaults()
            .with("simulator.scenario", "clean-line")
            .with("throughput.idle-after", "1s")
            .with("checkpoint.interval", "1s");

    @Test
    void a_demo_goes_on_where_it_stopped_even_from_a_damaged_newest_checkpoint(@TempDir Path path) throws Exception {
        try (DataDirectory data = DataDirectory.take(path)) {
            RetainedCheckpoints checkpoints = RetainedCheckpoints.of(data.checkpoints(), BoardJob.THROUGHPUT.id());
            try (Demo demo = start(data, new ArrayList<>())) {
                TestBoard.await(
                        () -> demo.vitals().watermark() != null
                                && checkpoints.completed().size() > 1,
                        true);
                assertThat(page(demo, "/readyz")).startsWith("ready");
                assertThat(page(demo, "/")).contains("/assets/main.js");
                assertThat(page(demo, "/api/home")).contains("\"uid\":\"board-overview\"", "\"synthetic\":true");
                assertThat(TestBoard.await(() -> orders(demo) > 0, true))
                        .as("orders stand in the database")
                        .isTrue();
                assertThat(page(demo, "/metrics"))
                        .contains("flink_operator_", "job_name=\"lead-time\"", "capacity_ingest_waiting_records");
                RetainedCheckpoints orders = RetainedCheckpoints.of(data.checkpoints(), BoardJob.LEAD_TIME.id());
                assertThat(TestBoard.await(() -> orders.completed().isEmpty(), false))
                        .as("no checkpoint of the lead time job")
                        .isFalse();
            }
            Path newest = checkpoints.completed().get(0);
            String before = checkpoints.completed().get(1).getFileName().toString();
            Files.write(newest.resolve("_metadata"), new byte[10], StandardOpenOption.TRUNCATE_EXISTING);

            List<String> steps = new ArrayList<>();
            try (Demo demo = start(data, steps)) {
                assertThat(steps)
                        .contains("job throughput goes on from " + before)
                        .anyMatch(step -> step.startsWith("job lead-time goes on from "));
                long written = demo.vitals().rowsWritten();
                assertThat(TestBoard.await(() -> demo.vitals().rowsWritten() > written, true))
                        .as("rows change again")
                        .isTrue();
            }
        }
    }

    private static Demo start(DataDirectory data, List<String> steps) throws Exception {
        return Demo.start(data, DemoPorts.from(0), SETTINGS, steps::add);
    }

    private static long orders(Demo demo) throws SQLException {
        DatabaseSettings database = demo.settings().database();
        try (Connection reader = DriverManager.getConnection(
                        database.url(),
                        database.reader().user(),
                        Objects.requireNonNull(database.reader().password()).reveal());
                Statement statement = reader.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from capacity.order_status")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String page(Demo demo, String path) throws Exception {
        return Objects.requireNonNull(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(demo.httpAddress() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }
}

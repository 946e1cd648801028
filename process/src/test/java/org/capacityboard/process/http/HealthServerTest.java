package org.capacityboard.process.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.HttpSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private static final HttpSettings ANY_PORT = new HttpSettings("127.0.0.1", 0);

    private final AtomicReference<@Nullable String> databaseProblem = new AtomicReference<>();
    private final ProcessMetrics metrics = new ProcessMetrics("job");
    private final HealthServer server = HealthServer.start(
            ANY_PORT,
            metrics,
            List.of(new ReadyCheck("broker", () -> null), new ReadyCheck("database", databaseProblem::get)));

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void a_living_process_is_alive_and_ready() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("alive\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ready\nbroker: ready\ndatabase: ready\n");
    }

    @Test
    void a_process_without_its_database_lives_but_is_not_ready_and_says_why() throws Exception {
        databaseProblem.set("refuses connections");

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("not ready\nbroker: ready\ndatabase: refuses connections\n");
    }

    @Test
    void a_check_that_breaks_is_a_reason_not_to_be_ready() throws Exception {
        try (HealthServer broken =
                HealthServer.start(ANY_PORT, metrics, List.of(new ReadyCheck("broker", HealthServerTest::breaks)))) {
            HttpResponse<String> answer = send("GET", broken, "/readyz");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("the check itself failed");
        }
    }

    @Test
    void metrics_are_prometheus_text_and_count_requests_by_known_paths_only() throws Exception {
        get("/favicon.ico");
        get("/healthz");

        HttpResponse<String> page = get("/metrics");

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(page.body())
                .contains("path=\"other\",process=\"job\",status=\"404\"", "path=\"/healthz\"")
                .doesNotContain("favicon");
    }

    @Test
    void only_reading_is_answered() throws Exception {
        assertThat(send("POST", server, "/metrics").statusCode()).isEqualTo(405);
        assertThat(send("HEAD", server, "/healthz").body()).isEmpty();
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void a_taken_port_is_said_clearly() {
        assertThatThrownBy(() -> HealthServer.start(new HttpSettings("127.0.0.1", server.port()), metrics, List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("http.port '" + server.port() + "' is taken by another process on 127.0.0.1."
                        + "\nMaybe another Capacity Board runs here: --set http.port=0 takes any free port.");
    }

    @Test
    void an_address_of_another_machine_is_said_clearly() {
        assertThatThrownBy(() -> HealthServer.start(new HttpSettings("192.0.2.1", 0), metrics, List.of()))
                .hasMessageContaining("http.host '192.0.2.1' is no address of this machine");
    }

    private static @Nullable String breaks() {
        throw new IllegalStateException("no client");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", server, path);
    }

    private static HttpResponse<String> send(String method, HealthServer server, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}

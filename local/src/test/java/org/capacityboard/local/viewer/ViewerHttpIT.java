package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.Viewer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the viewer answers to whoever speaks HTTP, without a browser. */
@ExtendWith(ViewerExtension.class)
@SuppressWarnings("NullAway.Init")
final class ViewerHttpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "a-token-of-the-tests-0123456789";

    private final HttpClient client = HttpClient.newHttpClient();
    private FilledViewer viewer;

    @BeforeEach
    void use(FilledViewer shared) {
        viewer = shared;
    }

    @Test
    void sql_cannot_be_sent() throws Exception {
        String panel = "/api/dashboards/figures/panels/2?" + FilledViewer.week();
        JsonNode asStored = json(get(viewer.tests(panel)));
        for (String name : new String[] {"sql", "rawSql", "query", "targets"}) {
            HttpResponse<String> answer = get(viewer.tests(panel + "&" + name + "=SELECT%20666"));
            assertThat(answer.body()).doesNotContain("666");
            if (answer.statusCode() == 200) {
                assertThat(json(answer).path("frames")).isEqualTo(asStored.path("frames"));
            }
        }
    }

    @Test
    void no_answer_gives_the_sql_or_the_database_away() throws Exception {
        List<String> texts = List.of(
                get(viewer.tests("/api/dashboards/figures?" + FilledViewer.week()))
                        .body(),
                get(viewer.tests("/api/dashboards/choices?" + FilledViewer.week()))
                        .body(),
                get(viewer.tests("/api/dashboards/slow/panels/3?" + FilledViewer.week()))
                        .body());
        assertThat(texts).allSatisfy(text -> assertThat(text)
                .doesNotContainIgnoringCase("select ")
                .doesNotContain("jdbc:", "rawSql", "capacity.line", "no_such_column"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void nothing_but_looking_is_allowed(String method) throws Exception {
        for (String path : new String[] {"/", "/api/home", "/api/dashboards/figures/panels/2", "/d/figures"}) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(viewer.tests(path))
                            .method(method, BodyPublishers.ofString("SELECT 666"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(405);
            assertThat(answer.body()).doesNotContain("666");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/dashboards/nowhere",
                "/api/dashboards/nowhere/panels/1",
                "/api/dashboards/figures/panels/999",
                "/api/dashboards/figures/panels/x",
                "/api/dashboards/..%2F..%2Fetc%2Fpasswd",
                "/api/nothing"
            })
    void what_is_not_there_is_404_and_says_what_to_do(String path) throws Exception {
        HttpResponse<String> answer = get(viewer.tests(path));
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(json(answer).path("problem").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/assets/../index.html", "/assets/..%2f..%2fViewer.class", "/assets/nothing.js", "/etc/passwd"})
    void only_the_assets_are_served(String path) throws Exception {
        assertThat(get(viewer.tests(path)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from=yesterday", "from=now-7x", "from=now&to=now-7d", "from=9999999999999999999999", "to=%00"})
    void a_time_that_is_none_is_refused_with_its_remedy(String range) throws Exception {
        HttpResponse<String> answer = get(viewer.tests("/api/dashboards/figures/panels/2?" + range));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("problem").asText()).contains("Maybe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/d/figures", "/d/nowhere", "/api/home", "/api/nothing", "/assets/main.js", "/nothing"})
    void every_answer_tells_browsers_to_trust_nobody_else(String path) throws Exception {
        HttpResponse<String> answer = get(viewer.tests(path));
        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'self'")
                .doesNotContain("unsafe", "*");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        if (path.startsWith("/api")) {
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(answer, "Content-Type")).startsWith("application/json");
        }
    }

    @Test
    void assets_are_asked_for_once_and_answers_come_compressed() throws Exception {
        URI script = viewer.tests("/assets/echarts.min.js");
        HttpResponse<byte[]> packed = client.send(
                HttpRequest.newBuilder(script).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).hasSizeGreaterThan(2 * packed.body().length);
        }
        HttpResponse<String> again = client.send(
                HttpRequest.newBuilder(script)
                        .header("Accept-Encoding", "gzip")
                        .header("If-None-Match", header(packed, "ETag"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void a_broken_file_is_listed_and_the_others_are_there() throws Exception {
        JsonNode home = json(get(viewer.tests("/api/home")));
        assertThat(home.path("broken").findValuesAsText("file"))
                .anySatisfy(file -> assertThat(file).endsWith(TestDashboards.BROKEN));
        assertThat(home.path("dashboards").findValuesAsText("uid")).contains("figures", "choices");
    }

    @Test
    void the_first_page_counts_the_lines_of_the_database() throws Exception {
        JsonNode home = json(get(viewer.committed("/api/home")));
        assertThat(home.path("lines").path("total").asText())
                .isEqualTo(viewer.value("SELECT count(*) FROM capacity.line_current"));
        assertThat(home.path("lines").path("unknown").asText())
                .isEqualTo(viewer.value("SELECT count(*) FROM capacity.line_current WHERE state IS NULL"));
        assertThat(home.path("dataUpTo").asText())
                .isEqualTo(viewer.value(
                        "SELECT (extract(epoch from max(watermark)) * 1000)::bigint FROM capacity.line_current"));
        assertThat(home.path("attention").findValuesAsText("line")).contains("press-2", "fill-2");
    }

    @Test
    void an_address_that_others_reach_needs_a_token_or_a_proxy() {
        Settings open = viewer.settings().with("http.host", "0.0.0.0");
        assertThatThrownBy(() -> viewer.another(open).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("viewer.access-token")
                .hasMessageContaining("viewer.user-header");
    }

    @Test
    void who_has_the_token_gets_a_cookie_and_everybody_else_nothing() throws Exception {
        try (Viewer guarded = viewer.another(viewer.settings().with("viewer.access-token", TOKEN))) {
            URI home = guarded.address().resolve("/api/home");
            assertThat(get(home).statusCode()).isEqualTo(401);
            assertThat(get(guarded.address().resolve("/d/plant")).statusCode()).isEqualTo(401);
            assertThat(get(guarded.address().resolve("/d/plant")).body())
                    .contains("token")
                    .doesNotContain(TOKEN);
            assertThat(get(guarded.address().resolve("/?token=" + TOKEN + "x")).statusCode())
                    .isEqualTo(401);
            for (String path : new String[] {"/healthz", "/readyz", "/metrics"}) {
                // A viewer that has not looked for its database yet is not ready.
                assertThat(get(guarded.address().resolve(path)).statusCode())
                        .as(path)
                        .isIn(200, 503);
            }

            HttpResponse<String> entrance =
                    get(guarded.address().resolve("/d/plant?token=" + TOKEN + "&from=now-1h&to=now"));
            assertThat(entrance.statusCode()).isBetween(302, 303);
            assertThat(header(entrance, "Location"))
                    .doesNotContain(TOKEN, "token")
                    .contains("/d/plant", "from=now-1h");
            String cookie = header(entrance, "Set-Cookie");
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
            String pair = cookie.substring(0, cookie.indexOf(';'));
            assertThat(get(home, Map.of("Cookie", pair)).statusCode()).isEqualTo(200);
            assertThat(get(home, Map.of("Cookie", pair + "x")).statusCode()).isEqualTo(401);
            assertThat(get(home, Map.of("Authorization", "Bearer " + TOKEN)).statusCode())
                    .isEqualTo(200);
            assertThat(get(home, Map.of("Authorization", "Bearer " + TOKEN + "x"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_proxy_names_the_user_or_nobody_gets_in() throws Exception {
        try (Viewer guarded = viewer.another(viewer.settings().with("viewer.user-header", "X-Forwarded-User"))) {
            URI home = guarded.address().resolve("/api/home");
            assertThat(get(home).statusCode()).isEqualTo(401);
            assertThat(get(home, Map.of("X-Forwarded-User", "")).statusCode()).isEqualTo(401);
            assertThat(get(home, Map.of("X-Forwarded-User", "ada")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_name_that_others_gave_this_machine_is_not_answered() throws IOException {
        for (String name : new String[] {"example.org", "127.0.0.1.example.org", "localhost.example.org"}) {
            assertThat(firstLine("GET /api/home HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"))
                    .as(name)
                    .matches("HTTP/1.1 4\\d\\d.*");
        }
        assertThat(firstLine("GET /api/home HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains(" 200 ");
    }

    private String firstLine(String request) throws IOException {
        URI address = viewer.tests("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void a_file_that_changes_or_goes_is_seen_without_a_restart(@TempDir Path folder) throws Exception {
        DashboardFile file =
                new DashboardFile("moving").panel("stat", "One", "SELECT 1 AS \"One\" -- timeless: a constant");
        file.writeTo(folder);
        try (Viewer own = viewer.another(viewer.settings().with("viewer.dashboards", folder.toString()))) {
            URI panel = own.address().resolve("/api/dashboards/moving/panels/2?from=now-1h&to=now");
            assertThat(get(panel).statusCode()).isEqualTo(404);
            file.panel("stat", "Two", "SELECT 2 AS \"Two\" -- timeless: a constant")
                    .writeTo(folder);
            assertThat(TestBoard.await(() -> get(panel).statusCode(), 200)).isEqualTo(200);
            Files.delete(folder.resolve("moving.json"));
            assertThat(TestBoard.await(() -> get(panel).statusCode(), 404)).isEqualTo(404);
        }
    }

    @Test
    void another_site_cannot_ask_in_a_persons_name() throws Exception {
        Map<String, String> asked = Map.of("Sec-Fetch-Site", "cross-site", "Origin", "http://example.org");
        assertThat(get(viewer.tests("/api/home"), asked).headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return get(uri, Map.of());
    }

    private HttpResponse<String> get(URI uri, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}

package org.capacityboard.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.http.ReadyCheck;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.archive.DashboardArchive;
import org.capacityboard.viewer.query.Reader;
import org.capacityboard.viewer.query.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A viewer before a real database, asked as a browser would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
final class ViewerIT {
    private static final String QUESTIONS = "/api/dashboards/questions";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient browser = HttpClient.newHttpClient();
    private final ProcessMetrics metrics = new ProcessMetrics("viewer");
    private ReaderDatabase database;
    private Settings settings;
    private Viewer viewer;
    private Path output;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, SQLException {
        database = new ReaderDatabase(directory);
        Path dashboards = Files.createDirectory(directory.resolve("dashboards"));
        try (InputStream questions = ViewerIT.class.getResourceAsStream("/questions.json")) {
            assertThat(questions).isNotNull();
            Files.write(dashboards.resolve("questions.json"), questions.readAllBytes());
        }
        Files.writeString(dashboards.resolve("broken.json"), "{");
        Files.writeString(
                dashboards.resolve("other.json"),
                "{\"uid\": \"other\", \"title\": \"Another\", \"tags\": [\"test\"], \"timezone\": \"utc\", \"panels\": []}");
        output = directory.resolve("archive");
        settings = Settings.defaults()
                .with("database.url", database.url())
                .with("http.port", "0")
                .with("viewer.dashboards", dashboards.toString())
                .with("viewer.query-timeout", "1s")
                .with("viewer.row-limit", "100");
        viewer = Viewer.start(settings, metrics, List.of(new ReadyCheck("plants", () -> null)));
    }

    @AfterAll
    void stop() throws IOException {
        viewer.close();
        metrics.close();
        database.close();
    }

    @Test
    void the_first_page_says_how_the_lines_are_and_what_there_is_to_see() throws Exception {
        JsonNode home = json("/api/home");

        assertThat(home.path("problem").isNull()).isTrue();
        assertThat(home.path("synthetic").asBoolean()).isTrue();
        assertThat(home.path("dataUpTo").asLong())
                .isEqualTo(Instant.parse("2026-11-16T00:00:00Z").toEpochMilli());
        assertThat(home.path("lines"))
                .isEqualTo(JSON.readTree("{\"producing\":3,\"down\":1,\"unknown\":1,\"other\":0,\"total\":5}"));
        long since = Instant.parse("2026-11-15T20:00:00Z").toEpochMilli();
        assertThat(home.path("attention"))
                .isEqualTo(JSON.readTree(
                        """
                        [{"line":"fill-2","plant":"2FAB0","state":"STOPPED","since":@,"reason":"tool-broken"},
                         {"line":"press-2","plant":"1FAB0","state":"UNKNOWN","since":@,"reason":null}]"""
                                .replace("@", String.valueOf(since))));
        assertThat(texts(home.path("dashboards"), "uid")).containsExactly("other", "questions");
        assertThat(texts(home.path("broken"), "file")).containsExactly("broken.json");
    }

    @Test
    void a_dashboard_is_told_without_its_queries_and_their_sources() throws Exception {
        HttpResponse<String> answer = get(QUESTIONS);
        JsonNode dashboard = JSON.readTree(answer.body());

        assertThat(answer.body())
                .doesNotContain("SELECT", "capacity.", "datasource", "capacity-postgres", "javascript:");
        assertThat(dashboard.path("time")).isEqualTo(JSON.readTree("{\"from\":\"now-24h\",\"to\":\"now\"}"));
        assertThat(dashboard.path("weekStart").asText()).isEqualTo("monday");
        assertThat(dashboard.path("refresh").asText()).isEqualTo("30s");
        assertThat(texts(dashboard.path("links"), "url")).containsExactly("/d/other", "/d/plant?${__url_time_range}");
        assertThat(dashboard.path("panels").get(10).path("notDrawn").asText()).contains("piechart");
        assertThat(dashboard.path("panels").get(11).path("html").asText())
                .isEqualTo("<p>Plant <strong>2FAB0</strong> &lt;script&gt;</p>\n");
        assertThat(dashboard.path("panels").get(13).path("row").asInt()).isEqualTo(13);
        assertThat(dashboard.path("panels").get(3).path("queries").asInt()).isEqualTo(2);
    }

    @Test
    void variables_have_the_defaults_of_the_file() throws Exception {
        JsonNode variables = json(QUESTIONS).path("variables");

        assertThat(variables.get(0).path("options"))
                .isEqualTo(
                        JSON.readTree(
                                "[{\"text\":\"Charges south\",\"value\":\"2FAB0\"},{\"text\":\"Shells north\",\"value\":\"1FAB0\"}]"));
        assertThat(variables.get(0).path("value")).isEqualTo(JSON.readTree("[\"2FAB0\"]"));
        assertThat(variables.get(1).path("all").asBoolean()).isTrue();
        assertThat(texts(variables.get(1).path("options"), "value")).containsExactly("fill-1", "fill-2");
        assertThat(variables.get(2).path("value")).isEqualTo(JSON.readTree("[\"hello\"]"));
        assertThat(variables.get(3).path("value")).isEqualTo(JSON.readTree("[\"2\"]"));
        assertThat(texts(variables, "problem")).containsOnly("null");
    }

    @Test
    void a_variable_sees_what_was_picked_before_it() throws Exception {
        String picked = "?var-plant=1FAB0&var-line=press-1&var-line=press-3&var-kind=1";

        assertThat(texts(json(QUESTIONS + picked).path("variables").get(1).path("options"), "value"))
                .containsExactly("press-1", "press-2", "press-3");
        assertThat(rows(QUESTIONS + "/panels/2" + picked))
                .isEqualTo(JSON.readTree("[[\"press-1\",\"1FAB0\",\"1\"],[\"press-3\",\"1FAB0\",\"1\"]]"));
        assertThat(rows(QUESTIONS + "/panels/2?var-plant=1FAB0&var-line=$__all"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "x' OR '1'='1", "1FAB0'; DROP TABLE x; --", "%00", "<script>"})
    void a_value_that_is_not_offered_is_told_and_reaches_no_query(String value) throws Exception {
        String picked = "?var-plant=" + encoded(value);

        JsonNode plant = json(QUESTIONS + picked).path("variables").get(0);

        assertThat(plant.path("value")).isEqualTo(JSON.readTree("[\"2FAB0\"]"));
        assertThat(plant.path("problem").asText())
                .startsWith("variable plant '")
                .contains("is none of its 2 values");
        assertThat(rows(QUESTIONS + "/panels/2" + picked)).hasSize(2);
    }

    @Test
    void of_several_values_those_that_are_offered_are_kept() throws Exception {
        JsonNode line = json(QUESTIONS + "?var-plant=1FAB0&var-line=press-1&var-line=gone")
                .path("variables")
                .get(1);

        assertThat(line.path("value")).isEqualTo(JSON.readTree("[\"press-1\"]"));
        assertThat(line.path("problem").asText()).contains("'gone' is none of its 3 values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Neil",
                "a;b",
                "back\\slash",
                "\\'; SELECT 1 --",
                "<b>&",
                "''",
                "$plant",
                "--",
                "/*",
                "? {d} :x"
            })
    void what_a_person_writes_is_a_text_to_the_database(String word) throws Exception {
        assertThat(rows(QUESTIONS + "/panels/3?var-word=" + encoded(word)))
                .isEqualTo(JSON.createArrayNode()
                        .add(JSON.createArrayNode().add(word).add(word)));
    }

    @Test
    void what_the_database_has_no_place_for_is_told() throws Exception {
        JsonNode word = json(QUESTIONS + "?var-word=a%00b").path("variables").get(2);

        assertThat(word.path("problem").asText()).contains("holds the character NUL");
        assertThat(rows(QUESTIONS + "/panels/3?var-word=a%00b").get(0).get(0).asText())
                .isEqualTo("hello");
    }

    @Test
    void columns_have_types_and_unknown_stays_unknown() throws Exception {
        JsonNode frame = json(QUESTIONS + "/panels/1").path("frames").get(0);

        assertThat(texts(frame.path("columns"), "type"))
                .containsExactly(
                        "time", "time", "time", "number", "number", "number", "number", "boolean", "string", "number",
                        "string", "time");
        assertThat(frame.path("rows").get(0))
                .isEqualTo(JSON.readTree("[1794204000000,1794182400000,1794204000000,7,9007199254740993,0.25,null,true,"
                        + "\"</script><b>\",null,\"{\\\"a\\\": 1}\",null]"));
        assertThat(frame.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void days_are_those_of_utc_wherever_the_viewer_runs_and_however_often_it_asks() throws Exception {
        TimeZone here = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        try (Reader reader = Reader.open(settings.with("viewer.connections", "1"))) {
            reader.await();
            for (int i = 0; i < 3; i++) {
                Rows rows = reader.ask("SELECT current_setting('TimeZone'), date '2026-11-09'::timestamptz");
                assertThat(rows.rows().toString())
                        .contains(
                                "UTC",
                                String.valueOf(
                                        Instant.parse("2026-11-09T00:00:00Z").toEpochMilli()));
            }
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void a_query_that_runs_too_long_is_cut_and_the_next_one_is_answered() throws Exception {
        Instant before = Instant.now();

        JsonNode frames = json(QUESTIONS + "/panels/4").path("frames");

        assertThat(frames.get(0).path("problem").asText())
                .isEqualTo("The query ran longer than 1 s and was cut. Maybe a shorter time range.");
        assertThat(frames.get(1).path("rows")).isEqualTo(JSON.readTree("[[1]]"));
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void more_rows_than_the_limit_are_left_out_and_that_is_told() throws Exception {
        JsonNode frame = json(QUESTIONS + "/panels/5").path("frames").get(0);

        assertThat(frame.path("rows")).hasSize(100);
        assertThat(frame.path("truncated").asBoolean()).isTrue();
        assertThat(frame.path("problem").isNull()).isTrue();
    }

    @Test
    void series_begin_with_the_range_and_go_by_the_interval() throws Exception {
        JsonNode answer = json(QUESTIONS + "/panels/6?from=1794182400000&to=1794787200000&width=1000");

        assertThat(answer.path("intervalMs").asLong()).isEqualTo(600_000);
        assertThat(answer.path("range")).isEqualTo(JSON.readTree("{\"from\":1794182400000,\"to\":1794787200000}"));
        assertThat(answer.path("frames").get(0).path("format").asText()).isEqualTo("time_series");
        assertThat(answer.path("frames").get(0).path("rows"))
                .isEqualTo(JSON.readTree("[[1794182400000,\"a\",1],[1794183000000,\"a\",1],[1794183600000,\"a\",1]]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7  | The query gives rows that are not in the order of time.",
                "8  | The query gives no column of times.",
                "9  | The database refused the query.",
                "10 | macro '$__nothing' is unknown.",
                "15 | The database refused the query.",
            })
    void a_query_that_cannot_be_drawn_says_why_without_its_sql(int panel, String problem) throws Exception {
        String body = get(QUESTIONS + "/panels/" + panel).body();

        JsonNode frame = JSON.readTree(body).path("frames").get(0);
        assertThat(frame.path("problem").asText()).startsWith(problem).contains(" Maybe ");
        assertThat(frame.path("rows")).isEmpty();
        assertThat(body).doesNotContain("SELECT", "secret_column", "TEMPORARY");
    }

    @Test
    void days_begin_in_the_zone_of_the_picked_plant() throws Exception {
        JsonNode dashboard = json(QUESTIONS + "?var-plant=1FAB0&from=2026-11-09&to=2026-11-10");

        assertThat(dashboard.path("timezone").asText()).isEqualTo("Europe/Oslo");
        assertThat(dashboard.path("range").path("from").asLong())
                .isEqualTo(Instant.parse("2026-11-08T23:00:00Z").toEpochMilli());
        assertThat(json("/api/dashboards/other").path("timezone").asText()).isEqualTo("utc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/dashboards/questions?from=yesterday          | 400 | from 'yesterday' is no time",
                "/api/dashboards/questions?from=now&to=now-1h      | 400 | must start before it ends",
                "/api/dashboards/questions/panels/1?from=now-9x    | 400 | is no time",
                "/api/dashboards/nothing                           | 404 | There is no dashboard of this name",
                "/api/dashboards/questions/panels/99               | 404 | no panel of this number",
                "/api/dashboards/questions/panels/1/sql            | 404 | nothing at this address",
                "/api/query                                        | 404 | nothing at this address",
            })
    void what_cannot_be_answered_is_told_as_a_problem(String path, int status, String problem) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("problem").asText()).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/d/questions",
                "/assets/board.css",
                "/api/home",
                "/metrics",
                "/nothing",
                "/api/dashboards/no"
            })
    void every_answer_keeps_the_page_to_itself(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("SAMEORIGIN");
        assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    }

    @Test
    void the_page_and_its_files_are_there_and_fetched_once() throws Exception {
        assertThat(get("/").body()).contains("<script src=\"/assets/echarts.min.js\"");
        assertThat(get("/d/questions/name").statusCode()).isEqualTo(200);
        assertThat(get("/assets/nothing.js").statusCode()).isEqualTo(404);
        assertThat(get("/assets/..%2Findex.html").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> charts = packed("/assets/echarts.min.js");
        assertThat(charts.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(charts.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(unpacked(charts.body())).contains("echarts").hasSizeGreaterThan(1_000_000);
        String tag = charts.headers().firstValue("ETag").orElse("");
        HttpResponse<String> again =
                send(HttpRequest.newBuilder(address("/assets/echarts.min.js")).header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(unpacked(packed("/api/dashboards/questions").body())).startsWith("{\"uid\":\"questions\"");
    }

    @Test
    void only_reading_is_answered() throws Exception {
        HttpRequest.Builder post =
                HttpRequest.newBuilder(address("/api/home")).POST(HttpRequest.BodyPublishers.ofString("SELECT 1"));

        assertThat(send(post).statusCode()).isEqualTo(405);
        HttpRequest.Builder head =
                HttpRequest.newBuilder(address("/api/home")).method("HEAD", HttpRequest.BodyPublishers.noBody());
        assertThat(send(head).statusCode()).isEqualTo(200);
    }

    @Test
    void requests_queries_rows_and_errors_are_counted() throws Exception {
        json(QUESTIONS + "/panels/5");
        json(QUESTIONS + "/panels/9");
        get("/nothing/of/this/kind");

        assertThat(get("/metrics").body())
                .contains(
                        "capacity_viewer_requests_seconds_count{path=\"/api/dashboards/{uid}/panels/{id}\",process=\"viewer\",status=\"200\"}",
                        "capacity_viewer_requests_seconds_count{path=\"other\",process=\"viewer\",status=\"404\"}",
                        "capacity_viewer_queries_seconds_count{dashboard=\"questions\",process=\"viewer\"}",
                        "capacity_viewer_rows_total{dashboard=\"questions\",process=\"viewer\"}",
                        "capacity_viewer_errors_total{dashboard=\"questions\",process=\"viewer\"}")
                .doesNotContain("/nothing/of");
    }

    @Test
    void a_dashboard_becomes_one_file_that_asks_nobody() throws Exception {
        Path dashboards = Files.createDirectories(output.resolve("in"));
        Files.writeString(
                dashboards.resolve("a.json"),
                """
                {"uid": "a", "title": "A </script><script>alert(1)</script>", "timezone": "utc", "panels": [
                  {"id": 1, "type": "stat", "title": "One", "targets": [{"refId": "A", "format": "table",
                   "rawSql": "SELECT text '</script><!--' AS x"}]}]}""");
        try (DashboardArchive archive =
                new DashboardArchive(settings.with("viewer.dashboards", dashboards.toString()))) {
            Path file = archive.write("a", "now-7d", "now", Map.of(), output);

            String html = Files.readString(file);
            assertThat(file).isEqualTo(output.resolve("a.html"));
            assertThat(html)
                    .startsWith("<!DOCTYPE html>")
                    .contains("id=\"board-archive\"", "\\u003c/script>\\u003c!--", "\"renderedAt\":", "'sha256-")
                    .doesNotContain("src=\"/assets", "href=\"/assets", "<script>alert(1)");
            assertThatThrownBy(() -> archive.write("b", "now-7d", "now", Map.of(), output))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("dashboard 'b' is unknown")
                    .hasMessageContaining("one of these is meant: a");
            assertThatThrownBy(() -> archive.write("a", "soon", "now", Map.of(), output))
                    .hasMessageContaining("from 'soon' is no time");
            assertThatThrownBy(() -> archive.write("a", "now-7d", "now", Map.of("x", List.of("y")), output))
                    .hasMessageContaining("variable x is none of this dashboard's");
        }
        try (DashboardArchive archive = new DashboardArchive(settings)) {
            assertThatThrownBy(() ->
                            archive.write("questions", "now-7d", "now", Map.of("plant", List.of("nobody")), output))
                    .hasMessageContaining("is none of its 2 values");
            assertThat(Files.readString(archive.write("questions", "now-7d", "now", Map.of(), output)))
                    .contains("The query ran longer than 1 s and was cut.")
                    .doesNotContain("SELECT pg_sleep");
        }
    }

    @Test
    void the_dashboards_of_this_release_are_answered() throws Exception {
        try (ProcessMetrics own = new ProcessMetrics("viewer");
                Viewer release = Viewer.start(
                        Settings.defaults().with("database.url", database.url()).with("http.port", "0"),
                        own,
                        List.of())) {
            for (JsonNode entry : json(release.address().resolve("/api/home")).path("dashboards")) {
                URI dashboard = release.address()
                        .resolve("/api/dashboards/" + entry.path("uid").asText());
                for (JsonNode panel : json(dashboard).path("panels")) {
                    if (panel.path("queries").asInt() > 0
                            && panel.path("notDrawn").isNull()) {
                        JsonNode answer = json(URI.create(dashboard + "/panels/" + panel.path("id")));
                        assertThat(texts(answer.path("frames"), "problem"))
                                .as("%s of %s", panel.path("title"), entry.path("uid"))
                                .containsOnly("null");
                    }
                }
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void a_database_that_goes_and_comes_back_is_told_and_needs_no_restart() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        database.stop();

        JsonNode away =
                until("/api/home", home -> home.path("problem").asText().contains("The database does not answer"));
        assertThat(away.path("lines").isNull()).isTrue();
        assertThat(texts(away.path("dashboards"), "uid")).containsExactly("other", "questions");
        untilStatus("/readyz", 503);
        JsonNode frame = json(QUESTIONS + "/panels/14").path("frames").get(0);
        assertThat(frame.path("problem").asText()).startsWith("The database does not answer. Maybe ");
        assertThat(json(QUESTIONS).path("panels")).hasSize(15);
        assertThat(get("/d/questions").statusCode()).isEqualTo(200);

        database.startAgain();

        until(
                QUESTIONS + "/panels/14",
                answer -> answer.path("frames").get(0).path("problem").isNull());
        untilStatus("/readyz", 200);
        assertThat(json("/api/home").path("lines").path("total").asInt()).isEqualTo(5);
    }

    private JsonNode until(String path, Predicate<JsonNode> wanted) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        JsonNode answer = json(path);
        while (!wanted.test(answer)) {
            assertThat(Instant.now()).as("still %s", answer).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = json(path);
        }
        return answer;
    }

    private void untilStatus(String path, int status) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (get(path).statusCode() != status) {
            assertThat(Instant.now()).as("%s gives %d", path, status).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private URI address(String path) {
        return viewer.address().resolve(path);
    }

    private JsonNode rows(String path) throws Exception {
        JsonNode frame = json(path).path("frames").get(0);
        assertThat(frame.path("problem").isNull()).as("no problem in %s", frame).isTrue();
        return frame.path("rows");
    }

    private JsonNode json(String path) throws Exception {
        return json(address(path));
    }

    private JsonNode json(URI address) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address(path)));
    }

    private static String encoded(String text) {
        return text.startsWith("%") ? text : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> packed(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(address(path))
                        .header("Accept-Encoding", "gzip, br")
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static String unpacked(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> texts(JsonNode array, String name) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.path(name).asText()));
        return texts;
    }
}

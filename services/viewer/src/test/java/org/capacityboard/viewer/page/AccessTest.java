package org.capacityboard.viewer.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {
    private static final Settings DEFAULTS = Settings.defaults();
    private static final Access OPEN = Access.of(DEFAULTS);
    private static final Access TOKEN = Access.of(DEFAULTS.with("viewer.access-token", "se<cret&1"));
    private static final Access PROXY = Access.of(DEFAULTS.with("viewer.user-header", "X-Forwarded-User"));

    @Test
    void a_host_that_others_reach_needs_a_token_or_a_proxy() {
        Settings everywhere = DEFAULTS.with("http.host", "0.0.0.0");

        assertThatThrownBy(() -> Access.of(everywhere))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("http.host '0.0.0.0'")
                .hasMessageContaining("viewer.access-token")
                .hasMessageContaining("viewer.user-header");
        assertThatCode(() -> Access.of(everywhere.with("viewer.access-token", "x")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Access.of(everywhere.with("viewer.user-header", "X-User")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Access.of(DEFAULTS.with("http.host", "localhost"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9400", "127.0.0.1:9400", "127.1.2.3", "[::1]:9400"})
    void everybody_at_this_machine_may_look(String host) {
        assertThat(OPEN.refusal(request("/", Map.of("Host", host)))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "localhost.example.org", "127.0.0.1.example.org:80", "<b>"})
    void a_name_of_another_host_that_leads_here_is_refused(String host) {
        Reply refusal = OPEN.refusal(request("/", Map.of("Host", host)));

        assertThat(status(refusal)).isEqualTo(403);
        assertThat(body(refusal)).contains("answers to localhost only").doesNotContain("<b>");
    }

    @Test
    void without_the_token_nobody_looks_and_is_told_what_to_do() {
        Reply page = TOKEN.refusal(request("/d/plant", Map.of()));
        Reply data = TOKEN.refusal(request("/api/home", Map.of()));

        assertThat(status(page)).isEqualTo(401);
        assertThat(body(page)).contains("asks for a token", "?token=...").doesNotContain("secret");
        assertThat(status(data)).isEqualTo(401);
        assertThat(body(data)).startsWith("{\"problem\":\"The viewer asks for a token. Maybe ");
        assertThat(body(TOKEN.refusal(request("/?token=wrong", Map.of())))).contains("This is not the token.");
    }

    @Test
    void the_token_in_the_address_becomes_a_cookie_that_opens_everything() {
        Reply entrance = TOKEN.refusal(request("/d/plant?from=now-1h&token=se%3Ccret%261&var-line=a%20b", Map.of()));
        assertThat(entrance).isNotNull();

        assertThat(entrance.status()).isEqualTo(303);
        assertThat(entrance.headers()).containsEntry("Location", "/d/plant?from=now-1h&var-line=a+b");
        String cookie = String.valueOf(entrance.headers().get("Set-Cookie"));
        assertThat(cookie).endsWith("; Path=/; HttpOnly; SameSite=Lax").doesNotContain("cret");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(TOKEN.refusal(request("/api/home", Map.of("Cookie", "a=b; " + pair))))
                .isNull();
        assertThat(status(TOKEN.refusal(request("/", Map.of("Cookie", pair + "0")))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"//example.org/x, /example.org/x", "/\\example.org, /example.org", "/, /"})
    void the_way_in_leads_to_no_other_host(String path, String location) {
        Request request = new Request("GET", path, path, Map.of("token", List.of("se<cret&1")), new LinkedHashMap<>());

        Reply entrance = TOKEN.refusal(request);

        assertThat(entrance).isNotNull();
        assertThat(entrance.headers()).containsEntry("Location", location);
    }

    @Test
    void programs_send_the_token_as_a_header() {
        assertThat(TOKEN.refusal(request("/api/home", Map.of("Authorization", "Bearer se<cret&1"))))
                .isNull();
        assertThat(status(TOKEN.refusal(request("/api/home", Map.of("Authorization", "Bearer x")))))
                .isEqualTo(401);
        assertThat(status(TOKEN.refusal(request("/api/home?token=se%3Ccret%261", Map.of()))))
                .isEqualTo(401);
    }

    @Test
    void behind_a_proxy_only_those_it_names_may_look() {
        assertThat(PROXY.refusal(request("/", Map.of("X-Forwarded-User", "ola", "Host", "board.example.org"))))
                .isNull();
        Reply refusal = PROXY.refusal(request("/", Map.of("X-Forwarded-User", " ")));
        assertThat(status(refusal)).isEqualTo(401);
        assertThat(body(refusal)).contains("X-Forwarded-User");
    }

    @Test
    void a_proxy_and_a_token_are_both_asked_for() {
        Access both = Access.of(DEFAULTS.with("viewer.access-token", "t").with("viewer.user-header", "X-User"));

        assertThat(status(both.refusal(request("/", Map.of("X-User", "ola"))))).isEqualTo(401);
        assertThat(status(both.refusal(request("/", Map.of("Authorization", "Bearer t")))))
                .isEqualTo(401);
        assertThat(both.refusal(request("/", Map.of("X-User", "ola", "Authorization", "Bearer t"))))
                .isNull();
    }

    private static Request request(String address, Map<String, String> headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        int question = address.indexOf('?');
        String path = question < 0 ? address : address.substring(0, question);
        String query = question < 0 ? null : address.substring(question + 1);
        return new Request("GET", path, path, Request.parameters(query), all);
    }

    private static int status(@Nullable Reply reply) {
        return reply == null ? 200 : reply.status();
    }

    private static String body(@Nullable Reply reply) {
        return reply == null ? "" : new String(reply.body(), StandardCharsets.UTF_8);
    }
}

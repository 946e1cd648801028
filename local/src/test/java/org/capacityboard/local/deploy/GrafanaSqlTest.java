package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.capacityboard.local.deploy.GrafanaSql.Chosen;
import org.junit.jupiter.api.Test;

final class GrafanaSqlTest {
    private static final GrafanaSql GRAFANA = new GrafanaSql(
            Map.of(
                    "plant", new Chosen(List.of("O'ER1"), false),
                    "line", new Chosen(List.of("a", "b'c"), true)),
            Instant.parse("2026-11-09T00:00:00Z"),
            Instant.parse("2026-11-16T00:00:00Z"),
            Duration.ofMinutes(5));

    @Test
    void a_single_value_is_escaped_and_several_are_quoted_and_joined() {
        assertThat(GRAFANA.expand("plant = '$plant' AND line IN ($line)"))
                .isEqualTo("plant = 'O''ER1' AND line IN ('a','b''c')");
    }

    @Test
    void a_format_decides_how_values_are_written() {
        assertThat(GRAFANA.expand("${line:csv} ${line:sqlstring} ${plant:raw}")).isEqualTo("a,b'c 'a','b''c' O'ER1");
    }

    @Test
    void the_interval_is_known_in_milliseconds_and_as_a_length() {
        assertThat(GRAFANA.expand("$__interval_ms $__interval")).isEqualTo("300000 300s");
    }

    @Test
    void macros_become_postgresql() {
        assertThat(GRAFANA.expand("$__time(t) $__timeEpoch(t)"))
                .isEqualTo("t AS \"time\" extract(epoch from t) as \"time\"");
        assertThat(GRAFANA.expand("$__timeFilter(t)"))
                .isEqualTo("t BETWEEN '2026-11-09T00:00:00Z' AND '2026-11-16T00:00:00Z'");
        assertThat(GRAFANA.expand("$__timeGroupAlias(t, '5m', 0)"))
                .isEqualTo("floor(extract(epoch from t)/300)*300 AS \"time\"");
        assertThat(GRAFANA.expand("$__unixEpochGroup(t,'1h') $__unixEpochTo()"))
                .isEqualTo("floor(t/3600)*3600 1794787200");
    }

    @Test
    void comments_are_gone_before_macros_are_looked_for() {
        assertThat(GRAFANA.expand("SELECT 1 /* $__nothing() */ -- $__nothing()"))
                .isEqualTo("SELECT 1  ");
    }

    @Test
    void an_unknown_macro_is_an_error() {
        assertThatThrownBy(() -> GRAFANA.expand("$__nothing(t)")).hasMessageContaining("$__nothing");
    }
}

package org.capacityboard.viewer.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrafanaIntervalTest {
    private static final Instant T0 = Instant.parse("2026-11-09T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT1S, 1000, , 1ms",
        "PT12S, 1000, , 10ms",
        "PT5M, 1000, , 200ms",
        "PT1H, 1000, , 5s",
        "PT1H, 1000, 1m, 1m",
        "PT6H, 1000, , 20s",
        "PT24H, 1000, , 1m",
        "PT24H, 500, , 2m",
        "P7D, 1000, , 10m",
        "P7D, 1000, 1h, 1h",
        "P7D, 400, , 30m",
        "P30D, 1000, , 30m",
        "P365D, 1000, , 6h",
        "P3650D, 1000, , 1d",
        "P7D, 1000, 90s, 10m",
        "P7D, 1000, 2w, 14d",
        "P7D, 1000, 7200, 2h",
        "P30000D, 100, , 1y",
    })
    void a_point_is_as_wide_as_grafana_rounds_it(Duration length, int points, @Nullable String least, String interval) {
        assertThat(GrafanaInterval.text(GrafanaInterval.of(new TimeRange(T0, T0.plus(length)), points, least)))
                .isEqualTo(interval);
    }

    @ParameterizedTest
    @CsvSource({
        "5m, PT5M",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "250ms, PT0.25S",
        "1d, PT24H",
        "1w, PT168H",
        "1M, PT720H",
        "1y, PT8760H"
    })
    void the_length_in_a_macro_is_read(String text, Duration length) {
        assertThat(GrafanaInterval.inMacro(text, T0)).isEqualTo(length);
    }

    @Test
    void what_is_no_length_is_told() {
        assertThatThrownBy(() -> GrafanaInterval.inMacro("soon", T0)).hasMessageContaining("'soon' is none");
        assertThatThrownBy(() -> GrafanaInterval.of(new TimeRange(T0, T0.plusMillis(1)), 1, "often"))
                .hasMessageContaining("'often' is none");
    }
}

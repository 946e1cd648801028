package org.capacityboard.viewer.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import org.capacityboard.process.errors.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrafanaClockTest {
    /** A Wednesday. */
    private static final Instant NOW = Instant.parse("2026-11-18T13:14:15.678Z");

    private static final GrafanaClock UTC = GrafanaClock.utc(NOW);

    @ParameterizedTest
    @CsvSource({
        "now-24h, now, 2026-11-17T13:14:15.678Z, 2026-11-18T13:14:15.678Z",
        "now/d, now/d, 2026-11-18T00:00:00Z, 2026-11-18T23:59:59.999Z",
        "now/d, now, 2026-11-18T00:00:00Z, 2026-11-18T13:14:15.678Z",
        "now-7d/d, now, 2026-11-11T00:00:00Z, 2026-11-18T13:14:15.678Z",
        "now-1w/w, now-1w/w, 2026-11-09T00:00:00Z, 2026-11-15T23:59:59.999Z",
        "now/w, now/w, 2026-11-16T00:00:00Z, 2026-11-22T23:59:59.999Z",
        "now-1M/M, now-1M/M, 2026-10-01T00:00:00Z, 2026-10-31T23:59:59.999Z",
        "now/Q, now/Q, 2026-10-01T00:00:00Z, 2026-12-31T23:59:59.999Z",
        "now/y, now/y, 2026-01-01T00:00:00Z, 2026-12-31T23:59:59.999Z",
        "now/h, now/m, 2026-11-18T13:00:00Z, 2026-11-18T13:14:59.999Z",
        "now - 1h / h, now+30m, 2026-11-18T12:00:00Z, 2026-11-18T13:44:15.678Z",
        "now-d, now/s, 2026-11-17T13:14:15.678Z, 2026-11-18T13:14:15.999Z",
        "now-2d/d+6h, now-1d/d+6h, 2026-11-16T06:00:00Z, 2026-11-18T05:59:59.999Z",
        "1794182400000, 1794787200000, 2026-11-09T00:00:00Z, 2026-11-16T00:00:00Z",
        "2026-11-09T06:00:00Z, 2026-11-09T06:00:00.5+00:00, 2026-11-09T06:00:00Z, 2026-11-09T06:00:00.5Z",
        "2026-11-09, 2026-11-10, 2026-11-09T00:00:00Z, 2026-11-10T00:00:00Z",
        "20261109, 20261109T063000, 2026-11-09T00:00:00Z, 2026-11-09T06:30:00Z",
        "2026-11-09 06:00:00, 2026-11-09T07:00, 2026-11-09T06:00:00Z, 2026-11-09T07:00:00Z",
    })
    void a_range_is_read_as_grafana_reads_it(String from, String to, Instant start, Instant end) {
        assertThat(UTC.range(from, to)).isEqualTo(new TimeRange(start, end));
    }

    @Test
    void days_begin_where_the_plant_is_and_are_as_long_as_there() {
        GrafanaClock oslo =
                new GrafanaClock(Instant.parse("2026-10-25T12:00:00Z"), ZoneId.of("Europe/Oslo"), DayOfWeek.MONDAY, 0);

        TimeRange day = oslo.range("now/d", "now/d");

        assertThat(day.from()).isEqualTo("2026-10-24T22:00:00Z");
        assertThat(day.to()).isEqualTo("2026-10-25T22:59:59.999Z");
        assertThat(oslo.range("2026-10-25", "2026-10-25T06:00:00").from()).isEqualTo("2026-10-24T22:00:00Z");
    }

    @Test
    void weeks_and_fiscal_years_begin_when_the_dashboard_says() {
        GrafanaClock american = new GrafanaClock(NOW, ZoneId.of("UTC"), DayOfWeek.SUNDAY, 9);

        assertThat(american.range("now/w", "now").from()).isEqualTo("2026-11-15T00:00:00Z");
        assertThat(american.range("now/fy", "now/fy"))
                .isEqualTo(new TimeRange(
                        Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2027-09-30T23:59:59.999Z")));
        assertThat(american.range("now/fQ", "now").from()).isEqualTo("2026-10-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "now-",
                "now-7",
                "now-7x",
                "now/2d",
                "now-7d/",
                "now7d",
                "2026-13-01",
                "2026-02-30",
                "now-999999y",
                "9999999999999999",
                "-99999999999999999999",
                "now-7d'; DROP TABLE x",
                "12:00",
                "now/fd",
                "now-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d"
            })
    void what_is_no_time_is_told(String text) {
        assertThatThrownBy(() -> UTC.range(text, "now"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is no time")
                .hasMessageContaining("Maybe you mean now-24h");
    }

    @Test
    void a_range_that_ends_before_it_starts_is_told() {
        assertThatThrownBy(() -> UTC.range("now", "now-1h")).hasMessageContaining("must start before it ends");
        assertThatThrownBy(() -> UTC.range("now", "now")).hasMessageContaining("must start before it ends");
    }
}

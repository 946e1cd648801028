package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class ProductionCalendarTest {
    private static final ProductionCalendar WARSAW_AT_SIX = new ProductionCalendar(ZoneId.of("Europe/Warsaw"), 360);

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    @Test
    void night_before_six_belongs_to_the_day_before() {
        long six = Instant.parse("2026-11-09T05:00:00Z").toEpochMilli();

        assertThat(WARSAW_AT_SIX.dayAt(six)).isEqualTo(day("2026-11-09"));
        assertThat(WARSAW_AT_SIX.dayAt(six - 1)).isEqualTo(day("2026-11-08"));
        assertThat(WARSAW_AT_SIX.startMs(day("2026-11-09"))).isEqualTo(six);
    }

    @Test
    void day_of_a_clock_change_has_23_or_25_hours() {
        assertThat(hours("2026-03-28")).isEqualTo(23);
        assertThat(hours("2026-10-24")).isEqualTo(25);
        assertThat(hours("2026-10-25")).isEqualTo(24);
    }

    private static long hours(String date) {
        return (WARSAW_AT_SIX.endMs(day(date)) - WARSAW_AT_SIX.startMs(day(date))) / Ms.HOUR;
    }

    @Test
    void iso_week_bears_the_year_of_its_thursday() {
        assertThat(ProductionCalendar.isoWeek(day("2026-11-09"))).isEqualTo("2026-W46");
        assertThat(ProductionCalendar.isoWeek(day("2027-01-03"))).isEqualTo("2026-W53");
        assertThat(ProductionCalendar.isoWeek(day("2029-12-31"))).isEqualTo("2030-W01");
    }
}

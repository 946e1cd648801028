package org.capacityboard.domain.throughput;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.capacityboard.domain.reference.PlantVersion;

/**
 * Production days of a plant. A production day bears the local date on which it starts and lasts until the next one starts: 23 or 25 hours when the
 * clock changes. Days are epoch days.
 *
 * @param zone the plant's zone
 * @param dayStartsAtMinute local minute of the day at which the production day starts
 */
public record ProductionCalendar(ZoneId zone, int dayStartsAtMinute) {
    /** The calendar a plant's clock gives. */
    public static ProductionCalendar of(PlantVersion plant) {
        return new ProductionCalendar(plant.zone(), plant.dayStartsAtMinute());
    }

    /** The production day an instant lies in. */
    public long dayAt(long ms) {
        long day = Instant.ofEpochMilli(ms).atZone(zone).toLocalDate().toEpochDay();
        return ms < startMs(day) ? day - 1 : day;
    }

    /** First instant of a production day; when the clock shows that time twice, the first. */
    public long startMs(long day) {
        return LocalDate.ofEpochDay(day)
                .atTime(LocalTime.ofSecondOfDay(dayStartsAtMinute * 60L))
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** First instant after a production day. */
    public long endMs(long day) {
        return startMs(day + 1);
    }

    /** The ISO week a production day counts in, as {@code 2026-W46}. */
    public static String isoWeek(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                date.get(IsoFields.WEEK_BASED_YEAR),
                date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}

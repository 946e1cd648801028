package org.capacityboard.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Comparator;

/**
 * What a row is about.
 *
 * @param window MINUTE and HOUR: the start as an ISO instant; DAY: the date and, for facts, its ISO week, as {@code 2026-03-29 2026-W13}
 * @param subject product id, or loss category
 * @param reasonCode empty if none was given, and for facts
 */
public record OracleKey(OracleTable table, String lineId, String window, String subject, String reasonCode)
        implements Comparable<OracleKey> {
    private static final Comparator<OracleKey> ORDER = Comparator.comparing(OracleKey::table)
            .thenComparing(OracleKey::lineId)
            .thenComparing(OracleKey::window)
            .thenComparing(OracleKey::subject)
            .thenComparing(OracleKey::reasonCode);

    /** Key of facts of a minute that starts at this instant. */
    public static OracleKey minute(String lineId, String productId, Instant start) {
        return new OracleKey(OracleTable.LINE_PRODUCT_MINUTE, lineId, start.toString(), productId, "");
    }

    /** Key of facts of an hour that starts at this instant. */
    public static OracleKey hour(String lineId, String productId, Instant start) {
        return new OracleKey(OracleTable.LINE_PRODUCT_HOUR, lineId, start.toString(), productId, "");
    }

    /** Key of facts of a production day. */
    public static OracleKey day(String lineId, String productId, LocalDate day) {
        return day(lineId, productId, day, isoWeek(day));
    }

    static OracleKey day(String lineId, String productId, LocalDate day, String isoWeek) {
        return new OracleKey(OracleTable.LINE_PRODUCT_DAY, lineId, day + " " + isoWeek, productId, "");
    }

    /** Key of planned time lost on a production day. */
    public static OracleKey loss(String lineId, LocalDate day, String category, String reasonCode) {
        return new OracleKey(OracleTable.LINE_LOSS_DAY, lineId, day.toString(), category, reasonCode);
    }

    private static String isoWeek(LocalDate day) {
        int week = day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return day.get(IsoFields.WEEK_BASED_YEAR) + (week < 10 ? "-W0" : "-W") + week;
    }

    @Override
    public int compareTo(OracleKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        String subjects = reasonCode.isEmpty() ? subject : subject + " '" + reasonCode + "'";
        return table.viewName() + " line " + lineId + ", " + window + ", " + subjects;
    }
}

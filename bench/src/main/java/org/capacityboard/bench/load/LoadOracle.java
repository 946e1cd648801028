package org.capacityboard.bench.load;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.OracleDifference;
import org.capacityboard.oracle.OracleEvent;
import org.capacityboard.oracle.OracleInput;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRows;

/** The rows that a load must end in, recomputed by the oracle a few lines at a time. */
public final class LoadOracle {
    private static final int MOST_LINES_AT_A_TIME = 200;
    /** What a core has at hand at a time; a hundred MB or two. */
    private static final int REPORTS_AT_A_TIME = 300_000;

    private static final int SECONDS_PER_MINUTE = 60;
    /** Those of hours, days and losses; of a load of some hours. */
    private static final int OTHER_ROWS_OF_LINE = 8;
    /** What a row takes with its key, its texts and its place in two maps. */
    private static final int BYTES_OF_ROW = 2_048;

    private LoadOracle() {}

    /** Digest of the rows of all windows that close. */
    public static RowDigest digest(StandardLoad load) {
        RowDigest digest = new RowDigest(load);
        int linesAtATime = Math.max(1, Math.min(MOST_LINES_AT_A_TIME, REPORTS_AT_A_TIME / load.seconds()));
        IntStream.rangeClosed(0, (load.lines() - 1) / linesAtATime).parallel().forEach(part -> {
            RowDigest ofPart = new RowDigest(load);
            int first = part * linesAtATime;
            rows(load, first, Math.min(first + linesAtATime, load.lines()))
                    .rows()
                    .forEach(ofPart::add);
            synchronized (digest) {
                digest.add(ofPart);
            }
        });
        return digest;
    }

    /** Rows of all windows that close of the lines from {@code fromLine} to before {@code toLine}. */
    public static OracleRows rows(StandardLoad load, int fromLine, int toLine) {
        return rows(load, fromLine, toLine, line -> true);
    }

    private static OracleRows rows(StandardLoad load, int fromLine, int toLine, IntPredicate ofLines) {
        List<OracleEvent> events = new ArrayList<>();
        int plant = -1;
        for (int line = fromLine; line < toLine; line++) {
            if (!ofLines.test(line)) {
                continue;
            }
            // Only the plants of these lines: the oracle looks at every plant for every line.
            if (line / StandardLoad.LINES_PER_PLANT != plant) {
                plant = line / StandardLoad.LINES_PER_PLANT;
                events.add(event(LoadReference.plant(plant), load.start()));
            }
            events.add(event(LoadReference.line(load, line), load.start()));
            addReports(load, line, events);
        }
        Duration farAway = Duration.ofDays(366);
        return Oracle.throughput(new OracleInput(events, load.closedUntil(), farAway))
                .filter((key, row) -> isClosed(load, key));
    }

    private static void addReports(StandardLoad load, int line, List<OracleEvent> events) {
        LineScript script = new LineScript(load, line);
        for (int second = 0; second < load.seconds(); second++) {
            script.next();
            if (!load.reports(line, second)) {
                continue;
            }
            Instant eventTime = Instant.ofEpochMilli(load.eventTimeMs(second));
            events.add(event(
                    new LineTelemetry(
                            load.lineId(line),
                            load.sessionId(),
                            load.sequence(line, second),
                            eventTime,
                            script.state,
                            script.reasonCode,
                            null,
                            null,
                            script.good,
                            script.scrap,
                            null),
                    eventTime));
        }
    }

    private static OracleEvent event(SpecificRecord record, Instant receivedAt) {
        return new OracleEvent(record, receivedAt, null);
    }

    /** Whether a row's window closes in the course of a load. */
    public static boolean isClosed(StandardLoad load, OracleKey key) {
        Instant end =
                switch (key.table()) {
                    case LINE_PRODUCT_MINUTE -> Instant.parse(key.window()).plus(Duration.ofMinutes(1));
                    case LINE_PRODUCT_HOUR -> Instant.parse(key.window()).plus(Duration.ofHours(1));
                    case LINE_PRODUCT_DAY, LINE_LOSS_DAY ->
                        LocalDate.parse(key.window().substring(0, 10))
                                .plusDays(1)
                                .atStartOfDay(java.time.ZoneOffset.UTC)
                                .toInstant();
                };
        return !end.isAfter(load.closedUntil());
    }

    /** What a run's rows and the oracle's differ in; empty if in nothing. */
    public static String differences(StandardLoad load, RowDigest expected, RowSource found)
            throws IOException, SQLException {
        return differences(load, expected, found, linesAtATime(load));
    }

    /** @param width how many lines' rows are at hand at a time */
    static String differences(StandardLoad load, RowDigest expected, RowSource found, int width)
            throws IOException, SQLException {
        RowDigest digest = new RowDigest(load);
        for (int first = 0; first < load.lines(); first += width) {
            closed(load, found, first, width).rows().forEach(digest::add);
        }
        if (digest.equals(expected)) {
            return "";
        }
        List<OracleDifference> differences = new ArrayList<>();
        IntPredicate isWrong = line -> digest.differsAt(expected, line);
        for (int first = 0; first < load.lines(); first += width) {
            OracleRows right = rows(load, first, Math.min(first + width, load.lines()), isWrong);
            OracleRows given =
                    closed(load, found, first, width).filter((key, row) -> isWrong.test(load.line(key.lineId())));
            differences.addAll(OracleDifference.between(right, given));
        }
        return differences.isEmpty() ? "the digests differ, the rows do not" : OracleDifference.describe(differences);
    }

    /** As many as leave half of the heap to all else. */
    private static int linesAtATime(StandardLoad load) {
        long rowsOfLine = load.seconds() / SECONDS_PER_MINUTE + OTHER_ROWS_OF_LINE;
        long lines = Runtime.getRuntime().maxMemory() / 2 / (rowsOfLine * BYTES_OF_ROW);
        return (int) Math.max(1, Math.min(lines, load.lines()));
    }

    private static OracleRows closed(StandardLoad load, RowSource source, int first, int width)
            throws IOException, SQLException {
        return source.rows(first, Math.min(first + width, load.lines())).filter((key, row) -> isClosed(load, key));
    }
}

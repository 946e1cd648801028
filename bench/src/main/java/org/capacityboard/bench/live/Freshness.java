package org.capacityboard.bench.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.BenchServers;

/**
 * How old a row is: from the moment at which a report is handed to the producer to the moment at which a reader has the row that covers it. Every report of
 * the sampled lines counts, late ones too, each from its own sending; repeats, of which no row comes, do not. Half of the lines are looked at by their
 * current state, half by their open minute, every 5 ms.
 */
public final class Freshness {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_FOR_MINUTES_EVERY = Duration.ofMillis(25);

    private Freshness() {}

    /** Measures: {@code p50Ms}, {@code p99Ms}, {@code maxMs}, {@code samples}, the same for each kind of row, and for minutes until they are closed. */
    public static Map<String, Double> measure(BenchServers servers, LiveOptions options) throws Exception {
        StandardLoad names = new StandardLoad(options.lines(), 60, Instant.EPOCH, options.seed());
        List<String> sample = Arrays.stream(SentReports.sample(options.lines(), options.sampledLines(), options.seed()))
                .mapToObj(names::lineId)
                .toList();
        List<String> currents = new ArrayList<>();
        List<String> minutes = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            (i % 2 == 0 ? currents : minutes).add(sample.get(i));
        }
        List<String> ordered = new ArrayList<>(currents);
        ordered.addAll(minutes);
        try (LiveBoard board = new LiveBoard(servers, options, "freshness");
                RowWatch current = new RowWatch(board.reader(), RowWatch.Rows.CURRENT, currents);
                RowWatch minute = new RowWatch(board.reader(), RowWatch.Rows.OPEN_MINUTE, minutes);
                Connection reader = board.reader()) {
            SentReports sent = new SentReports(ordered, board.writer());
            try (LiveFeed feed = LiveFeed.ofNow(options.lines(), options.time().past(), options.seed(), sent)) {
                board.awaitLevel(feed, options.lines());
                Patience.pass(options.time().warmUp());
                feed.mostBehindMs();
                long from = System.nanoTime();
                Series closings = watchClosings(
                        reader, sent, sample, from + options.time().measured().toNanos());
                long to = System.nanoTime();
                double mostBehindMs = feed.mostBehindMs();
                Patience.await(
                        "rows of all that was measured",
                        PATIENCE,
                        () -> covers(current, sent, 0, to) && covers(minute, sent, currents.size(), to));
                StandardLoad load = feed.stopBeyond(Instant.now());
                Verdict verdict = board.judge(load);
                Series currentMs = delays(current, sent, 0, currents.size(), from, to);
                Series minuteMs = delays(minute, sent, currents.size(), minutes.size(), from, to);
                Map<String, Double> figures = new TreeMap<>();
                Series all = new Series();
                all.addAll(currentMs);
                all.addAll(minuteMs);
                put(figures, "", all);
                put(figures, "current", currentMs);
                put(figures, "openMinute", minuteMs);
                if (closings.size() > 0) {
                    figures.put("closedMinuteMs", closings.median());
                    figures.put("closedMinuteMaxMs", closings.max());
                    figures.put("closedMinutes", (double) closings.size());
                }
                figures.put("lookMs", (current.lookMeanMs() + minute.lookMeanMs()) / 2);
                figures.put("producerMostBehindMs", mostBehindMs);
                figures.put("rowsVerified", (double) verdict.rows());
                return figures;
            }
        }
    }

    private static void put(Map<String, Double> figures, String kind, Series delays) {
        figures.put(kind.isEmpty() ? "p50Ms" : kind + "P50Ms", delays.median());
        figures.put(kind.isEmpty() ? "p99Ms" : kind + "P99Ms", delays.quantile(0.99));
        figures.put(kind.isEmpty() ? "maxMs" : kind + "MaxMs", delays.max());
        figures.put(kind.isEmpty() ? "samples" : kind + "Samples", (double) delays.size());
    }

    /** Whether all reports that a watch's lines sent before a moment show in their rows. */
    private static boolean covers(RowWatch watch, SentReports sent, int offset, long untilNanos) {
        for (int line = 0; line < watch.lines(); line++) {
            int count = sent.count(offset + line);
            while (count > 0 && sent.sentAtNanos(offset + line, count - 1) > untilNanos) {
                count--;
            }
            if (watch.version(line) < RowWatch.VERSION_BEFORE_REPORTS + count) {
                return false;
            }
        }
        return true;
    }

    private static Series delays(RowWatch watch, SentReports sent, int offset, int lines, long from, long to) {
        Series delays = new Series();
        for (int line = 0; line < lines; line++) {
            for (int n = 0; n < sent.count(offset + line); n++) {
                long sentAt = sent.sentAtNanos(offset + line, n);
                if (sentAt >= from && sentAt < to) {
                    long seenAt = watch.firstSeenNanos(line, RowWatch.VERSION_BEFORE_REPORTS + n + 1);
                    delays.add((seenAt - sentAt) / 1e6);
                }
            }
        }
        return delays;
    }

    /** Until a moment, how long each minute that may close takes until its row says so for every sampled line, ms. */
    private static Series watchClosings(Connection reader, SentReports sent, List<String> sample, long untilNanos)
            throws SQLException {
        Series delays = new Series();
        Instant seen = sent.mayClose();
        try (PreparedStatement query = reader.prepareStatement(
                """
                select count(distinct line_id) from capacity.line_product_minute
                where line_id = any(?) and window_start = ? and watermark >= ?""")) {
            query.setArray(1, reader.createArrayOf("text", sample.toArray()));
            while (System.nanoTime() < untilNanos) {
                Instant end = sent.mayClose();
                if (end.isAfter(seen) && isClosed(query, end, sample.size())) {
                    delays.add((System.nanoTime() - sent.mayCloseAtNanos(end)) / 1e6);
                    seen = end;
                }
                LockSupport.parkNanos(LOOK_FOR_MINUTES_EVERY.toNanos());
            }
        }
        return delays;
    }

    private static boolean isClosed(PreparedStatement query, Instant minuteEnd, int lines) throws SQLException {
        query.setObject(2, OffsetDateTime.ofInstant(minuteEnd.minusSeconds(60), ZoneOffset.UTC));
        query.setObject(3, OffsetDateTime.ofInstant(minuteEnd, ZoneOffset.UTC));
        try (ResultSet result = query.executeQuery()) {
            result.next();
            return result.getLong(1) == lines;
        }
    }
}

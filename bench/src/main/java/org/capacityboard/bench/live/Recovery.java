package org.capacityboard.bench.live;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.BenchServers;

/**
 * How soon the job is back: its JVM is killed at a random moment after a completed checkpoint and started again at once, while lines go on reporting. Counted
 * from the kill to the first row a reader has that covers a report sent after the kill, and to such a row of every sampled line. In the end all rows must be
 * the oracle's, and no row may ever have shown an older version than before.
 */
public final class Recovery {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Recovery() {}

    /**
     * Measures: {@code firstRowMedianSeconds}, {@code firstRowWorstSeconds}, {@code allLinesMedianSeconds}, {@code allLinesWorstSeconds}, and of the first two
     * what passes until the job has been handed to its cluster, {@code submittedMedianSeconds}.
     */
    public static Map<String, Double> measure(BenchServers servers, LiveOptions options) throws Exception {
        StandardLoad names = new StandardLoad(options.lines(), 60, Instant.EPOCH, options.seed());
        List<String> sample = Arrays.stream(SentReports.sample(options.lines(), options.sampledLines(), options.seed()))
                .mapToObj(names::lineId)
                .toList();
        Random random = new Random(options.seed());
        Series submitted = new Series();
        Series firstRow = new Series();
        Series allLines = new Series();
        try (LiveBoard board = new LiveBoard(servers, options, "recovery");
                RowWatch watch = new RowWatch(board.reader(), RowWatch.Rows.CURRENT, sample)) {
            SentReports sent = new SentReports(sample, board.writer());
            try (LiveFeed feed = LiveFeed.ofNow(options.lines(), options.time().past(), options.seed(), sent)) {
                board.awaitLevel(feed, options.lines());
                if (options.job().classArchive()) {
                    archiveClasses(board, sent, watch);
                }
                Patience.pass(options.time().warmUp());
                for (int kill = 0; kill < options.kills(); kill++) {
                    long before = board.newestCheckpoint();
                    Patience.await("a checkpoint", PATIENCE, () -> board.newestCheckpoint() > before);
                    Patience.pass(Duration.ofMillis(
                            random.nextInt((int) board.checkpointInterval().toMillis())));
                    killAndStart(board, sent, watch, submitted, firstRow, allLines);
                }
                StandardLoad load = feed.stopBeyond(Instant.now());
                Verdict verdict = board.judge(load);
                if (watch.fallen() > 0) {
                    throw new IllegalStateException("Rows went back to an older version " + watch.fallen() + " times");
                }
                Map<String, Double> figures = new TreeMap<>();
                figures.put("submittedMedianSeconds", submitted.median());
                figures.put("firstRowMedianSeconds", firstRow.median());
                figures.put("firstRowWorstSeconds", firstRow.max());
                figures.put("allLinesMedianSeconds", allLines.median());
                figures.put("allLinesWorstSeconds", allLines.max());
                figures.put("kills", (double) options.kills());
                figures.put("rowsVerified", (double) verdict.rows());
                return figures;
            }
        }
    }

    private static void killAndStart(
            LiveBoard board, SentReports sent, RowWatch watch, Series submitted, Series firstRow, Series allLines)
            throws Exception {
        long killedAt = System.nanoTime();
        board.job().kill();
        // Counted after the end: what is more than this was sent when nobody was there.
        long[] after = next(sent, watch);
        JobProcess job = board.restart();
        job.awaitSubmitted();
        submitted.add((System.nanoTime() - killedAt) / 1e9);
        if (!job.isRestored()) {
            throw new IllegalStateException("The job began anew, must go on from a checkpoint");
        }
        awaitRows(watch, after);
        Series backAt = new Series();
        for (int line = 0; line < after.length; line++) {
            backAt.add((watch.firstSeenNanos(line, after[line]) - killedAt) / 1e9);
        }
        firstRow.add(backAt.quantile(0));
        allLines.add(backAt.max());
    }

    /** Of each line the version that covers the next report it sends. */
    private static long[] next(SentReports sent, RowWatch watch) {
        long[] next = new long[watch.lines()];
        for (int line = 0; line < next.length; line++) {
            next[line] = RowWatch.VERSION_BEFORE_REPORTS + sent.count(line) + 1L;
        }
        return next;
    }

    private static void awaitRows(RowWatch watch, long[] versions) throws Exception {
        Patience.await("new rows of every line", PATIENCE, () -> {
            for (int line = 0; line < versions.length; line++) {
                if (watch.version(line) < versions[line]) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Has the job write an archive of the classes that it needs, and start from it. */
    private static void archiveClasses(LiveBoard board, SentReports sent, RowWatch watch) throws Exception {
        board.job().stop();
        board.restartToArchive();
        awaitRows(watch, next(sent, watch));
        board.job().stop();
        if (!Files.exists(board.archive())) {
            throw new IllegalStateException(
                    "The job left no archive of its classes\nMaybe a folder is on the class path: only jars can be archived.");
        }
        board.restart();
        awaitRows(watch, next(sent, watch));
    }
}

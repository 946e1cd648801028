package org.capacityboard.bench.live;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.BenchServers;

/**
 * Whether the job holds a rate: records come evenly at it, their event time running faster than the clock, and once a second the records are counted that were
 * sent and not yet taken by their line's timeline. What the job has taken is read from its own page of metrics. The rate is held if this lag never is more
 * than 3 s of it and does not grow by half a percent of it, and if the producer kept its pace.
 */
public final class Sustained {
    private static final double MOST_LAG_SECONDS = 3;
    private static final double MOST_GROWTH = 0.005;
    private static final double LEAST_RATE = 0.995;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private Sustained() {}

    /**
     * Measures: {@code recordsPerSecond} that were taken, {@code lagAtStart}, {@code lagAtEnd}, {@code lagMax} in records, {@code lagMaxSeconds},
     * {@code lagSlope} in records a second, and {@code flat}, 1 if the rate is held and 0 if not.
     */
    public static Map<String, Double> measure(BenchServers servers, LiveOptions options) throws Exception {
        int rate = options.recordsPerSecond();
        Duration planned = options.time().warmUp().plus(options.time().measured());
        try (LiveBoard board = new LiveBoard(servers, options, "sustained");
                LiveFeed feed = LiveFeed.ofPast(options.lines(), rate, planned, options.seed(), board.writer())) {
            Patience.pass(options.time().warmUp());
            Series atSeconds = new Series();
            Series lag = new Series();
            feed.mostBehindMs();
            long from = System.nanoTime();
            long sentAtStart = feed.sent();
            for (long due = from; due - from <= options.time().measured().toNanos(); due += LOOK_EVERY.toNanos()) {
                Patience.until(due);
                lag.add(board.lag(feed));
                atSeconds.add((System.nanoTime() - from) / 1e9);
            }
            double sentRate = (feed.sent() - sentAtStart) / ((System.nanoTime() - from) / 1e9);
            double mostBehindMs = feed.mostBehindMs();
            StandardLoad load = feed.stop();
            Verdict verdict = board.judge(load);
            double slope = lag.slope(atSeconds);
            boolean flat =
                    lag.max() < MOST_LAG_SECONDS * rate && slope < MOST_GROWTH * rate && sentRate > LEAST_RATE * rate;
            Map<String, Double> figures = new TreeMap<>();
            figures.put("recordsPerSecond", sentRate - (lag.last() - lag.first()) / atSeconds.last());
            figures.put("sentPerSecond", sentRate);
            figures.put("lagAtStart", lag.first());
            figures.put("lagAtEnd", lag.last());
            figures.put("lagMedian", lag.median());
            figures.put("lagMax", lag.max());
            figures.put("lagMaxSeconds", lag.max() / rate);
            figures.put("lagSlope", slope);
            figures.put("flat", flat ? 1.0 : 0.0);
            figures.put("producerMostBehindMs", mostBehindMs);
            figures.put("measuredSeconds", atSeconds.last());
            figures.put("rowsVerified", (double) verdict.rows());
            return figures;
        }
    }
}

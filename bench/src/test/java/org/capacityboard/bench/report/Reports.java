package org.capacityboard.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.StandardLoad;

/** What a bench may have found, in round numbers. */
final class Reports {
    private Reports() {}

    static StepRuns step(String word, double... rates) {
        return new StepRuns(
                word,
                "what " + word + " does",
                IntStream.range(0, rates.length)
                        .mapToObj(i -> StepRun.measured(
                                i + 1,
                                Map.of(
                                        "eventsPerSecond", rates[i],
                                        "cpuSecondsPerMillion", 12.345,
                                        "peakHeapMegabytes", 1_234.5,
                                        "liveHeapBytesPerLine", 1_500.4,
                                        "rowsVerified", 40_000.0)))
                        .toList());
    }

    /** Three steps: one that ran three times, one that failed once, one that never came through. */
    static BenchReport small() {
        StepRuns failedOnce = new StepRuns(
                "l5",
                "job | without sinks",
                List.of(
                        StepRun.measured(1, Map.of("eventsPerSecond", 600_000.0)),
                        StepRun.failed(2, "The rows are not the oracle's:\n1 of 40,000 differs")));
        StepRuns neverCameThrough =
                new StepRuns("streams", "a <peer>", List.of(StepRun.failed(1, "it ended without a word")));
        return new BenchReport(
                new Ladder(List.of(step("l3a", 1_000_000, 800_000, 1_300_000), failedOnce, neverCameThrough)),
                List.of(
                        new Measurement("back after a kill", 5.25, "s", 15.0, 6.0, "worst of 3"),
                        new Measurement("freshness", null, "ms", null, 500.0, "nobody was there to look")),
                new Machine("Some CPU", 2, 8L << 30, "Some Linux", "Some JVM 17", "2.2", "4.3", "18.6"),
                new Conditions(
                        new StandardLoad(100, 600, Instant.parse("2026-03-02T23:55:00Z"), 1),
                        new LoadSize(60_600, 60),
                        2,
                        3,
                        4_096,
                        24_240,
                        0.12,
                        "./capacity bench --events 60000"));
    }
}

package org.capacityboard.bench.report;

import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.schemas.Topic;

/**
 * What the steps were given.
 *
 * @param load the events
 * @param size how many that is
 * @param parallelism threads, tasks or copies of operators
 * @param rounds how often each step ran
 * @param heapMegabytes most heap that a run may take
 * @param warmUpReports reports that are taken before the clock starts
 * @param loadAverageBefore processes of others that ran or waited in the minute before; negative if the system does not tell
 * @param command what does it all again
 */
public record Conditions(
        StandardLoad load,
        LoadSize size,
        int parallelism,
        int rounds,
        int heapMegabytes,
        long warmUpReports,
        double loadAverageBefore,
        String command) {
    String loadInWords() {
        return Numbers.whole(size.records()) + " records in " + Topic.LINE_TELEMETRY.partitions() + " partitions: "
                + Numbers.whole(load.lines()) + " lines that report "
                + (load.intervalSeconds() == 1 ? "once a second" : "every " + load.intervalSeconds() + " s") + " for "
                + Numbers.whole(load.seconds())
                + " s; 1 % of the reports come twice, 5 % up to 20 s late, 0.1 % of the records are rubbish; seed "
                + load.seed();
    }

    String runsInWords() {
        return (rounds == 1 ? "one of each step" : rounds + " of each step, all steps once and then again")
                + ", each in a JVM of its own with at most " + Numbers.whole(heapMegabytes)
                + " MB heap, parallelism " + parallelism + "; the clock starts after "
                + Numbers.whole(warmUpReports) + " reports. Broker and database are processes of their own"
                + " on the same machine. CPU and heap are those of the run's JVM alone."
                + (loadAverageBefore < 0
                        ? ""
                        : " Load average before the start: " + Numbers.plain(loadAverageBefore) + ".");
    }
}

package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.capacityboard.flink.ingest.Ingested;
import org.jspecify.annotations.Nullable;

/** Counts of one material in one plant, or reports of the people of one line: of those up to an instant the newest counts. */
final class NewestReports {
    private static final Comparator<Ranked> ORDER = Comparator.comparingLong(
                    (Ranked ranked) -> ranked.event().eventTimeMs())
            .thenComparingLong(Ranked::revision)
            .thenComparing(ranked -> ranked.event().body(), Arrays::compare);

    private final List<Ranked> known = new ArrayList<>();

    /** @param revision highest wins among those of one event time: who corrects an old count does not hide the newer ones */
    record Ranked(long revision, Ingested.Other event) {}

    /**
     * Takes a report; forgets what cannot be the newest any more at instants from {@code closedMs} on. Whether the report is not among those that are known: it
     * is new also where it is older than they are, for how far time has come when it is read hangs on how its channel raced the others.
     */
    boolean add(Ranked report, long closedMs) {
        if (known.stream().anyMatch(other -> ORDER.compare(other, report) == 0)) {
            return false;
        }
        known.add(report);
        Ranked newest = newest(closedMs);
        if (newest != null) {
            known.removeIf(other -> ORDER.compare(other, newest) < 0);
        }
        return true;
    }

    /** The newest with an event time up to an instant; null if there is none. */
    @Nullable
    Ranked newest(long ms) {
        Ranked newest = null;
        for (Ranked report : known) {
            if (report.event().eventTimeMs() <= ms && (newest == null || ORDER.compare(report, newest) > 0)) {
                newest = report;
            }
        }
        return newest;
    }

    List<Ingested.Other> events() {
        return known.stream().map(Ranked::event).toList();
    }
}

package org.capacityboard.bench.load;

/**
 * How much a load is.
 *
 * @param reports records that are reports, repeats included
 * @param rubbish records that are refused
 */
public record LoadSize(long reports, long rubbish) {
    /** Counts what {@link LoadEvents} sends, without making it. */
    public static LoadSize of(StandardLoad load) {
        long reports = 0;
        long rubbish = 0;
        for (int line = 0; line < load.lines(); line++) {
            for (int second = 0; second < load.seconds(); second++) {
                if (load.reports(line, second)) {
                    reports += LoadEvents.isRepeated(load, line, second) ? 2 : 1;
                    rubbish += LoadEvents.isSpoilt(load, line, second) ? 1 : 0;
                }
            }
        }
        return new LoadSize(reports, rubbish);
    }

    public long records() {
        return reports + rubbish;
    }
}

package org.capacityboard.bench.live;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a large order book is measured.
 *
 * @param orders how many orders there are before the first live event
 * @param open about how many of them are open then
 * @param past event time over which they were confirmed
 * @param eventsPerSecond order and delivery events that are sent live
 * @param warmUp what is left out before the measuring
 * @param measured how long is measured
 * @param job how the job is started
 * @param directory a folder that the run may empty
 * @param seed of the orders
 */
public record OrderOptions(
        int orders,
        int open,
        Duration past,
        int eventsPerSecond,
        Duration warmUp,
        Duration measured,
        LiveOptions.Job job,
        Path directory,
        long seed) {
    public OrderOptions {
        if (eventsPerSecond < 1 || warmUp.isNegative() || measured.toSeconds() < 2) {
            throw new IllegalArgumentException(eventsPerSecond + " events a second for " + warmUp + " and " + measured
                    + ": there must be an event, and two seconds to be measured");
        }
    }
}

package org.capacityboard.flink.operators;

import java.io.Serializable;
import java.time.Duration;
import org.capacityboard.process.settings.ThroughputSettings;

/**
 * How long the timeline waits, and for what.
 *
 * @param horizon how old an instant may be, behind the watermark, that late data still changes
 * @param unknownLineWait how long a report or plan waits for its line to be known (live input only; bounded input waits for its end)
 * @param bounded whether the input ends, as in a replay: then nothing depends on the wall clock
 */
public record TimelineTiming(Duration horizon, Duration unknownLineWait, boolean bounded) implements Serializable {
    /** For input that never ends. */
    public static TimelineTiming live(ThroughputSettings settings) {
        return new TimelineTiming(settings.horizon(), settings.unknownLineWait(), false);
    }

    /** For input that ends. */
    public static TimelineTiming bounded(ThroughputSettings settings) {
        return new TimelineTiming(settings.horizon(), settings.unknownLineWait(), true);
    }
}

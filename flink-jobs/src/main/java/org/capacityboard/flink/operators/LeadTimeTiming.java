package org.capacityboard.flink.operators;

import java.io.Serializable;
import java.time.Duration;
import org.capacityboard.process.settings.Settings;

/**
 * How long the order book waits, and for what.
 *
 * @param horizon how long after its end a day or week still takes corrections
 * @param unknownOrderWait how long, in watermark time, a delivery waits for its order and an order for its plant and product (live input only; bounded input
 *     waits for its end)
 * @param bounded whether the input ends, as in a replay: then nothing depends on the wall clock
 */
public record LeadTimeTiming(Duration horizon, Duration unknownOrderWait, boolean bounded) implements Serializable {
    /** For input that never ends. */
    public static LeadTimeTiming live(Settings settings) {
        return new LeadTimeTiming(
                settings.throughput().horizon(), settings.leadTime().unknownOrderWait(), false);
    }

    /** For input that ends. */
    public static LeadTimeTiming bounded(Settings settings) {
        return new LeadTimeTiming(
                settings.throughput().horizon(), settings.leadTime().unknownOrderWait(), true);
    }
}

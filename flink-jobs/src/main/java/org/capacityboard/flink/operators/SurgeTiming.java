package org.capacityboard.flink.operators;

import java.io.Serializable;
import java.time.Duration;
import org.capacityboard.process.settings.Settings;

/**
 * How long surge readiness waits, and what it takes for silence.
 *
 * @param unknownReferenceWait how long, in watermark time, a stock waits for its plant and material and a report of people for its line (live input only;
 *     bounded input waits for its end)
 * @param staleAfterDays days without a report or count after which a line or stock counts as nothing at the low end of the range
 * @param bounded whether the input ends, as in a replay: then nothing depends on the wall clock
 */
public record SurgeTiming(Duration unknownReferenceWait, int staleAfterDays, boolean bounded) implements Serializable {
    /** For input that never ends. */
    public static SurgeTiming live(Settings settings) {
        return of(settings, false);
    }

    /** For input that ends. */
    public static SurgeTiming bounded(Settings settings) {
        return of(settings, true);
    }

    private static SurgeTiming of(Settings settings, boolean bounded) {
        return new SurgeTiming(
                settings.surge().unknownReferenceWait(),
                Math.toIntExact(settings.surge().staleAfter().toDays()),
                bounded);
    }
}

package org.capacityboard.local.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person is shown while the demo runs: first how much of the past is loaded, then how the present goes. */
public final class DemoWatch {

    /** Rows this close to the clock are live. */
    private static final Duration LIVE = Duration.ofMinutes(3);

    private final Demo demo;
    private Vitals last;
    private long beganAtMs = Long.MAX_VALUE;
    private boolean live;

    /** Watches from now on. */
    public DemoWatch(Demo demo) throws SQLException {
        this.demo = demo;
        this.last = demo.vitals();
    }

    /**
     * What changed since the last look.
     *
     * @param historyRatio share of the past that is in the figures; null once they are live
     * @param text one line
     */
    public record Look(@Nullable Double historyRatio, String text) {}

    /** Looks again. */
    public Look look() throws SQLException {
        Vitals now = demo.vitals();
        Duration age = now.watermarkAge();
        String text = String.format(
                Locale.ROOT,
                "%,.0f events/s  %,.0f rows/s  watermark %s  %,d rejected",
                now.eventsPerSecondSince(last),
                now.rowsPerSecondSince(last),
                age == null ? "none yet" : behind(age),
                now.rejected());
        last = now;
        live = live || (age != null && age.compareTo(LIVE) < 0);
        return live ? new Look(null, text) : new Look(historyRatio(now), text);
    }

    /** The figures follow the events, so the past is loaded as far as the watermark has come since this start. */
    private double historyRatio(Vitals now) {
        SimulatedTime.Position simulated = demo.simulated().position();
        Instant watermark = now.watermark();
        long reachedMs = watermark == null ? simulated.firstMs() : watermark.toEpochMilli();
        beganAtMs = Math.min(beganAtMs, Math.min(reachedMs, simulated.firstMs()));
        return simulated.presentMs() <= beganAtMs
                ? 0
                : (reachedMs - beganAtMs) / (double) (simulated.presentMs() - beganAtMs);
    }

    private static String behind(Duration age) {
        if (age.compareTo(Duration.ofHours(2)) > 0) {
            return String.format(Locale.ROOT, "%.1f days behind", age.toMinutes() / 1440.0);
        }
        return age.truncatedTo(ChronoUnit.SECONDS).toSeconds() + " s behind";
    }
}

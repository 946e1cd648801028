package org.capacityboard.viewer.answer;

import java.util.List;
import org.capacityboard.viewer.dashboard.BrokenFile;
import org.jspecify.annotations.Nullable;

/**
 * The first page.
 *
 * @param now when this was said, milliseconds of the epoch
 * @param dataUpTo every event before it has been counted, milliseconds of the epoch; null while unknown
 * @param problem why there are no figures; null if there are
 * @param synthetic whether the figures are of simulated plants
 * @param attention lines that are down or silent while planned, longest first
 */
public record HomeAnswer(
        long now,
        @Nullable Long dataUpTo,
        @Nullable String problem,
        boolean synthetic,
        List<Entry> dashboards,
        List<BrokenFile> broken,
        @Nullable Lines lines,
        List<Attention> attention) {

    /** A dashboard to go to. */
    public record Entry(String uid, String title, String description, List<String> tags) {}

    /**
     * How many lines do what now, as the dashboards tell it.
     *
     * @param down stopped, aborted, clearing or in maintenance while planned
     * @param unknown silent while planned
     * @param other all others
     */
    public record Lines(long producing, long down, long unknown, long other, long total) {}

    /**
     * A line that somebody should look at.
     *
     * @param plant null if no plant is known to have it
     * @param state {@code UNKNOWN} or as last reported
     * @param since milliseconds of the epoch; null if it never reported
     * @param reason in the code of the plant; null if it gave none
     */
    public record Attention(
            String line,
            @Nullable String plant,
            String state,
            @Nullable Long since,
            @Nullable String reason) {}
}

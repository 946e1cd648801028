package org.capacityboard.domain.throughput;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a plan, line or plant as the timeline took it.
 *
 * @param version what was said
 * @param validFromMs instant from which it says so
 * @param revision highest wins among those of one {@code validFromMs}
 * @param appliesFromMs the correction horizon when it was accepted: older instants stay as they were
 */
record Acting<T>(T version, long validFromMs, long revision, long appliesFromMs) {
    long actsFromMs() {
        return Math.max(validFromMs, appliesFromMs);
    }

    /** The version that holds at an instant: of those acting, the one with the latest start, then revision. */
    static <T> @Nullable T at(List<Acting<T>> versions, long ms) {
        Acting<T> holding = null;
        for (Acting<T> version : versions) {
            if (version.actsFromMs() <= ms && (holding == null || version.outranks(holding))) {
                holding = version;
            }
        }
        return holding == null ? null : holding.version;
    }

    private boolean outranks(Acting<T> other) {
        return validFromMs != other.validFromMs ? validFromMs > other.validFromMs : revision > other.revision;
    }
}

package org.capacityboard.viewer.grafana;

import java.time.Duration;
import java.time.Instant;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;

/** From when to when a dashboard looks. */
public record TimeRange(Instant from, Instant to) {
    public TimeRange {
        if (!from.isBefore(to)) {
            throw UserError.failed(new Problem(
                    "time range", from + " to " + to, "must start before it ends", "from and to are swapped"));
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}

package org.capacityboard.simulator;

import java.time.Duration;
import java.time.Instant;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;

/**
 * What decides which events there are: the same simulation gives the same bytes, always and everywhere.
 *
 * @param scenario the alliance that is played
 * @param seed seed of all chance
 * @param lines how many lines; more than the scenario has are copies of them, 0 stands for those of the scenario
 * @param reportInterval time between two reports of a line
 * @param start instant of the first event; where there are order books with a history, lines begin a minute later
 */
public record Simulation(Scenario scenario, long seed, int lines, Duration reportInterval, Instant start) {
    public Simulation {
        if (lines < 0 || reportInterval.toMillis() < 100) {
            throw UserError.wrongUsage(new Problem(
                    "A simulation of " + lines + " lines with a report every " + reportInterval.toMillis() + " ms",
                    null,
                    "must have no negative number of lines, and 100 ms or more between two reports"));
        }
    }

    /** A scenario as its file says. */
    public static Simulation of(Scenario scenario, Instant start) {
        Duration interval = Duration.ofMillis(Math.round(scenario.reportIntervalSeconds() * 1000));
        return new Simulation(scenario, scenario.seed(), 0, interval, start);
    }

    /** The same with another start. */
    public Simulation startingAt(Instant otherStart) {
        return new Simulation(scenario, seed, lines, reportInterval, otherStart);
    }

    /** A word that changes whenever the events change, the start aside. */
    String identity() {
        return scenario.name() + "/" + scenario.fingerprint() + "/seed-" + seed + "/lines-" + lines + "/every-"
                + reportInterval.toMillis() + "-ms";
    }
}

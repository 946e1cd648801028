package org.capacityboard.process.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * How time passes for telemetry.
 *
 * @param horizon how long after its end a window still takes corrections
 * @param disorder how far events of one partition may arrive out of order before a window closes
 * @param idleAfter how long a partition is silent before the others no longer wait for it
 * @param futureGuard how far an event's time may be ahead of its receipt
 * @param unknownLineWait how long a report waits for the reference data of its line
 */
public record ThroughputSettings(
        Duration horizon, Duration disorder, Duration idleAfter, Duration futureGuard, Duration unknownLineWait)
        implements Serializable {}

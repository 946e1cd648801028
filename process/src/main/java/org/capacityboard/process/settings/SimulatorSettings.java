package org.capacityboard.process.settings;

import java.io.Serializable;

/**
 * What the simulated plants do.
 *
 * @param scenario name of the alliance or line to play
 * @param speed simulated seconds in a second
 * @param seed same seed, same events
 * @param weeks history before the present
 */
public record SimulatorSettings(String scenario, double speed, long seed, int weeks) implements Serializable {}

package org.capacityboard.process.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * What holds for orders and deliveries alone; the rest they share with telemetry.
 *
 * @param unknownOrderWait how long a delivery waits for its order, and an order for its plant and product, in event time
 */
public record LeadTimeSettings(Duration unknownOrderWait) implements Serializable {}

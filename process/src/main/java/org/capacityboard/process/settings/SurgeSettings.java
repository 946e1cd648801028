package org.capacityboard.process.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * What holds for surge readiness alone.
 *
 * @param staleAfter how long a line may be silent and a stock uncounted before the low end of readiness counts them as nothing, whole days
 * @param unknownReferenceWait how long a stock waits for its plant and material, and a report of people for its line, in event time
 */
public record SurgeSettings(Duration staleAfter, Duration unknownReferenceWait) implements Serializable {}

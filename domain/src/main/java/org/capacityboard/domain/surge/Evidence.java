package org.capacityboard.domain.surge;

/** What the capacity of lines rests on, strongest first. */
public enum Evidence {
    /** What a line has held for four weeks within the last year. */
    DEMONSTRATED,
    /** That, or its declared rate over the hours of the posture. */
    CONTRACTED,
    /** That, and lines that are funded but not yet accepted, from the day on which they will be. */
    ESTIMATED
}

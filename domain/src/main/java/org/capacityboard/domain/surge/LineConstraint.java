package org.capacityboard.domain.surge;

/** What limits a line. */
public enum LineConstraint {
    /** What it has shown. */
    DEMONSTRATED,
    /** What it has shown, or its declared rate over the hours of the posture. */
    CONTRACTED,
    /** What the people certified for it can run. */
    WORKFORCE
}

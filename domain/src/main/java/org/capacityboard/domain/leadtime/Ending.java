package org.capacityboard.domain.leadtime;

/** How an observation ends. */
public enum Ending {
    /** What was waited for happened. */
    EVENT,
    /** It still waits. */
    CENSORED,
    /** It was cancelled: from then on nobody waits. */
    CANCELLED
}

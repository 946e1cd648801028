package org.capacityboard.domain.surge;

/** Posture of the alliance for which a rate is required; with it comes how soon and for how long, and what goes wrong. */
public enum Posture {
    PEACETIME("peacetime", 0, 90),
    /** The largest firm receipt of each material comes 60 days late. */
    CRISIS("a crisis", 90, 180),
    /** Nothing comes from suppliers outside the alliance, and the most critical supplier parent is lost. */
    CONFLICT("conflict", 365, 365);

    private final String words;
    private final int reachWithinDays;
    private final int sustainDays;

    Posture(String words, int reachWithinDays, int sustainDays) {
        this.words = words;
        this.reachWithinDays = reachWithinDays;
        this.sustainDays = sustainDays;
    }

    /** Days until a required rate must be reached, where the requirement does not say. */
    public int reachWithinDays() {
        return reachWithinDays;
    }

    /** Days for which a required rate must be held, where the requirement does not say. */
    public int sustainDays() {
        return sustainDays;
    }

    /** As it stands after "in". */
    public String words() {
        return words;
    }
}

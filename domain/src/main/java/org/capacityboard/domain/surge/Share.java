package org.capacityboard.domain.surge;

/** What is supplied over what is drawn: 1 is enough, more is more than enough. Equal means within 1e-9. */
final class Share {
    private static final double TOLERANCE = 1e-9;

    /** From here on it is taken to be enough. */
    static final double WHOLE = 1 - TOLERANCE;

    private Share() {}

    /** Without end where nothing is drawn, also where what is drawn is too little for a number. */
    static double of(double supplied, double drawn) {
        if (drawn == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Double.isInfinite(drawn) ? 0 : supplied / drawn;
    }

    /** As a readiness, 0..1. */
    static double capped(double share) {
        return isWhole(share) ? 1 : share;
    }

    static boolean isWhole(double share) {
        return share >= WHOLE;
    }

    static boolean isNoMore(double share, double other) {
        return share <= other + TOLERANCE * Math.max(1, other);
    }
}

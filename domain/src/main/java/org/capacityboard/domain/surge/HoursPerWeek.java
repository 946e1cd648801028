package org.capacityboard.domain.surge;

/**
 * Working hours of a line by posture, hours a week of 168.
 *
 * @param peacetime hours a week in peacetime
 * @param crisis hours a week in a crisis
 * @param conflict hours a week in a conflict
 */
public record HoursPerWeek(double peacetime, double crisis, double conflict) {
    /** What holds where nothing is agreed. */
    public static final HoursPerWeek USUAL = new HoursPerWeek(40, 120, 160);

    static final double WHOLE_WEEK = 168;

    public HoursPerWeek {
        check("Peacetime", peacetime);
        check("Crisis", crisis);
        check("Conflict", conflict);
    }

    private static void check(String posture, double hours) {
        if (!(hours >= 0 && hours <= WHOLE_WEEK)) {
            throw new IllegalArgumentException(posture + " hours a week are " + hours + ", must be 0 to 168");
        }
    }

    /** Hours a week in a posture. */
    public double in(Posture posture) {
        return switch (posture) {
            case PEACETIME -> peacetime;
            case CRISIS -> crisis;
            case CONFLICT -> conflict;
        };
    }

    /** So many hours more in every posture, as far as the week has them. */
    public HoursPerWeek plus(double hours) {
        return new HoursPerWeek(
                Math.min(WHOLE_WEEK, peacetime + hours),
                Math.min(WHOLE_WEEK, crisis + hours),
                Math.min(WHOLE_WEEK, conflict + hours));
    }
}

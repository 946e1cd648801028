package org.capacityboard.domain.surge;

/**
 * The people who may run a line.
 *
 * @param lineId the line
 * @param certifiedPeople people certified for it
 * @param peoplePerShift people that one shift needs; with 0 the crew does not bind
 */
public record Crew(String lineId, int certifiedPeople, int peoplePerShift) {
    public Crew {
        Checks.id("Line of a crew", lineId);
        Checks.within("certifiedPeople of line " + lineId, certifiedPeople, 0, Integer.MAX_VALUE);
        Checks.within("peoplePerShift of line " + lineId, peoplePerShift, 0, Integer.MAX_VALUE);
    }
}

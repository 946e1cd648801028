package org.capacityboard.simulator;

import java.util.List;

/**
 * The people certified for lines that are alike, as their plants report every week. A line without a crew never reports any.
 *
 * @param peoplePerShift people that one shift of one of the lines needs
 * @param crews how many shifts' people are certified for each of the lines, such as 2.5. A funded line trains them before it
 *     is accepted
 * @param spreadRatio a report lies within this share around that
 */
public record Crew(List<String> lineIds, int peoplePerShift, double crews, double spreadRatio) {
    private static final int MOST_PEOPLE = 10_000;
    private static final int MOST_CREWS = 10;

    public Crew {
        Scenario.require(!lineIds.isEmpty(), "lineIds of the workforce", "empty", "there must be at least one");
        Scenario.require(
                peoplePerShift > 0 && peoplePerShift <= MOST_PEOPLE,
                "peoplePerShift of " + lineIds,
                peoplePerShift,
                "must be 1.." + MOST_PEOPLE);
        Scenario.require(crews >= 0 && crews <= MOST_CREWS, "crews of " + lineIds, crews, "must be 0.." + MOST_CREWS);
        Scenario.requireRatio("spreadRatio of the crews of " + lineIds, spreadRatio);
    }
}

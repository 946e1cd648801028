package org.capacityboard.simulator;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.events.Plant;

/**
 * One line of a running scenario, with all that it needs to know.
 *
 * @param plantNumber place of the plant in the scenario
 * @param seed seed of everything that happens to this line
 * @param availableFromMs instant from which it runs, ms since 1970 UTC
 */
record SimulatedLine(
        String lineId,
        Scenario.LineGroup group,
        Plant plant,
        int plantNumber,
        ZoneId zone,
        LocalTime dayStartsAt,
        Scenario.ShiftPattern shifts,
        Scenario.StopPattern stops,
        long seed,
        long availableFromMs) {
    /** The lines of a scenario; {@code count} above theirs adds copies {@code <lineId>-c1}, {@code -c2} and so on. */
    static List<SimulatedLine> of(Scenario scenario, long seed, int count, long startMs) {
        List<SimulatedLine> own = new ArrayList<>();
        for (Scenario.LineGroup group : scenario.lines()) {
            Plant plant = Scenario.find("plant", group.plantId(), scenario.plants(), Plant::getPlantId);
            for (String lineId : group.lineIds()) {
                Integer afterDays = group.availableAfterDays();
                own.add(new SimulatedLine(
                        lineId,
                        group,
                        plant,
                        scenario.plants().indexOf(plant),
                        ZoneId.of(plant.getTimeZone()),
                        dayStartsAt(plant),
                        Scenario.find("shifts", group.shifts(), scenario.shiftPatterns(), Scenario.ShiftPattern::name),
                        Scenario.find("stops", group.stops(), scenario.stopPatterns(), Scenario.StopPattern::name),
                        Dice.seed(seed, own.size()),
                        afterDays == null ? startMs : startMs + afterDays * 86_400_000L));
            }
        }
        List<SimulatedLine> all = new ArrayList<>();
        for (int i = 0; i < (count == 0 ? own.size() : count); i++) {
            SimulatedLine line = own.get(i % own.size());
            int copy = i / own.size();
            all.add(copy == 0 ? line : line.copy(line.lineId + "-c" + copy, Dice.seed(seed, i)));
        }
        return all;
    }

    private SimulatedLine copy(String copyId, long copySeed) {
        return new SimulatedLine(
                copyId, group, plant, plantNumber, zone, dayStartsAt, shifts, stops, copySeed, availableFromMs);
    }

    boolean aroundTheClock() {
        return shifts.shifts().isEmpty();
    }

    /** First instant of a production day, ms since 1970 UTC. */
    long dayStartMs(LocalDate day) {
        return day.atTime(dayStartsAt).atZone(zone).toInstant().toEpochMilli();
    }

    static LocalTime dayStartsAt(Plant plant) {
        String text = plant.getDayStartsAt();
        return text == null ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }
}

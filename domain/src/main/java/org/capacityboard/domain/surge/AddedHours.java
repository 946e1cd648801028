package org.capacityboard.domain.surge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What more contracted hours do for a line in a posture. Where its people bind, they do nothing.
 *
 * @param lineId the line
 * @param posture the posture
 * @param evidence what its capacity rests on
 * @param hoursBefore contracted hours a week
 * @param hoursAfter contracted hours a week with those added, at most 168
 * @param unitsBefore what it can make, good units a month
 * @param unitsAfter what it can make then, good units a month
 * @param equipmentAfter what its equipment alone could make then, good units a month
 * @param workforce what its people can make, good units a month; null: not reported, does not bind
 * @param accepted whether it is there by the day on which the required rate must be reached
 * @param lost whether its plant is taken to be lost as well
 */
public record AddedHours(
        String lineId,
        Posture posture,
        Evidence evidence,
        double hoursBefore,
        double hoursAfter,
        double unitsBefore,
        double unitsAfter,
        double equipmentAfter,
        @Nullable Double workforce,
        boolean accepted,
        boolean lost) {

    /** By posture, for a line that both snapshots know. */
    public static List<AddedHours> of(SurgeSnapshot before, SurgeSnapshot after, String lineId, Evidence evidence) {
        LineFigures old = line(Network.of(before), lineId);
        LineFigures line = line(Network.of(after), lineId);
        return Arrays.stream(Posture.values())
                .map(posture -> of(old, line, posture, evidence, reachDays(after, line, posture)))
                .toList();
    }

    /** Within how many days the rate of its product must be reached; as is usual in the posture if nothing is required. */
    private static int reachDays(SurgeSnapshot snapshot, LineFigures line, Posture posture) {
        return snapshot.requirements().stream()
                .filter(required -> required.posture() == posture
                        && required.productId().equals(line.line().productId()))
                .findFirst()
                .map(Requirement::reachDays)
                .orElse(posture.reachWithinDays());
    }

    private static LineFigures line(Network network, String lineId) {
        return network.lines().stream()
                .filter(figures -> figures.line().lineId().equals(lineId))
                .findFirst()
                .orElseThrow();
    }

    private static AddedHours of(LineFigures old, LineFigures line, Posture posture, Evidence evidence, int day) {
        return new AddedHours(
                line.line().lineId(),
                posture,
                evidence,
                hours(old, posture),
                hours(line, posture),
                old.capacity(posture, evidence, day),
                line.capacity(posture, evidence, day),
                line.equipment(posture, evidence, day),
                line.workforce(),
                line.firstDay() == 0 || evidence == Evidence.ESTIMATED && line.firstDay() <= day,
                LostPlant.isLost(old, line));
    }

    private static double hours(LineFigures line, Posture posture) {
        return line.line().hoursPerWeek().in(posture);
    }

    /** Whether its people keep it from making more, so that hours alone help less than they could, or not at all. */
    public boolean workforceBinds() {
        return workforce != null && workforce < equipmentAfter;
    }

    /** What comes of it, as a sentence. */
    public String words() {
        return "Line " + lineId + " in " + posture.words() + ": " + outcome() + ".";
    }

    private String outcome() {
        String asBefore = Numbers.text(unitsAfter) + " a month as before";
        if (lost) {
            return "its plant is lost";
        }
        if (!accepted) {
            return "it is not accepted yet and makes nothing";
        }
        if (evidence == Evidence.DEMONSTRATED) {
            return asBefore + ", for hours change nothing of what it has shown";
        }
        if (hoursAfter == hoursBefore) {
            return "it works all " + hours(hoursBefore) + " hours of the week already, " + asBefore;
        }
        String hours = hours(hoursBefore) + " -> " + hours(hoursAfter) + " hours a week";
        if (hoursAfter == HoursPerWeek.WHOLE_WEEK) {
            hours += " (there are no more)";
        }
        if (unitsAfter > unitsBefore) {
            return hours + ", " + Numbers.text(unitsBefore) + " -> " + Numbers.text(unitsAfter) + " a month"
                    + (workforceBinds()
                            ? "; then workforce binds, the equipment could make " + Numbers.text(equipmentAfter)
                            : "");
        }
        if (workforceBinds()) {
            return "workforce binds, " + asBefore + "; with " + hours + " the equipment could make "
                    + Numbers.text(equipmentAfter);
        }
        return asBefore
                + (equipmentAfter == 0
                        ? ", for it declares no rate"
                        : ", for it has shown more than it declares for " + hours(hoursAfter) + " hours a week");
    }

    /** To the tenth of an hour. */
    private static String hours(double hours) {
        return BigDecimal.valueOf(hours)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}

package org.capacityboard.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Good units that the lines of one plant make of one product, by production day. Before the start there are no reports; then
 * the four weeks before it repeat, and output grew as it grows after it.
 */
final class PlantOutput {
    static final int PATTERN_DAYS = 28;
    private static final int DAYS_PER_WEEK = 7;
    private static final double LEAST_OF_FORMER_OUTPUT = 0.5;
    private static final double FORMER_SPREAD = 0.1;
    private static final long UNKNOWN = -1;

    private final List<SimulatedLine> lines;
    private final String productId;
    private final double cancelledRatio;
    private final long seed;
    private final LocalDate startDate;
    private final long[][] pattern;

    /** @param lines lines of one plant that make the product; at least one */
    PlantOutput(List<SimulatedLine> lines, String productId, double cancelledRatio, long seed, long startMs) {
        this.lines = lines.stream().filter(it -> it.group().makes(productId)).toList();
        this.productId = productId;
        this.cancelledRatio = cancelledRatio;
        this.seed = seed;
        this.startDate = productionDate(startMs);
        this.pattern = new long[this.lines.size()][PATTERN_DAYS];
        for (long[] days : pattern) {
            Arrays.fill(days, UNKNOWN);
        }
    }

    /** The production day in which an instant lies. */
    LocalDate productionDate(long instantMs) {
        SimulatedLine any = lines.get(0);
        LocalDate guess = Instant.ofEpochMilli(instantMs).atZone(any.zone()).toLocalDate();
        return any.dayStartMs(guess) <= instantMs ? guess : guess.minusDays(1);
    }

    /** First instant of a production day, ms since 1970 UTC. */
    long dayStartMs(LocalDate day) {
        return lines.get(0).dayStartMs(day);
    }

    /** Good units of a production day. */
    long units(LocalDate day) {
        boolean former = day.isBefore(startDate);
        long units = 0;
        for (int i = 0; i < lines.size(); i++) {
            units += former ? formerUnits(i, day) : units(lines.get(i), day);
        }
        return units;
    }

    private long formerUnits(int lineNumber, LocalDate day) {
        SimulatedLine line = lines.get(lineNumber);
        int place = Math.floorMod(day.toEpochDay() - startDate.toEpochDay(), PATTERN_DAYS);
        if (pattern[lineNumber][place] == UNKNOWN) {
            LocalDate lived = startDate.plusDays(place - PATTERN_DAYS);
            pattern[lineNumber][place] = line.group().availableAfterDays() == null ? units(line, lived) : 0;
        }
        double weeksBefore = (startDate.toEpochDay() - day.toEpochDay()) / (double) DAYS_PER_WEEK;
        double gained = line.group().weeklyGainRatio() / line.group().speedRatio() * weeksBefore;
        long week = Math.floorDiv(day.toEpochDay(), (long) DAYS_PER_WEEK);
        double chance = 1 + FORMER_SPREAD * (2 * Dice.share(seed, week) - 1);
        return (long) (pattern[lineNumber][place] * Math.max(LEAST_OF_FORMER_OUTPUT, 1 - gained) * chance);
    }

    private long units(SimulatedLine line, LocalDate day) {
        boolean funded = line.group().availableAfterDays() != null;
        if (makesOther(line, day) || (funded && line.dayStartMs(day) < line.availableFromMs())) {
            return 0;
        }
        LineDay lived = new LineDay(line, day, cancelledRatio);
        long goodUs = 0;
        for (LineDay.Stretch stretch : lived.stretches) {
            goodUs += LineReports.us(stretch.endMs() - stretch.startMs(), stretch.goodPpm());
        }
        return goodUs / lived.cycleUs;
    }

    /** Whether the line makes another product than this one on that day. */
    private boolean makesOther(SimulatedLine line, LocalDate day) {
        boolean isItsOwn = line.group().productId().equals(productId);
        return LineDay.makesOther(line.group(), day) == isItsOwn;
    }
}

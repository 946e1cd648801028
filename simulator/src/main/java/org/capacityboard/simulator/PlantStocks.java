package org.capacityboard.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Receipt;

/**
 * The stocks of one plant. It lives production day by production day; what the lines will use is known as far ahead as receipts
 * are ordered. Stocks are counted in the morning, when the production day has ended.
 */
final class PlantStocks {
    private static final long HOUR_MS = 3_600_000;
    private static final long COUNT_HOURS = 2;
    private static final long RECEIPT_HOUR = 4;
    /** Days since 1970 of a Monday. */
    private static final long A_MONDAY = 4;

    private static final int WORKDAYS = 5;

    /** Where counts go. */
    interface Counts {
        /** @param sendTimeMs when it is entered, ms since 1970 UTC */
        void take(MaterialStock count, long sendTimeMs);
    }

    /** A stock and how it is counted. */
    private static final class Counted {
        private final MaterialStockpile pile;
        private final MaterialSupply.Counting habit;
        private final long seed;
        private long number;

        private Counted(MaterialStockpile pile, MaterialSupply.Counting habit, long seed) {
            this.pile = pile;
            this.habit = habit;
            this.seed = seed;
        }
    }

    private final String plantId;
    private final SimulatedLine anyLine;
    private final MaterialUse use;
    private final long startMs;
    private final LocalDate startDate;
    private final List<Counted> counted = new ArrayList<>();
    /** Use of days to come, a ring. */
    private final double[][] used;

    private long usedUntilDay;
    private long nextDay;

    /** @param lines lines of one plant; at least one */
    PlantStocks(List<SimulatedLine> lines, Scenario scenario, MaterialSupply supply, long seed, long startMs) {
        this.anyLine = lines.get(0);
        this.plantId = anyLine.plant().getPlantId();
        this.use = new MaterialUse(lines, scenario);
        this.startMs = startMs;
        LocalDate guess = Instant.ofEpochMilli(startMs).atZone(anyLine.zone()).toLocalDate();
        this.startDate = anyLine.dayStartMs(guess) <= startMs ? guess : guess.minusDays(1);
        int ahead = 0;
        for (int i = 0; i < use.materialIds().size(); i++) {
            String materialId = use.materialIds().get(i);
            MaterialSupply.Stock rule = supply.stockOf(materialId, plantId);
            if (rule != null) {
                int index = i;
                long pileSeed = Dice.seed(seed ^ plantId.hashCode(), materialId.hashCode());
                MaterialStockpile pile =
                        new MaterialStockpile(rule, scenario.suppliers(), pileSeed, day -> usedOn(day)[index]);
                counted.add(new Counted(pile, supply.countingOf(materialId, plantId), pileSeed));
                ahead = Math.max(ahead, rule.firmDays());
            }
        }
        this.used = new double[ahead + MaterialStockpile.RATE_DAYS + 2][];
    }

    boolean isEmpty() {
        return counted.isEmpty();
    }

    List<MaterialStockpile> piles() {
        return counted.stream().map(it -> it.pile).toList();
    }

    /** Back to the start, at which everything is counted. */
    void begin(Counts counts) {
        nextDay = 0;
        usedUntilDay = 0;
        for (Counted it : counted) {
            it.pile.begin();
            it.number = 0;
            counts.take(count(it, startMs, -1), startMs);
        }
    }

    /** Instant at which the next day ends that is to be lived; nothing of it is sent before. */
    long nextDayEndMs() {
        return anyLine.dayStartMs(startDate.plusDays(nextDay + 1));
    }

    /** Lives the next production day. */
    void liveDay(Counts counts) {
        long day = nextDay++;
        long morning = startDate.plusDays(day + 1).toEpochDay();
        long dayEndMs = dayStartMs(day + 1);
        for (Counted it : counted) {
            it.pile.live(day);
            Dice dice = new Dice(it.seed, day, 5);
            int every = it.habit.everyDays();
            long weekday = (long) (Dice.share(it.seed, 6) * Math.min(every, WORKDAYS));
            if (Math.floorMod(morning - A_MONDAY - weekday, (long) every) == 0) {
                long countedMs = dayEndMs + (long) (dice.next() * COUNT_HOURS * HOUR_MS);
                double hours = it.habit.entryHours() * (0.5 + 0.5 * dice.next());
                counts.take(count(it, countedMs, day), countedMs + (long) (hours * HOUR_MS));
            }
        }
    }

    private MaterialStock count(Counted it, long countedMs, long day) {
        List<Receipt> receipts = new ArrayList<>();
        for (MaterialStockpile.Coming coming : it.pile.coming()) {
            long dueMs = dayStartMs(coming.dayKnownOn(day)) + RECEIPT_HOUR * HOUR_MS;
            receipts.add(new Receipt(Instant.ofEpochMilli(dueMs), coming.quantity(), coming.supplierId()));
        }
        receipts.sort(Comparator.comparing(Receipt::getDueAt));
        double rounded = Math.round(it.pile.onHand() * 10) / 10.0;
        return new MaterialStock(
                plantId, it.pile.materialId, Instant.ofEpochMilli(countedMs), rounded, receipts, it.number++);
    }

    /** First instant of a production day by its number, ms since 1970 UTC. */
    private long dayStartMs(long day) {
        return anyLine.dayStartMs(startDate.plusDays(day));
    }

    private double[] usedOn(long day) {
        for (; usedUntilDay <= day; usedUntilDay++) {
            used[(int) (usedUntilDay % used.length)] = use.on(startDate.plusDays(usedUntilDay));
        }
        return used[(int) (day % used.length)];
    }
}

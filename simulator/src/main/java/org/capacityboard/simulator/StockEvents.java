package org.capacityboard.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The stock counts of all plants: one of everything at the start, then each plant's own. A production day is lived when the first
 * count of it is wanted; to enter at an instant all days since the start are lived again.
 */
final class StockEvents implements EventSource {
    private static final long LONGEST_LATENCY_MS = 20_000;

    /** A count and when it is sent. */
    private record Sending(long sendTimeMs, long number, MaterialStock count) {}

    private final List<PlantStocks> plants;
    private final Imperfections imperfections;
    private final long seed;
    private final long startMs;
    private final PriorityQueue<Sending> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Sending::sendTimeMs).thenComparingLong(Sending::number));
    private long number;

    private StockEvents(List<PlantStocks> plants, Imperfections imperfections, long seed, long startMs) {
        this.plants = plants;
        this.imperfections = imperfections;
        this.seed = Dice.seed(seed, -7);
        this.startMs = startMs;
    }

    /**
     * The stocks of a simulation; null if its scenario has none.
     *
     * @param lines all lines that are played. Copies of lines use nothing: a load test does not empty the stocks
     */
    static @Nullable StockEvents of(Simulation simulation, List<SimulatedLine> lines) {
        MaterialSupply supply = simulation.scenario().materialSupply();
        if (supply == null) {
            return null;
        }
        long startMs = simulation.start().toEpochMilli();
        return new StockEvents(
                plants(simulation, supply, lines),
                simulation.scenario().imperfectionsOrNone(),
                simulation.seed(),
                startMs);
    }

    /** Plants that keep stocks for the lines that are played. */
    static List<PlantStocks> plants(Simulation simulation, MaterialSupply supply, List<SimulatedLine> lines) {
        Scenario scenario = simulation.scenario();
        int own = scenario.lines().stream().mapToInt(it -> it.lineIds().size()).sum();
        Map<String, List<SimulatedLine>> byPlant = new LinkedHashMap<>();
        for (SimulatedLine line : lines.subList(0, Math.min(own, lines.size()))) {
            byPlant.computeIfAbsent(line.plant().getPlantId(), plant -> new ArrayList<>())
                    .add(line);
        }
        long startMs = simulation.start().toEpochMilli();
        return byPlant.values().stream()
                .map(it -> new PlantStocks(it, scenario, supply, simulation.seed(), startMs))
                .filter(it -> !it.isEmpty())
                .toList();
    }

    @Override
    public void seek(long sendTimeMs) {
        waiting.clear();
        number = 0;
        for (PlantStocks plant : plants) {
            plant.begin((count, sentMs) -> waiting.add(new Sending(sentMs, ++number, count)));
        }
        fill();
        while (nextSendTimeMs() < sendTimeMs) {
            waiting.remove();
            fill();
        }
    }

    @Override
    public long nextSendTimeMs() {
        Sending first = waiting.peek();
        return first == null ? NEVER : first.sendTimeMs;
    }

    @Override
    public SimulatedEvent next() {
        Sending sending = waiting.remove();
        fill();
        MaterialStock count = sending.count;
        return new SimulatedEvent(
                Topic.MATERIAL_STOCKS,
                Topic.MATERIAL_STOCKS.key(count),
                EventCodec.encode(count),
                count.getEventTime().toEpochMilli(),
                sending.sendTimeMs);
    }

    /** Lives on until it is certain what is sent next. */
    private void fill() {
        while (!plants.isEmpty()) {
            PlantStocks earliest = plants.get(0);
            for (PlantStocks plant : plants) {
                earliest = plant.nextDayEndMs() < earliest.nextDayEndMs() ? plant : earliest;
            }
            Sending first = waiting.peek();
            if (first != null && first.sendTimeMs < earliest.nextDayEndMs()) {
                return;
            }
            earliest.liveDay(this::post);
        }
    }

    /** A count sets out; some are sent twice. */
    private void post(MaterialStock count, long enteredMs) {
        Dice dice = new Dice(seed, ++number, 0);
        boolean perfect = imperfections.equals(Imperfections.NONE);
        long sendTimeMs = perfect ? enteredMs : enteredMs + 1 + (long) (dice.next() * LONGEST_LATENCY_MS);
        waiting.add(new Sending(sendTimeMs, number, count));
        if (dice.next() < imperfections.duplicateRatio()) {
            long copiedMs = sendTimeMs + 1 + (long) (dice.next() * imperfections.disorderSeconds() * 1000);
            waiting.add(new Sending(copiedMs, ++number, count));
        }
    }
}

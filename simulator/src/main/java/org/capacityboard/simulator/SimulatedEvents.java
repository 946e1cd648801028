package org.capacityboard.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.capacityboard.events.Material;
import org.capacityboard.events.Plant;
import org.capacityboard.schemas.TelemetryEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a scenario sends, without end, in the order of sending. Made as it is asked for: memory grows with the
 * number of lines only, and any instant can be entered directly.
 */
public final class SimulatedEvents implements Iterator<SimulatedEvent> {
    private static final double MS_PER_DAY = 86_400_000;

    private final EventSource[] sources;
    /** A heap of the sources by (next send time, place in {@code sources}). */
    private final int[] heap;

    private final long[] dueMs;

    private SimulatedEvents(List<EventSource> sources, long fromMs) {
        this.sources = sources.toArray(EventSource[]::new);
        this.heap = new int[this.sources.length];
        this.dueMs = new long[this.sources.length];
        for (int i = 0; i < heap.length; i++) {
            this.sources[i].seek(fromMs);
            heap[i] = i;
            dueMs[i] = this.sources[i].nextSendTimeMs();
        }
        for (int i = heap.length / 2; i >= 0; i--) {
            siftDown(i);
        }
    }

    /** The events sent at or after an instant (ms since 1970 UTC), the same ones whether or not the earlier ones were taken. */
    public static SimulatedEvents from(Simulation simulation, long sendTimeMs) {
        Scenario scenario = simulation.scenario();
        Imperfections imperfections = scenario.imperfectionsOrNone();
        long startMs = simulation.start().toEpochMilli();
        long intervalMs = simulation.reportInterval().toMillis();
        OrderBooks books = scenario.orderBooks();
        long linesFromMs = startMs + OrderBookEvents.handoverMs(books);
        List<SimulatedLine> lines = SimulatedLine.of(scenario, simulation.seed(), simulation.lines(), linesFromMs);
        TelemetryEncoder encoder = new TelemetryEncoder();
        List<EventSource> sources = new ArrayList<>();
        sources.add(new ReferenceEvents(scenario, lines, startMs));
        sources.add(new ShiftPlanEvents(scenario, lines, startMs));
        StockEvents stocks = StockEvents.of(simulation, lines);
        if (stocks != null) {
            sources.add(stocks);
        }
        sources.add(new WorkforceEvents(scenario.workforce(), lines, startMs));
        OrderBookEvents orders = OrderBookEvents.of(simulation, lines);
        if (orders != null) {
            sources.add(orders);
        }
        for (SimulatedLine line : lines) {
            sources.add(new LineEvents(line, reports(line, simulation), encoder));
        }
        Imperfections.BadEdgeData bad = imperfections.badEdge();
        if (bad != null) {
            long gapMs = Math.max(1, Math.round(intervalMs / (bad.ratio() * lines.size())));
            sources.add(new BadEdge(bad.lineId(), simulation.seed(), linesFromMs, gapMs));
        }
        Imperfections.BadErpData badErp = imperfections.badErp();
        if (badErp != null && books != null) {
            Plant plant = Scenario.find("plant", badErp.plantId(), scenario.plants(), Plant::getPlantId);
            long gapMs = Math.round(badErp.everyDays() * MS_PER_DAY);
            String productId = books.books().get(0).productId();
            long erpSeed = Dice.seed(simulation.seed(), plant.getPlantId().hashCode());
            String materialId = materialNotUsedBy(plant, simulation);
            sources.add(new BadErp(plant, productId, materialId, erpSeed, linesFromMs, gapMs));
        }
        return new SimulatedEvents(sources, Math.max(startMs, sendTimeMs));
    }

    private static @Nullable String materialNotUsedBy(Plant plant, Simulation simulation) {
        Scenario scenario = simulation.scenario();
        List<SimulatedLine> lines = SimulatedLine.of(
                        scenario, 0, 0, simulation.start().toEpochMilli())
                .stream()
                .filter(it -> it.plant().equals(plant))
                .toList();
        if (scenario.materialSupply() == null || lines.isEmpty()) {
            return null;
        }
        List<String> used = new MaterialUse(lines, scenario).materialIds();
        return scenario.materials().stream()
                .map(Material::getMaterialId)
                .filter(it -> !used.contains(it))
                .findFirst()
                .orElse(null);
    }

    /** A line's reports with all that goes wrong on their way, from the line outwards. */
    private static Reports reports(SimulatedLine line, Simulation simulation) {
        Imperfections imperfections = simulation.scenario().imperfectionsOrNone();
        boolean perfect = imperfections.equals(Imperfections.NONE);
        double cancelled = simulation.scenario().cancelledShiftRatio();
        long plantSeed = Dice.seed(simulation.seed(), -1 - line.plantNumber());
        long delayMs = Math.round(imperfections.disorderSeconds() * 1000);
        Reports reports =
                new LineReports(line, cancelled, simulation.reportInterval().toMillis(), !perfect);
        if (imperfections.edgeRestart() != null) {
            Episodes restarts = new Episodes(Dice.seed(line.seed(), 1), imperfections.edgeRestart());
            reports = new EdgeRestarts(reports, restarts, line.availableFromMs());
        }
        if (imperfections.lostRatio() > 0) {
            reports = new LostReports(reports, Dice.seed(line.seed(), 2), imperfections.lostRatio());
        }
        if (imperfections.plantSilence() != null) {
            reports = new PlantSilence(reports, new Episodes(Dice.seed(plantSeed, 3), imperfections.plantSilence()));
        }
        if (imperfections.clockStep() != null) {
            Episodes steps = new Episodes(Dice.seed(line.seed(), 4), imperfections.clockStep());
            reports = new ClockSteps(reports, steps, Math.round(imperfections.clockStepSeconds() * 1000));
        }
        if (imperfections.plantOutage() != null) {
            reports = new PlantOutages(reports, new Episodes(Dice.seed(plantSeed, 5), imperfections.plantOutage()));
        }
        if (imperfections.duplicateRatio() > 0) {
            reports = NetworkDelays.duplicates(
                    reports, Dice.seed(line.seed(), 6), imperfections.duplicateRatio(), delayMs);
        }
        if (imperfections.disorderRatio() > 0) {
            reports =
                    NetworkDelays.disorder(reports, Dice.seed(line.seed(), 7), imperfections.disorderRatio(), delayMs);
        }
        return reports;
    }

    /** When the next event is sent, ms since 1970 UTC. */
    public long nextSendTimeMs() {
        return dueMs[heap[0]];
    }

    @Override
    public boolean hasNext() {
        return nextSendTimeMs() != EventSource.NEVER;
    }

    @Override
    public SimulatedEvent next() {
        int first = heap[0];
        SimulatedEvent event = sources[first].next();
        dueMs[first] = sources[first].nextSendTimeMs();
        siftDown(0);
        return event;
    }

    private void siftDown(int from) {
        int hole = from;
        int moving = heap[from];
        while (true) {
            int child = 2 * hole + 1;
            if (child + 1 < heap.length && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (child >= heap.length || before(moving, heap[child])) {
                heap[hole] = moving;
                return;
            }
            heap[hole] = heap[child];
            hole = child;
        }
    }

    private boolean before(int a, int b) {
        return dueMs[a] < dueMs[b] || (dueMs[a] == dueMs[b] && a < b);
    }
}

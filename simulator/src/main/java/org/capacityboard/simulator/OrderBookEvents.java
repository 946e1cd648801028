package org.capacityboard.simulator;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The order books of all plants. At the start the plants hand over the past that their systems hold, oldest event first,
 * within {@link #handoverMs}; the lines begin to report after that. Then they send what happens, a day (UTC) being lived when
 * the first event of it is wanted. To enter at an instant all days since the beginning of the history are lived again.
 */
final class OrderBookEvents implements EventSource {
    private static final long DAY_MS = 86_400_000;
    private static final long HOUR_MS = 3_600_000;
    private static final int DAYS_PER_WEEK = 7;
    /** So long the handover lasts, and so long before its end the last of the past is sent. */
    private static final long HANDOVER_MS = 60_000;

    private static final long QUIET_MS = 10_000;
    private static final long LONGEST_LATENCY_MS = 20_000;
    /** If nothing at all happens for this long, nothing will. */
    private static final int LONGEST_SILENCE_DAYS = 1_000;

    /** An event and when it is sent. */
    private record Sending(long sendTimeMs, long number, long eventTimeMs, SpecificRecord event) {}

    /** A framework contract and the day of its next call-off. */
    private static final class CallOffs {
        private final OrderBooks.Framework framework;
        private final long seed;
        private long nextDay;

        private CallOffs(OrderBooks.Framework framework, long seed, long firstDay) {
            this.framework = framework;
            this.seed = seed;
            this.nextDay = firstDay + (long) (Dice.share(seed, 0) * framework.everyWeeks() * DAYS_PER_WEEK);
        }
    }

    private final OrderBooks books;
    private final Imperfections imperfections;
    private final long seed;
    private final long startMs;
    private final long handoverEndMs;
    private final long firstDay;
    private final Map<String, Map<String, PlantOutput>> outputs;

    private final List<PlantOrderBook> plantBooks = new ArrayList<>();
    private final Map<String, List<PlantOrderBook>> booksByProduct = new LinkedHashMap<>();
    private final List<CallOffs> callOffs = new ArrayList<>();
    private final PriorityQueue<Sending> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Sending::sendTimeMs).thenComparingLong(Sending::number));
    private final Queue<Sending> past = new ArrayDeque<>();
    private long nextDay;
    private long number;

    private OrderBookEvents(
            OrderBooks books,
            Imperfections imperfections,
            long seed,
            long startMs,
            Map<String, Map<String, PlantOutput>> outputs) {
        this.books = books;
        this.imperfections = imperfections;
        this.seed = seed;
        this.startMs = startMs;
        this.handoverEndMs = startMs + handoverMs(books);
        this.firstDay = Math.floorDiv(startMs, DAY_MS) - (long) books.historyWeeks() * DAYS_PER_WEEK;
        this.outputs = outputs;
    }

    /**
     * The order books of a simulation; null if its scenario has none.
     *
     * @param lines all lines that are played. Copies of lines make nothing for orders: a load test does not change the books
     */
    static @Nullable OrderBookEvents of(Simulation simulation, List<SimulatedLine> lines) {
        Scenario scenario = simulation.scenario();
        OrderBooks books = scenario.orderBooks();
        if (books == null) {
            return null;
        }
        int own = scenario.lines().stream().mapToInt(it -> it.lineIds().size()).sum();
        Map<String, List<SimulatedLine>> byPlant = new LinkedHashMap<>();
        for (SimulatedLine line : lines.subList(0, Math.min(own, lines.size()))) {
            byPlant.computeIfAbsent(line.plant().getPlantId(), plant -> new ArrayList<>())
                    .add(line);
        }
        long startMs = simulation.start().toEpochMilli();
        return new OrderBookEvents(
                books,
                scenario.imperfectionsOrNone(),
                simulation.seed(),
                startMs,
                outputs(byPlant, scenario.cancelledShiftRatio(), simulation.seed(), startMs + handoverMs(books)));
    }

    /** What plants make, by product and plant. */
    static Map<String, Map<String, PlantOutput>> outputs(
            Map<String, List<SimulatedLine>> linesByPlant, double cancelledRatio, long seed, long linesFromMs) {
        Map<String, Map<String, PlantOutput>> outputs = new LinkedHashMap<>();
        linesByPlant.forEach((plantId, lines) -> {
            for (String productId : products(lines)) {
                long outputSeed = Dice.seed(seed ^ plantId.hashCode(), productId.hashCode());
                outputs.computeIfAbsent(productId, product -> new LinkedHashMap<>())
                        .put(plantId, new PlantOutput(lines, productId, cancelledRatio, outputSeed, linesFromMs));
            }
        });
        return outputs;
    }

    /** How long after the start the lines begin: first the past is handed over. */
    static long handoverMs(@Nullable OrderBooks books) {
        return books == null || books.historyWeeks() == 0 ? 0 : HANDOVER_MS;
    }

    private static List<String> products(List<SimulatedLine> lines) {
        List<String> products = new ArrayList<>();
        for (SimulatedLine line : lines) {
            products.add(line.group().productId());
            Scenario.OtherProduct other = line.group().otherProduct();
            if (other != null) {
                products.add(other.productId());
            }
        }
        return products.stream().distinct().toList();
    }

    @Override
    public void seek(long sendTimeMs) {
        begin();
        while (!plantBooks.isEmpty() && nextDay * DAY_MS < startMs) {
            liveDay();
        }
        handOver();
        fill();
        while (nextSendTimeMs() < sendTimeMs) {
            remove();
        }
    }

    @Override
    public long nextSendTimeMs() {
        Sending first = past.isEmpty() ? waiting.peek() : past.peek();
        return first == null ? NEVER : first.sendTimeMs;
    }

    @Override
    public SimulatedEvent next() {
        Sending sending = remove();
        Topic topic = Topic.of(sending.event);
        return new SimulatedEvent(
                topic,
                topic.key(sending.event),
                EventCodec.encode(sending.event),
                sending.eventTimeMs,
                sending.sendTimeMs);
    }

    private Sending remove() {
        Sending sending = past.isEmpty() ? waiting.remove() : past.remove();
        fill();
        return sending;
    }

    /** Lives on until it is certain what is sent next: days to come send nothing before they begin. */
    private void fill() {
        int silentDays = 0;
        while (past.isEmpty() && !plantBooks.isEmpty() && silentDays < LONGEST_SILENCE_DAYS) {
            Sending first = waiting.peek();
            if (first != null && first.sendTimeMs < nextDay * DAY_MS) {
                return;
            }
            liveDay();
            silentDays++;
        }
    }

    private void begin() {
        plantBooks.clear();
        booksByProduct.clear();
        callOffs.clear();
        waiting.clear();
        past.clear();
        nextDay = firstDay;
        number = 0;
        outputs.forEach((productId, byPlant) -> {
            double whole = 0;
            for (Map.Entry<String, PlantOutput> it : byPlant.entrySet()) {
                OrderBooks.Book book = books.bookOf(productId, it.getKey());
                whole += book != null && book.plantId() == null ? weeklyUnits(it.getValue()) : 0;
            }
            for (Map.Entry<String, PlantOutput> it : byPlant.entrySet()) {
                open(productId, it.getKey(), it.getValue(), whole);
            }
        });
        for (OrderBooks.Framework framework : books.frameworks()) {
            long frameworkSeed = Dice.seed(seed, framework.frameworkId().hashCode());
            callOffs.add(new CallOffs(framework, frameworkSeed, firstDay));
        }
    }

    private void open(String productId, String plantId, PlantOutput output, double weeklyUnitsOfAll) {
        OrderBooks.Book book = books.bookOf(productId, plantId);
        double weeklyUnits = weeklyUnits(output);
        if (book == null || weeklyUnits == 0) {
            return;
        }
        double share = book.plantId() == null ? weeklyUnits / weeklyUnitsOfAll : 1;
        long bookSeed = Dice.seed(seed ^ productId.hashCode(), plantId.hashCode());
        PlantOrderBook opened = new PlantOrderBook(
                books, book, output, plantId, book.ordersPerWeek() * share, bookSeed, handoverEndMs, firstDay);
        plantBooks.add(opened);
        booksByProduct.computeIfAbsent(productId, product -> new ArrayList<>()).add(opened);
    }

    /** What a plant makes a week when the history begins. */
    private double weeklyUnits(PlantOutput output) {
        LocalDate date = LocalDate.ofEpochDay(firstDay);
        double units = 0;
        for (int i = 1; i <= PlantOutput.PATTERN_DAYS; i++) {
            units += output.units(date.minusDays(i));
        }
        return units * DAYS_PER_WEEK / PlantOutput.PATTERN_DAYS;
    }

    private void liveDay() {
        long day = nextDay++;
        for (CallOffs calls : callOffs) {
            callOff(calls, day);
        }
        for (PlantOrderBook book : plantBooks) {
            book.live(day, this::post);
        }
    }

    private void callOff(CallOffs calls, long day) {
        if (day < calls.nextDay || !PlantOrderBook.isWorkday(LocalDate.ofEpochDay(day))) {
            return;
        }
        OrderBooks.Framework framework = calls.framework;
        calls.nextDay += Math.round(framework.everyWeeks() * DAYS_PER_WEEK);
        Collection<PlantOrderBook> all = booksByProduct.getOrDefault(framework.productId(), List.of());
        Dice dice = new Dice(calls.seed, day, 1);
        for (String nation : framework.nations()) {
            PlantOrderBook book = plantFor(all, dice);
            if (book != null) {
                book.callOff(day, nation, framework.frameworkId(), dice, this::post);
            }
        }
    }

    /** The larger its output, the likelier a plant gets a line of the contract. */
    private static @Nullable PlantOrderBook plantFor(Collection<PlantOrderBook> all, Dice dice) {
        double whole = 0;
        for (PlantOrderBook book : all) {
            whole += book.weeklyUnits();
        }
        double left = dice.next() * whole;
        PlantOrderBook chosen = null;
        for (PlantOrderBook book : all) {
            chosen = book;
            left -= book.weeklyUnits();
            if (left < 0) {
                return chosen;
            }
        }
        return chosen;
    }

    /** An event sets out; some are entered late, and some sent twice. */
    private void post(SpecificRecord event, long eventTimeMs, long notBeforeMs) {
        boolean perfect = imperfections.equals(Imperfections.NONE);
        long sendTimeMs = eventTimeMs;
        Dice dice = new Dice(seed, ++number, 2);
        if (!perfect) {
            sendTimeMs = Math.max(eventTimeMs, notBeforeMs) + 1 + (long) (dice.next() * LONGEST_LATENCY_MS);
        }
        Imperfections.LateEntry late = imperfections.lateEntry();
        if (late != null && dice.next() < late.ratio()) {
            sendTimeMs += (long) (dice.next() * late.hours() * HOUR_MS);
        }
        waiting.add(new Sending(sendTimeMs, number, eventTimeMs, event));
        if (dice.next() < imperfections.duplicateRatio()) {
            long copiedMs = sendTimeMs + 1 + (long) (dice.next() * imperfections.disorderSeconds() * 1000);
            waiting.add(new Sending(copiedMs, ++number, eventTimeMs, event));
        }
    }

    /** What would have been sent before the start is sent now, oldest event first, spread over the handover. */
    private void handOver() {
        List<Sending> all = new ArrayList<>();
        List<Sending> later = new ArrayList<>();
        for (Sending it = waiting.poll(); it != null; it = waiting.poll()) {
            if (it.sendTimeMs < startMs) {
                all.add(it);
            } else {
                later.add(new Sending(Math.max(it.sendTimeMs, handoverEndMs), it.number, it.eventTimeMs, it.event));
            }
        }
        waiting.addAll(later);
        all.sort(Comparator.comparingLong(Sending::eventTimeMs).thenComparingLong(Sending::number));
        long lengthMs = Math.max(0, handoverEndMs - startMs - 2 * QUIET_MS);
        long fromMs = lengthMs == 0 ? startMs : startMs + QUIET_MS;
        for (int i = 0; i < all.size(); i++) {
            Sending it = all.get(i);
            past.add(new Sending(fromMs + lengthMs * i / all.size(), it.number, it.eventTimeMs, it.event));
        }
    }
}

package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.leadtime.OrderBook;
import org.capacityboard.domain.leadtime.OrderChange;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order book of the alliance, in one task, and writes its rows when time passes. What the rows say is decided by {@link OrderBook} alone; here are
 * its state, its clock, and what waits for an order, a plant or a product to be known.
 *
 * <p>State: that of {@link BookState}, and the highest watermark (as long as the job).
 */
final class LeadTimeBookOperator extends AbstractStreamOperator<LeadTimeRow>
        implements OneInputStreamOperator<BookInput, LeadTimeRow> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_INPUT = Long.MAX_VALUE;
    /** Without a watermark for so long, a live job looks whether it keeps up by now. */
    private static final long LOOK_EVERY_MS = Duration.ofSeconds(10).toMillis();

    private final LeadTimeTiming timing;

    private transient OrderBook book;
    private transient BookState state;
    private transient WaitingInputs waiting;
    private transient LeadTimeEmitter rows;
    private transient Pace pace;
    private transient Map<Topic, Counters> counters;
    private transient ListState<Long> watermarkState;

    /** Inputs of a bounded run that time has not reached yet. */
    private transient PriorityQueue<Ahead> ahead;

    private transient long received;
    /** Highest watermark ever seen, also before a restore. */
    private transient long highestMs;
    /** Last watermark since the start. */
    private transient long markMs;
    /** Whether a restore's backlog is still to be read. */
    private transient boolean isRestoring;

    private record Counters(Counter records, Counter duplicates) {}

    /** An input that was taken off its channel as the {@code number}th. */
    private record Ahead(BookInput input, long number) {
        static final Comparator<Ahead> ORDER = Comparator.comparingLong(
                        (Ahead waiting) -> waiting.input.readAtWatermarkMs())
                .thenComparingLong(Ahead::number);
    }

    LeadTimeBookOperator(LeadTimeTiming timing) {
        this.timing = timing;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        watermarkState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("highest-watermark", Types.LONG));
        highestMs = OrderBook.NO_WATERMARK;
        for (Long seen : watermarkState.get()) {
            highestMs = Math.max(highestMs, seen);
        }
        isRestoring = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        state = new BookState(getRuntimeContext(), getKeyedStateBackend(), !timing.bounded());
        book = new OrderBook(timing.horizon(), state, highestMs);
        state.restore(book);
        waiting = new WaitingInputs();
        for (HeldBookInput held : state.waiting()) {
            String need = need(held.input());
            waiting.restore(held, need == null ? held.input().key() : need);
        }
        ahead = new PriorityQueue<>(Ahead.ORDER);
        rows = new LeadTimeEmitter(output);
        pace = new Pace();
        markMs = OrderBook.NO_WATERMARK;
        counters = new HashMap<>();
        // Flink's gauges have no unit of their own; the page shows it at the end of the name.
        getMetricGroup().gauge(gaugeName(Meters.WATERMARK_AGE), this::watermarkAgeSeconds);
        getMetricGroup().gauge(gaugeName(Meters.WAITING), waiting::count);
        if (!timing.bounded()) {
            lookLater();
        }
    }

    /** A job that has read everything may get no watermark for minutes: what it read last is shown all the same. */
    private void lookLater() {
        ProcessingTimeService clock = getProcessingTimeService();
        clock.registerTimer(clock.getCurrentProcessingTime() + LOOK_EVERY_MS, now -> {
            if (markMs != OrderBook.NO_WATERMARK) {
                advance();
            }
            lookLater();
        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.writeBack(waiting);
        watermarkState.update(List.of(highestMs));
    }

    @Override
    public void processElement(StreamRecord<BookInput> element) throws Exception {
        BookInput input = element.getValue();
        if (timing.bounded()) {
            ahead.add(new Ahead(input, received++));
        } else {
            take(input);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (timing.bounded()) {
            takeReadBefore(mark.getTimestamp());
        }
        if (mark.getTimestamp() == END_OF_INPUT) {
            end();
        } else {
            markMs = mark.getTimestamp();
            advance();
        }
        super.processWatermark(mark);
    }

    /**
     * Makes a run over files exact: the book takes an input after it has advanced to the watermark that stood when the input was read, and before it advances
     * further. Otherwise it would hang on how the input's channels raced what a record finds final.
     */
    private void takeReadBefore(long watermarkMs) throws Exception {
        while (!ahead.isEmpty() && ahead.element().input().readAtWatermarkMs() < watermarkMs) {
            take(ahead.remove().input());
        }
    }

    private void advance() {
        highestMs = Math.max(highestMs, markMs);
        for (BookInput.OfOrder input : waiting.takeExpired(highestMs)) {
            refuse(input);
        }
        boolean keepsUp = !timing.bounded()
                && !pace.catchesUp(markMs, getProcessingTimeService().getCurrentProcessingTime());
        book.advance(highestMs, keepsUp, rows.at(highestMs));
        if (isRestoring && keepsUp) {
            book.writeAll(highestMs, rows);
            isRestoring = false;
        }
    }

    /** A run over files shows all there is, and waits no longer. A live job that is drained goes on later: it neither writes nor refuses. */
    private void end() {
        if (timing.bounded() && highestMs != OrderBook.NO_WATERMARK) {
            for (BookInput.OfOrder input : waiting.takeExpired(END_OF_INPUT)) {
                refuse(input);
            }
            book.writeAll(highestMs, rows.at(highestMs));
        }
    }

    private void take(BookInput input) throws Exception {
        if (input instanceof BookInput.OfOrder ofOrder) {
            String need = need(ofOrder);
            if (need == null) {
                accept(ofOrder);
                if (isConfirmation(ofOrder) && waiting.isWaiting(ofOrder.key())) {
                    takeWaiting(ofOrder.key());
                }
            } else {
                waiting.hold(new HeldBookInput(ofOrder, waitsUntil(ofOrder)), need);
            }
        } else if (input instanceof BookInput.Plant plant) {
            book.plant(plant.version());
            state.add(plant);
            waiting.takeOrdersThatNeed(plant.key()).forEach(this::takeWaiting);
        } else if (input instanceof BookInput.Product product) {
            book.product(product.version());
            state.add(product);
            waiting.takeOrdersThatNeed(product.key()).forEach(this::takeWaiting);
        }
    }

    /** Takes of an order what need not wait any longer; one of them may be what another waits for. */
    private void takeWaiting(String orderId) {
        List<HeldBookInput> left = new LinkedList<>(waiting.takeAll(orderId));
        boolean tookAny = true;
        while (tookAny && !left.isEmpty()) {
            tookAny = false;
            for (Iterator<HeldBookInput> all = left.iterator(); all.hasNext(); ) {
                BookInput.OfOrder input = all.next().input();
                if (need(input) == null) {
                    accept(input);
                    all.remove();
                    tookAny = true;
                }
            }
        }
        for (HeldBookInput held : left) {
            String need = need(held.input());
            waiting.hold(held, need == null ? orderId : need);
        }
    }

    private void accept(BookInput.OfOrder input) {
        Counters seen = counters(input instanceof BookInput.Order ? Topic.ORDERS : Topic.DELIVERIES);
        seen.records().inc();
        if (state.isTooMany(input)) {
            reject(OrderRejections.tooManyRecords(input));
            return;
        }
        boolean isNew = input instanceof BookInput.Order order
                ? book.take(order.record())
                : book.take(((BookInput.Delivery) input).record());
        if (!isNew) {
            seen.duplicates().inc();
        }
    }

    private Counters counters(Topic topic) {
        return counters.computeIfAbsent(topic, each -> {
            var group = getMetricGroup().addGroup(MeterTag.TOPIC.key(), topic.baseName());
            return new Counters(
                    group.counter(Meters.INGEST_RECORDS.meterName()),
                    group.counter(Meters.INGEST_DUPLICATES.meterName()));
        });
    }

    /** Key of what is missing for an input to be taken; null if nothing is. */
    private @Nullable String need(BookInput.OfOrder input) {
        if (input instanceof BookInput.Order order) {
            if (!book.knowsPlant(order.record().plantId())) {
                return BookInput.Plant.keyOf(order.record().plantId());
            }
            if (!book.knowsProduct(order.record().productId())) {
                return BookInput.Product.keyOf(order.record().productId());
            }
        }
        return isConfirmation(input) || book.knowsOrder(input.key()) ? null : input.key();
    }

    private static boolean isConfirmation(BookInput.OfOrder input) {
        return input instanceof BookInput.Order order && order.record().change() == OrderChange.CONFIRMED;
    }

    private long waitsUntil(BookInput.OfOrder input) {
        return timing.bounded()
                ? END_OF_INPUT
                : Math.max(highestMs, input.eventTimeMs())
                        + timing.unknownOrderWait().toMillis();
    }

    private void refuse(BookInput.OfOrder input) {
        Rejection rejection;
        if (input instanceof BookInput.Order order
                && !book.knowsPlant(order.record().plantId())) {
            rejection = OrderRejections.unknownPlant(order);
        } else if (input instanceof BookInput.Order order
                && !book.knowsProduct(order.record().productId())) {
            rejection = OrderRejections.unknownProduct(order);
        } else {
            rejection = OrderRejections.unknownOrder(input);
        }
        reject(rejection);
    }

    private void reject(Rejection rejection) {
        output.collect(LineTimelineOperator.REJECTED, new StreamRecord<>(rejection));
    }

    private static String gaugeName(Meters meter) {
        return meter.meterName() + "." + meter.baseUnit();
    }

    /** NaN while there is no watermark. */
    private double watermarkAgeSeconds() {
        return highestMs == OrderBook.NO_WATERMARK
                ? Double.NaN
                : (getProcessingTimeService().getCurrentProcessingTime() - highestMs) / 1000.0;
    }
}

package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.leadtime.BookStore;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.GroupRemains;
import org.capacityboard.domain.leadtime.OrderBook;
import org.capacityboard.domain.leadtime.OrderHistory;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order book of the domain, fed record by record, ends in the rows that the oracle computes from all of them at once. */
@Execution(ExecutionMode.SAME_THREAD)
class OrderBookAgainstOracleTest {
    private static final int OLD_EVERY = 20;

    /** How often the book is told of time, and whether early rows are wanted; how often it is put away and taken up again. */
    private record Treatment(int advancePercent, int earlyPercent, double restorePercent) {
        static Treatment of(int seed) {
            return switch (seed % 4) {
                case 0 -> new Treatment(100, 0, 0);
                case 1 -> new Treatment(30, 50, 1);
                case 2 -> new Treatment(2, 0, .5);
                default -> new Treatment(100, 10, 2);
            };
        }
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, Integer.getInteger("oracle.streams", 60)).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_seeded_stream_ends_in_the_rows_of_the_oracle(int seed) {
        OrderStreamOptions options =
                OrderStreamOptions.DEFAULT.withMaxOrders(30).withOldOrders(seed % OLD_EVERY == OLD_EVERY - 1 ? 5 : 0);
        OrderStream stream = OrderStream.of(seed, options);
        Run run = new Run(stream, Treatment.of(seed));
        run.feed();
        run.finish();

        LeadTimeRows expected = Oracle.leadTimes(stream.input(stream.until()));
        assertThat(LeadTimeDifference.describe(LeadTimeDifference.between(expected, run.written.rows(expected))))
                .as("seed %d, horizon %s, until %s", seed, stream.horizon(), stream.until())
                .isEmpty();
    }

    /** One stream through an order book. */
    private static final class Run implements BookStore {
        private final OrderStream stream;
        private final Treatment treatment;
        private final Chance chance;
        private final Map<String, OrderHistory> orders = new TreeMap<>();
        private final Map<Group, GroupRemains> groups = new TreeMap<>();
        private final List<OrderPlant> plants = new ArrayList<>();
        private final List<OrderProduct> products = new ArrayList<>();
        private final Map<String, List<SpecificRecord>> waiting = new HashMap<>();
        private final WrittenRows written = new WrittenRows();
        private OrderBook book;
        private long watermarkMs = OrderBook.NO_WATERMARK;

        Run(OrderStream stream, Treatment treatment) {
            this.stream = stream;
            this.treatment = treatment;
            this.chance = new Chance(~stream.seed());
            this.book = new OrderBook(stream.horizon(), this, watermarkMs);
        }

        @Override
        public void put(OrderHistory order) {
            orders.put(order.orderId(), order);
        }

        @Override
        public void removeOrder(String orderId) {
            orders.remove(orderId);
        }

        @Override
        public void put(GroupRemains remains) {
            groups.put(remains.group(), remains);
        }

        private void restore() {
            book = new OrderBook(stream.horizon(), this, book.watermarkMs());
            plants.forEach(book::plant);
            products.forEach(book::product);
            List.copyOf(groups.values()).forEach(book::restore);
            List.copyOf(orders.values()).forEach(book::restore);
        }

        void feed() {
            for (Arrival arrival : stream.arrivals()) {
                if (arrival.refusedAs() == null) {
                    take(Objects.requireNonNull(arrival.event()));
                    if (watermarkMs > OrderBook.NO_WATERMARK && chance.inPercent(treatment.advancePercent)) {
                        book.advance(watermarkMs, chance.inPercent(treatment.earlyPercent), written);
                    }
                    if (chance.inPercent(treatment.restorePercent)) {
                        restore();
                    }
                }
            }
        }

        private void take(SpecificRecord event) {
            if (event instanceof Plant plant) {
                plants.add(BookFeed.plant(plant));
                book.plant(BookFeed.plant(plant));
            } else if (event instanceof Product product) {
                products.add(BookFeed.product(product));
                book.product(BookFeed.product(product));
            } else if (event instanceof OrderEvent order) {
                passTime(order.getEventTime());
                takeOrWait(order.getOrderId(), order, order.getType() == OrderEventType.CONFIRMED);
            } else if (event instanceof DeliveryEvent delivery) {
                passTime(delivery.getEventTime());
                takeOrWait(delivery.getOrderId(), delivery, false);
            }
        }

        private void passTime(Instant eventTime) {
            watermarkMs =
                    Math.max(watermarkMs, eventTime.minus(OracleInput.DISORDER).toEpochMilli());
        }

        private void takeOrWait(String orderId, SpecificRecord event, boolean isConfirmation) {
            if (!isConfirmation && !book.knowsOrder(orderId)) {
                waiting.computeIfAbsent(orderId, id -> new ArrayList<>()).add(event);
                return;
            }
            give(event);
            List<SpecificRecord> waited = waiting.remove(orderId);
            if (waited != null) {
                waited.forEach(this::give);
            }
        }

        private void give(SpecificRecord event) {
            if (event instanceof OrderEvent order) {
                book.take(BookFeed.order(order));
            } else {
                book.take(BookFeed.delivery((DeliveryEvent) event));
            }
        }

        void finish() {
            long untilMs = stream.until().toEpochMilli();
            book.advance(untilMs, false, written);
            book.writeAll(untilMs, written);
        }
    }
}

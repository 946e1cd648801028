package org.capacityboard.domain.leadtime;

import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.HOUR;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded lives of orders, with everything that may happen to them, and when each record arrives. */
final class OrderLives {
    private static final String[] PRODUCTS = {"shell", "charge"};
    private static final String[] PLANTS = {"P0001", "P0002", "PWAW1"};
    private static final String[] BUYERS = {"DEU", "POL", "NOR"};

    /** A record arrives; {@code order} or {@code delivery} is set. */
    record Arrival(long atMs, Object record) {
        String orderId() {
            return record instanceof OrderRecord order ? order.orderId() : ((DeliveryRecord) record).orderId();
        }
    }

    private final Random random;
    private final long mostDelayMs;
    final List<Arrival> arrivals = new ArrayList<>();
    long lastMs = T0;

    OrderLives(long seed, int orders, long confirmedWithinMs, long mostDelayMs) {
        this.random = new Random(seed);
        this.mostDelayMs = mostDelayMs;
        for (int i = 0; i < orders; i++) {
            live("o" + i, T0 + upTo(confirmedWithinMs));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    }

    private long upTo(long ms) {
        long at = (long) (random.nextDouble() * ms);
        return random.nextInt(6) == 0 ? at / DAY * DAY : at;
    }

    private <T> T any(T[] choice) {
        return choice[random.nextInt(choice.length)];
    }

    private void live(String id, long confirmedMs) {
        long knownMs = confirmedMs + (random.nextInt(5) == 0 ? upTo(10 * DAY) : 0);
        long promiseMs = confirmedMs + upTo(random.nextInt(15) == 0 ? 470 * DAY : 50 * DAY);
        OrderSaid said = OrderSaid.confirmed(id, knownMs)
                .confirmedAt(confirmedMs)
                .product(any(PRODUCTS))
                .plant(any(PLANTS))
                .buyer(any(BUYERS))
                .quantity(1 + random.nextInt(30))
                .promised(promiseMs);
        if (random.nextBoolean()) {
            said.priority(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            said.framework("f" + random.nextInt(3));
        }
        say(said);
        long at = knownMs;
        while (random.nextInt(3) == 0) {
            at += upTo(20 * DAY);
            said = said.amended(at);
            switch (random.nextInt(6)) {
                case 0 -> said.quantity(1 + random.nextInt(30));
                case 1 -> said.promised(promiseMs + upTo(20 * DAY));
                case 2 -> said.product(any(PRODUCTS));
                case 3 -> said.plant(any(PLANTS));
                case 4 -> said.revision(random.nextInt(3)).quantity(1 + random.nextInt(30));
                default -> said.buyer(any(BUYERS)).then(OrderChange.CONFIRMED, at);
            }
            say(said);
        }
        if (random.nextInt(5) == 0) {
            said = said.cancelled(at + upTo(20 * DAY));
            say(said);
            if (random.nextInt(3) == 0) {
                say(said.amended(said.atMs() + upTo(10 * DAY)));
            }
        }
        int deliveries = random.nextInt(6);
        for (int i = 0; i < deliveries; i++) {
            deliver(id, "d" + i, confirmedMs - 2 * DAY + upTo(45 * DAY));
        }
    }

    private void say(OrderSaid said) {
        arrive(said.atMs(), said.atMs(), said.record());
    }

    private void deliver(String orderId, String deliveryId, long dispatchedMs) {
        long units = 1 + random.nextInt(12);
        long acceptedMs = dispatchedMs + upTo(4 * DAY) - HOUR;
        if (random.nextInt(3) > 0) {
            arrive(dispatchedMs, dispatchedMs, OrderSaid.dispatched(deliveryId, orderId, dispatchedMs, units));
        }
        if (random.nextInt(8) == 0) {
            arrive(acceptedMs, acceptedMs, OrderSaid.rejected(deliveryId, orderId, acceptedMs, units));
            return;
        }
        arrive(acceptedMs, acceptedMs, OrderSaid.accepted(deliveryId, orderId, acceptedMs, units));
        if (random.nextInt(6) == 0) {
            long againMs = acceptedMs + upTo(mostDelayMs / 2);
            arrive(acceptedMs, againMs, OrderSaid.accepted(deliveryId, orderId, againMs, units + random.nextInt(3)));
        }
    }

    /** It changes what happened from an instant on, so it arrives early enough for that; not before it happened. */
    private void arrive(long fromMs, long eventMs, Object record) {
        lastMs = Math.max(lastMs, eventMs);
        arrivals.add(new Arrival(Math.max(eventMs, fromMs + upTo(mostDelayMs)), record));
        if (random.nextInt(4) == 0) {
            arrivals.add(new Arrival(eventMs + upTo(20 * DAY), record));
        }
    }

    List<Arrival> shuffled(long seed) {
        List<Arrival> shuffled = new ArrayList<>(arrivals);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** Hands records to a book; those of an order that was not confirmed yet wait for that. */
    static final class Intake {
        private final Map<String, List<Arrival>> waiting = new HashMap<>();

        void take(OrderBook book, Arrival arrival) {
            boolean confirms = arrival.record instanceof OrderRecord order && order.change() == OrderChange.CONFIRMED;
            if (!confirms && !book.knowsOrder(arrival.orderId())) {
                waiting.computeIfAbsent(arrival.orderId(), id -> new ArrayList<>())
                        .add(arrival);
                return;
            }
            give(book, arrival);
            List<Arrival> freed = waiting.remove(arrival.orderId());
            if (freed != null) {
                freed.forEach(one -> give(book, one));
            }
        }

        private static void give(OrderBook book, Arrival arrival) {
            if (arrival.record instanceof OrderRecord order) {
                book.take(order);
            } else {
                book.take((DeliveryRecord) arrival.record);
            }
        }
    }
}

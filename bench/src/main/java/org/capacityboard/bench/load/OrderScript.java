package org.capacityboard.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the orders of a load, one event after the other: first the past in the order of its events, then, for as long as somebody asks, events of
 * now, of which one in ten is a new order, one an amendment, and the rest are single units of open orders that are dispatched and accepted. One event in a
 * hundred comes twice. Knows what all of it must come to. Not for use by several threads.
 */
public final class OrderScript {
    private static final int KINDS = 10;
    private static final int DISPATCHES_FROM = 2;
    private static final int ACCEPTANCES_FROM = 6;
    private static final Duration PROMISED_AFTER = Duration.ofDays(30);

    private final OrderLoad load;
    private final Random random;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Deque<Dispatch> dispatched = new ArrayDeque<>();
    private final List<Integer> open = new ArrayList<>();
    private int[] unitsToCome = new int[0];
    private int[] accepted = new int[0];
    private boolean[] cancelled = new boolean[0];
    private long[] confirmedAtMs = new long[0];
    private int orders;
    private int nextOfPast;
    private long live;
    private long events;
    private @Nullable SpecificRecord again;

    public OrderScript(OrderLoad load) {
        this.load = load;
        this.random = new Random(load.seed());
        grow(load.orders());
    }

    private enum Step {
        AMENDED(0.3),
        CANCELLED(0.4),
        FIRST_DISPATCHED(0.5),
        FIRST_ACCEPTED(0.6),
        REST_DISPATCHED(0.9),
        REST_ACCEPTED(1);

        /** When it happens, as a share of the lead time. */
        private final double share;

        Step(double share) {
            this.share = share;
        }
    }

    private record Due(long atMs, int order, Step step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime == 0 ? Integer.compare(order, other.order) : byTime;
        }
    }

    private record Dispatch(int order, String deliveryId) {}

    /**
     * What rows must come to.
     *
     * @param orders confirmed
     * @param units accepted
     * @param events distinct ones
     */
    public record Outcome(long orders, long open, long completed, long cancelled, long units, long events) {}

    /** What all that was asked for so far must come to. */
    public Outcome outcome() {
        long completed = 0;
        long ended = 0;
        long units = 0;
        for (int order = 0; order < orders; order++) {
            units += accepted[order];
            if (cancelled[order]) {
                ended++;
            } else if (accepted[order] == OrderLoad.UNITS) {
                completed++;
            }
        }
        return new Outcome(orders, orders - completed - ended, completed, ended, units, events);
    }

    /** The next event of the past; null when that is over. */
    public @Nullable SpecificRecord past() {
        SpecificRecord repeated = takeAgain();
        if (repeated != null) {
            return repeated;
        }
        Due first = due.peek();
        long nextOrderMs = nextOfPast < load.orders() ? load.confirmedAtMs(nextOfPast) : Long.MAX_VALUE;
        if (first == null || nextOrderMs <= first.atMs) {
            return nextOrderMs >= load.end().toEpochMilli() ? null : perhapsTwice(confirm(nextOrderMs));
        }
        if (first.atMs >= load.end().toEpochMilli()) {
            return null;
        }
        due.remove();
        return perhapsTwice(happen(first));
    }

    private SpecificRecord confirm(long atMs) {
        int order = nextOfPast++;
        orders = nextOfPast;
        confirmedAtMs[order] = atMs;
        schedule(order, load.isAmended(order) ? Step.AMENDED : afterAmendment(order));
        return order(order, OrderEventType.CONFIRMED, atMs, 0);
    }

    private Step afterAmendment(int order) {
        return load.isCancelled(order) ? Step.CANCELLED : Step.FIRST_DISPATCHED;
    }

    private void schedule(int order, Step step) {
        due.add(new Due(confirmedAtMs[order] + (long) (step.share * load.leadTimeMs(order)), order, step));
    }

    private SpecificRecord happen(Due now) {
        int order = now.order;
        int first = OrderLoad.UNITS / 2;
        switch (now.step) {
            case AMENDED -> {
                schedule(order, afterAmendment(order));
                return order(order, OrderEventType.AMENDED, now.atMs, 1);
            }
            case CANCELLED -> {
                cancelled[order] = true;
                return order(order, OrderEventType.CANCELLED, now.atMs, 2);
            }
            case FIRST_DISPATCHED -> {
                schedule(order, Step.FIRST_ACCEPTED);
                return delivery(order, "a", DeliveryStage.DISPATCHED, now.atMs, first);
            }
            case FIRST_ACCEPTED -> {
                schedule(order, Step.REST_DISPATCHED);
                accepted[order] += first;
                unitsToCome[order] -= first;
                return delivery(order, "a", DeliveryStage.ACCEPTED, now.atMs, first);
            }
            case REST_DISPATCHED -> {
                schedule(order, Step.REST_ACCEPTED);
                return delivery(order, "b", DeliveryStage.DISPATCHED, now.atMs, OrderLoad.UNITS - first);
            }
            case REST_ACCEPTED -> {
                accepted[order] = OrderLoad.UNITS;
                unitsToCome[order] = 0;
                return delivery(order, "b", DeliveryStage.ACCEPTED, now.atMs, OrderLoad.UNITS - first);
            }
        }
        throw new IllegalStateException(now.step + " is no step");
    }

    /** The next event of now, when the past is over. */
    public SpecificRecord live(Instant now) {
        SpecificRecord repeated = takeAgain();
        if (repeated != null) {
            return repeated;
        }
        if (live == 0) {
            due.clear();
            for (int order = 0; order < orders; order++) {
                if (!cancelled[order] && unitsToCome[order] > 0) {
                    open.add(order);
                }
            }
        }
        long atMs = now.toEpochMilli();
        int kind = (int) (live++ % KINDS);
        if (kind == 0) {
            int order = orders++;
            grow(orders);
            open.add(order);
            confirmedAtMs[order] = atMs;
            return perhapsTwice(order(order, OrderEventType.CONFIRMED, atMs, 0));
        }
        if (kind < DISPATCHES_FROM) {
            int order = open.get(random.nextInt(open.size()));
            return perhapsTwice(order(order, OrderEventType.AMENDED, atMs, live));
        }
        if (kind < ACCEPTANCES_FROM) {
            Dispatch dispatch = new Dispatch(takeUnit(), "live-" + live);
            dispatched.add(dispatch);
            return perhapsTwice(delivery(dispatch.order, dispatch.deliveryId, DeliveryStage.DISPATCHED, atMs, 1));
        }
        Dispatch dispatch = Objects.requireNonNull(dispatched.poll(), "as many are accepted as were dispatched");
        accepted[dispatch.order]++;
        return perhapsTwice(delivery(dispatch.order, dispatch.deliveryId, DeliveryStage.ACCEPTED, atMs, 1));
    }

    /** An open order from which a unit is still to come, and that it comes. */
    private int takeUnit() {
        int at = random.nextInt(open.size());
        int order = open.get(at);
        unitsToCome[order]--;
        if (unitsToCome[order] == 0) {
            open.set(at, open.get(open.size() - 1));
            open.remove(open.size() - 1);
        }
        return order;
    }

    /** Events some time ahead, for every partition, so that all that came before is shown; of no effect on the outcome before their time. */
    public List<SpecificRecord> closing(Instant ahead) {
        List<SpecificRecord> closing = new ArrayList<>();
        long atMs = ahead.toEpochMilli();
        for (int i = 0; i < load.orders() && i < 400; i++) {
            closing.add(order("closing-" + i, i, OrderEventType.CONFIRMED, atMs, atMs, 0));
            closing.add(delivery("closing-" + i, "closing-" + i, DeliveryStage.DISPATCHED, atMs, 1));
        }
        return closing;
    }

    private void grow(int atLeast) {
        int size = unitsToCome.length;
        if (size < atLeast) {
            int larger = Math.max(atLeast, size + size / 2);
            unitsToCome = Arrays.copyOf(unitsToCome, larger);
            Arrays.fill(unitsToCome, size, larger, OrderLoad.UNITS);
            accepted = Arrays.copyOf(accepted, larger);
            cancelled = Arrays.copyOf(cancelled, larger);
            confirmedAtMs = Arrays.copyOf(confirmedAtMs, larger);
        }
    }

    private SpecificRecord perhapsTwice(SpecificRecord event) {
        events++;
        if (random.nextDouble() < OrderLoad.REPEATED_RATIO) {
            again = event;
        }
        return event;
    }

    private @Nullable SpecificRecord takeAgain() {
        SpecificRecord repeated = again;
        again = null;
        return repeated;
    }

    private OrderEvent order(int order, OrderEventType type, long atMs, long revision) {
        return order(load.orderId(order), order, type, atMs, confirmedAtMs[order], revision);
    }

    private OrderEvent order(
            String orderId, int like, OrderEventType type, long atMs, long confirmedMs, long revision) {
        Instant confirmedAt = Instant.ofEpochMilli(confirmedMs);
        return OrderEvent.newBuilder()
                .setOrderId(orderId)
                .setEventTime(Instant.ofEpochMilli(atMs))
                .setType(type)
                .setProductId(load.productOf(like))
                .setPlantId(load.plantOf(like))
                .setBuyerNation(load.buyerOf(like))
                .setQuantity(OrderLoad.UNITS)
                .setConfirmedAt(confirmedAt)
                .setPromisedAt(confirmedAt.plus(PROMISED_AFTER))
                .setRevision(revision)
                .build();
    }

    private DeliveryEvent delivery(int order, String delivery, DeliveryStage stage, long atMs, int units) {
        String orderId = load.orderId(order);
        return delivery(orderId, orderId + "-" + delivery, stage, atMs, units);
    }

    private static DeliveryEvent delivery(
            String orderId, String deliveryId, DeliveryStage stage, long atMs, int units) {
        return DeliveryEvent.newBuilder()
                .setDeliveryId(deliveryId)
                .setOrderId(orderId)
                .setEventTime(Instant.ofEpochMilli(atMs))
                .setStage(stage)
                .setQuantity(units)
                .build();
    }
}

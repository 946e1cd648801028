package org.capacityboard.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.schemas.EventCodec;
import org.jspecify.annotations.Nullable;

/** All that was ever said of one order line. */
final class OrderTale {
    private static final Comparator<OrderEvent> BY_RANK = Comparator.comparingLong(OrderEvent::getRevision)
            .thenComparing(OrderEvent::getEventTime)
            .thenComparing(EventCodec::body, Arrays::compareUnsigned);
    private static final Comparator<DeliveryEvent> BY_WEIGHT =
            Comparator.comparing(DeliveryEvent::getEventTime).thenComparing(EventCodec::body, Arrays::compareUnsigned);
    private static final Comparator<DeliveryEvent> BY_TIME =
            Comparator.comparing(DeliveryEvent::getEventTime).thenComparing(DeliveryEvent::getDeliveryId);

    private final String orderId;
    private final List<OrderEvent> events = new ArrayList<>();
    private final Map<String, Map<DeliveryStage, DeliveryEvent>> deliveries = new TreeMap<>();

    OrderTale(String orderId) {
        this.orderId = orderId;
    }

    String orderId() {
        return orderId;
    }

    void add(OrderEvent event) {
        events.add(event);
        events.sort(BY_RANK);
    }

    void add(DeliveryEvent event) {
        deliveries
                .computeIfAbsent(event.getDeliveryId(), id -> new EnumMap<>(DeliveryStage.class))
                .merge(event.getStage(), event, (a, b) -> BY_WEIGHT.compare(a, b) < 0 ? b : a);
    }

    boolean isConfirmed() {
        return events.stream().anyMatch(event -> event.getType() == OrderEventType.CONFIRMED);
    }

    private static boolean isBefore(Instant eventTime, long instantMs) {
        return eventTime.toEpochMilli() < instantMs;
    }

    /** Instants right after which it may stand otherwise because of what was said of it. */
    SortedSet<Long> turnsMs() {
        return events.stream()
                .map(event -> event.getEventTime().toEpochMilli())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How it stood at an instant; null if nobody could know it yet. */
    @Nullable
    Stand at(long instantMs) {
        List<OrderEvent> said = events.stream()
                .filter(event -> isBefore(event.getEventTime(), instantMs))
                .toList();
        for (OrderEvent event : said) {
            if (event.getType() == OrderEventType.CONFIRMED) {
                OrderEvent last = said.get(said.size() - 1);
                List<OrderEvent> wishes = said.stream()
                        .filter(wish -> wish.getType() != OrderEventType.CANCELLED)
                        .toList();
                return new Stand(
                        wishes.get(wishes.size() - 1),
                        last.getType() == OrderEventType.CANCELLED ? last.getEventTime() : null,
                        said.get(0).getPromisedAt(),
                        event.getEventTime().toEpochMilli(),
                        delivered(DeliveryStage.DISPATCHED, instantMs),
                        delivered(DeliveryStage.ACCEPTED, instantMs),
                        delivered(DeliveryStage.REJECTED, instantMs));
            }
        }
        return null;
    }

    private List<DeliveryEvent> delivered(DeliveryStage stage, long instantMs) {
        return deliveries.values().stream()
                .flatMap(stages -> stages.values().stream())
                .filter(delivery -> delivery.getStage() == stage && isBefore(delivery.getEventTime(), instantMs))
                .sorted(BY_TIME)
                .toList();
    }

    /** How an order stood. */
    static final class Stand {
        private final OrderEvent counts;
        private final @Nullable Instant saidOff;
        private final Instant firstPromise;
        private final long knownMs;
        private final List<DeliveryEvent> dispatched;
        private final List<DeliveryEvent> accepted;
        private final List<DeliveryEvent> rejected;
        private final boolean isCancelled;
        private final List<DeliveryEvent> own;
        private final @Nullable Long completedMs;

        /**
         * @param counts the event that counts, of those that do not say it off
         * @param saidOff when it was said off; null if it was not, or was wanted again
         * @param firstPromise promise of the event that counts least
         * @param knownMs since when it is known
         * @param accepted in the order in which they were; likewise the others
         */
        Stand(
                OrderEvent counts,
                @Nullable Instant saidOff,
                Instant firstPromise,
                long knownMs,
                List<DeliveryEvent> dispatched,
                List<DeliveryEvent> accepted,
                List<DeliveryEvent> rejected) {
            this.counts = counts;
            this.saidOff = saidOff;
            this.firstPromise = firstPromise;
            this.knownMs = knownMs;
            this.dispatched = dispatched;
            this.accepted = accepted;
            this.rejected = rejected;
            List<DeliveryEvent> untilSaidOff = accepted.stream()
                    .filter(delivery ->
                            saidOff == null || !delivery.getEventTime().isAfter(saidOff))
                    .toList();
            this.isCancelled = saidOff != null && units(untilSaidOff) < counts.getQuantity();
            this.own = isCancelled ? untilSaidOff : accepted;
            this.completedMs = completedMs(own, counts.getQuantity());
        }

        private static @Nullable Long completedMs(List<DeliveryEvent> own, long ordered) {
            long units = 0;
            for (DeliveryEvent delivery : own) {
                units += delivery.getQuantity();
                if (units >= ordered) {
                    return delivery.getEventTime().toEpochMilli();
                }
            }
            return null;
        }

        static long units(List<DeliveryEvent> deliveries) {
            return deliveries.stream().mapToLong(DeliveryEvent::getQuantity).sum();
        }

        OrderEvent counts() {
            return counts;
        }

        Instant firstPromise() {
            return firstPromise;
        }

        long knownMs() {
            return knownMs;
        }

        List<DeliveryEvent> dispatched() {
            return dispatched;
        }

        /** All that was accepted, whether for the order or not. */
        List<DeliveryEvent> accepted() {
            return accepted;
        }

        List<DeliveryEvent> rejected() {
            return rejected;
        }

        /** What was accepted for the order: all, but if it was cancelled only what was accepted by then. */
        List<DeliveryEvent> own() {
            return own;
        }

        long ownUnits() {
            return units(own);
        }

        long ordered() {
            return counts.getQuantity();
        }

        long confirmedMs() {
            return counts.getConfirmedAt().toEpochMilli();
        }

        /** When its last unit was accepted; null if it was not. */
        @Nullable
        Long completedMs() {
            return completedMs;
        }

        @Nullable
        Long firstAcceptedMs() {
            return own.isEmpty() ? null : own.get(0).getEventTime().toEpochMilli();
        }

        /** When it was cancelled; null if it was not, or was complete by then. */
        @Nullable
        Long cancelledMs() {
            return isCancelled && saidOff != null ? (Long) saidOff.toEpochMilli() : null;
        }

        boolean isOpen() {
            return !isCancelled && completedMs == null;
        }

        long missing() {
            return Math.max(0, ordered() - ownUnits());
        }

        String state() {
            return isCancelled ? "CANCELLED" : isOpen() ? "OPEN" : "COMPLETED";
        }

        /** When it ended; null if it is open. */
        @Nullable
        Long endMs() {
            return isCancelled ? cancelledMs() : completedMs;
        }

        /** What is odd about it. */
        String flags() {
            List<String> flags = new ArrayList<>();
            if (ownUnits() > ordered()) {
                flags.add("ACCEPTED_MORE_THAN_ORDERED");
            }
            if (accepted.stream().anyMatch(delivery -> dispatchOf(delivery).stream()
                    .anyMatch(sent -> sent.getEventTime().isAfter(delivery.getEventTime())))) {
                flags.add("ACCEPTED_BEFORE_DISPATCH");
            }
            if (own.stream().anyMatch(delivery -> delivery.getEventTime().isBefore(counts.getConfirmedAt()))) {
                flags.add("ACCEPTED_BEFORE_CONFIRMATION");
            }
            if (accepted.stream().anyMatch(delivery -> dispatchOf(delivery).stream()
                    .anyMatch(sent -> sent.getQuantity() < delivery.getQuantity()))) {
                flags.add("ACCEPTED_MORE_THAN_DISPATCHED");
            }
            if (saidOff != null && !isCancelled) {
                flags.add("CANCELLED_AFTER_COMPLETION");
            }
            if (own.size() < accepted.size()) {
                flags.add("ACCEPTED_AFTER_CANCELLATION");
            }
            return String.join(",", flags);
        }

        private List<DeliveryEvent> dispatchOf(DeliveryEvent delivery) {
            return dispatched.stream()
                    .filter(sent -> sent.getDeliveryId().equals(delivery.getDeliveryId()))
                    .toList();
        }
    }
}

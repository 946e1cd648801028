package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Order events and deliveries that wait for an order, a plant or a product, found by order, by what they wait for, and by how long they may. */
final class WaitingInputs {
    private final Map<String, List<HeldBookInput>> byOrder = new HashMap<>();
    private final Map<String, Set<String>> ordersByNeed = new HashMap<>();
    /** May still name inputs that wait no longer. */
    private final PriorityQueue<Expiry> expiries = new PriorityQueue<>(Comparator.comparingLong(Expiry::atMs));

    private Set<String> changedOrders = new HashSet<>();
    private int count;

    private record Expiry(long atMs, String orderId) {}

    /**
     * Lets an input wait.
     *
     * @param need key of what it waits for
     */
    void hold(HeldBookInput held, String need) {
        put(held, need);
        changedOrders.add(held.input().key());
    }

    /** Puts back what {@link #of} gave before a restart. */
    void restore(HeldBookInput held, String need) {
        put(held, need);
    }

    private void put(HeldBookInput held, String need) {
        String orderId = held.input().key();
        byOrder.computeIfAbsent(orderId, id -> new ArrayList<>()).add(held);
        if (!need.equals(orderId)) {
            ordersByNeed.computeIfAbsent(need, key -> new LinkedHashSet<>()).add(orderId);
        }
        expiries.add(new Expiry(held.untilMs(), orderId));
        count++;
    }

    boolean isWaiting(String orderId) {
        return byOrder.containsKey(orderId);
    }

    /** Everything of an order that waits, in the order in which it came; it then waits no longer. */
    List<HeldBookInput> takeAll(String orderId) {
        List<HeldBookInput> held = byOrder.remove(orderId);
        if (held == null) {
            return List.of();
        }
        changedOrders.add(orderId);
        count -= held.size();
        return held;
    }

    /** Orders of which something waits for a plant or product; they are then no longer found by it. */
    Collection<String> takeOrdersThatNeed(String need) {
        Set<String> orderIds = ordersByNeed.remove(need);
        return orderIds == null ? List.of() : orderIds;
    }

    /** What has waited long enough at a watermark; it then waits no longer. */
    List<BookInput.OfOrder> takeExpired(long watermarkMs) {
        List<BookInput.OfOrder> expired = new ArrayList<>();
        while (!expiries.isEmpty() && expiries.element().atMs() <= watermarkMs) {
            String orderId = expiries.remove().orderId();
            List<HeldBookInput> held = byOrder.get(orderId);
            if (held != null && held.removeIf(each -> isExpired(each, watermarkMs, expired))) {
                changedOrders.add(orderId);
                if (held.isEmpty()) {
                    byOrder.remove(orderId);
                }
            }
        }
        count -= expired.size();
        forgetNeedsOf(expired);
        return expired;
    }

    /** Lets what no input of an order names any longer find the order no more. */
    private void forgetNeedsOf(List<BookInput.OfOrder> expired) {
        Map<String, Set<String>> needsByOrder = new HashMap<>();
        for (BookInput.OfOrder input : expired) {
            needsByOrder.computeIfAbsent(input.key(), id -> new HashSet<>()).addAll(namedBy(input));
        }
        needsByOrder.forEach((orderId, needs) -> {
            of(orderId).forEach(held -> namedBy(held.input()).forEach(needs::remove));
            needs.forEach(need -> forget(need, orderId));
        });
    }

    private static List<String> namedBy(BookInput.OfOrder input) {
        return input instanceof BookInput.Order order
                ? List.of(
                        BookInput.Plant.keyOf(order.record().plantId()),
                        BookInput.Product.keyOf(order.record().productId()))
                : List.of();
    }

    private void forget(String need, String orderId) {
        Set<String> orderIds = ordersByNeed.get(need);
        if (orderIds != null && orderIds.remove(orderId) && orderIds.isEmpty()) {
            ordersByNeed.remove(need);
        }
    }

    private static boolean isExpired(HeldBookInput held, long watermarkMs, List<BookInput.OfOrder> expired) {
        boolean isExpired = held.untilMs() <= watermarkMs;
        if (isExpired) {
            expired.add(held.input());
        }
        return isExpired;
    }

    /** How many wait. */
    int count() {
        return count;
    }

    /** What waits of an order. */
    List<HeldBookInput> of(String orderId) {
        return byOrder.getOrDefault(orderId, List.of());
    }

    /** Orders of which something else waits than when this was last asked. */
    Set<String> takeChanged() {
        Set<String> changed = changedOrders;
        changedOrders = new HashSet<>();
        return changed;
    }
}

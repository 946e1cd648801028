package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All orders, each in its groups, its queue and the week in which it falls due. What changes goes to the store and is noted down to be shown. */
final class PlacedOrders {
    private final BookStore store;
    private final long horizonMs;
    private final Retention retention;
    private final OrderReference reference = new OrderReference();
    private final OrderGroups groups = new OrderGroups(reference);
    private final Map<String, OrderLine> lines = new HashMap<>();
    private final Map<QueueKey, PlantQueue> queues = new LinkedHashMap<>();
    private final WeeksDue weeks;
    private final Deadlines deadlines = new Deadlines();
    /** Groups and queues with something to show. */
    private final Set<OrderGroup> changedGroups = new LinkedHashSet<>();

    private final Set<PlantQueue> changedQueues = new LinkedHashSet<>();
    private List<OrderLine> quiet = new ArrayList<>();
    private List<OrderLine> unplaced = new ArrayList<>();

    PlacedOrders(BookStore store, long horizonMs, long dropAfterMs, long watermarkMs) {
        this.store = store;
        this.horizonMs = horizonMs;
        this.weeks = new WeeksDue(horizonMs, watermarkMs);
        this.retention = new Retention(dropAfterMs, weeks);
    }

    void restore(OrderHistory order) {
        OrderLine line = new OrderLine(order);
        lines.put(order.orderId(), line);
        unplaced.add(line);
    }

    void restore(GroupRemains remains) {
        groups.get(remains.group()).restore(remains);
    }

    /**
     * Places what was restored, as it was left at a watermark. To be called before anything else once all is restored. Nobody knows whether the status of an
     * order that is final shows its last record, so it is to be written again.
     */
    void placeRestored(long watermarkMs) {
        if (unplaced.isEmpty()) {
            return;
        }
        List<OrderLine> restored = unplaced;
        unplaced = new ArrayList<>();
        for (OrderLine line : restored) {
            line.place(reference, groups);
            for (OrderGroup group : line.groups()) {
                group.add(line, line.sinceMs(group));
            }
            PlantQueue queue = queueOf(line);
            queue.lines.add(line);
            queue.forecastFromMs = UtcDays.midnightMs(watermarkMs);
            line.queue = queue;
            line.isFinal = !line.isOpen() && line.endMs() + horizonMs <= watermarkMs;
            line.isChanged = line.isFinal;
            countIfDue(line, watermarkMs);
            setDeadline(line, watermarkMs);
        }
        weeks.restored();
        packSettled(watermarkMs);
    }

    /** Returns whether it was new. */
    boolean add(OrderPlant plant, long watermarkMs) {
        boolean isNew = reference.add(plant);
        if (isNew && unplaced.isEmpty()) {
            Group group = new Group(GroupKind.PLANT, plant.version().plantId());
            placeAgain(groups.get(group), watermarkMs);
        }
        return isNew;
    }

    /** Returns whether it was new. */
    boolean add(OrderProduct product, long watermarkMs) {
        boolean isNew = reference.add(product);
        if (isNew && unplaced.isEmpty()) {
            placeAgain(groups.get(new Group(GroupKind.PRODUCT, product.productId())), watermarkMs);
        }
        return isNew;
    }

    OrderReference reference() {
        return reference;
    }

    OrderGroups groups() {
        return groups;
    }

    WeeksDue weeks() {
        return weeks;
    }

    Collection<PlantQueue> queues() {
        return queues.values();
    }

    Set<OrderGroup> changedGroups() {
        return changedGroups;
    }

    Set<PlantQueue> changedQueues() {
        return changedQueues;
    }

    @Nullable
    OrderLine line(String orderId) {
        return lines.get(orderId);
    }

    AsOf asOf(long instantMs) {
        return new AsOf(instantMs, reference, groups);
    }

    void put(OrderGroup group) {
        store.put(group.remains());
    }

    /** The order has a record more, that changes how it stands after an instant. */
    void change(OrderHistory history, long fromMs, long toMs, long watermarkMs) {
        OrderLine line = lines.get(history.orderId());
        if (line == null) {
            line = new OrderLine(history);
            lines.put(history.orderId(), line);
        } else {
            line.history = history;
        }
        store.put(history);
        line.isChanged = true;
        line.isFinal = false;
        Set<OrderGroup> touched = new LinkedHashSet<>(Arrays.asList(line.groups()));
        Set<OrderGroup> shrunk = place(line, true, watermarkMs);
        shrunk.forEach(OrderGroup::removeStrangers);
        touched.addAll(Arrays.asList(line.groups()));
        touched.forEach(group -> note(group, fromMs, toMs));
    }

    private void note(OrderGroup group, long fromMs, long toMs) {
        group.change(fromMs, toMs);
        changedGroups.add(group);
        put(group);
    }

    /** A plant or product became another: its orders may stand elsewhere, and be due at another time. */
    private void placeAgain(OrderGroup whose, long watermarkMs) {
        Set<OrderGroup> touched = new LinkedHashSet<>();
        Set<OrderGroup> shrunk = new LinkedHashSet<>();
        for (OrderLine line : whose.lines()) {
            OrderGroup[] before = line.groups();
            Placement placeBefore = line.now();
            DuePromise dueBefore = line.due;
            shrunk.addAll(place(line, false, watermarkMs));
            boolean moved = !Arrays.equals(before, line.groups())
                    || !Arrays.equals(placeBefore.groups(), line.now().groups());
            boolean dueMoved = dueBefore == null ? line.due != null : !dueBefore.isLike(line.due);
            if (moved || dueMoved || placeBefore.dueEndMs() != line.now().dueEndMs()) {
                touched.addAll(Arrays.asList(before));
                touched.addAll(Arrays.asList(line.groups()));
            }
        }
        shrunk.forEach(OrderGroup::removeStrangers);
        touched.forEach(group -> note(group, Long.MIN_VALUE, Long.MIN_VALUE));
    }

    /** Places an order anew. Returns the groups it left; they still hold it. */
    private Set<OrderGroup> place(OrderLine line, boolean hasNews, long watermarkMs) {
        DuePromise dueBefore = line.due;
        OrderGroup[] before = line.groups();
        long[] since = new long[before.length];
        for (int i = 0; i < before.length; i++) {
            since[i] = line.sinceMs(before[i]);
        }
        line.place(reference, groups);
        if (line.isPacked && (hasNews || !Arrays.equals(before, line.groups()))) {
            line.isPacked = false;
            for (OrderGroup group : before) {
                group.unpack(line, true);
            }
        }
        Set<OrderGroup> left = new LinkedHashSet<>(1);
        for (int i = 0; i < before.length; i++) {
            before[i].version += hasNews ? 1 : 0;
            if (!line.standsIn(before[i])) {
                before[i].leave(line);
                left.add(before[i]);
            } else {
                before[i].move(since[i], line.sinceMs(before[i]));
            }
        }
        for (OrderGroup group : line.groups()) {
            if (!Arrays.asList(before).contains(group)) {
                group.add(line, line.sinceMs(group));
            }
        }
        enqueue(line);
        if (line.isCounted && dueBefore != null && !dueBefore.isLike(line.due)) {
            weeks.count(dueBefore, -1);
            changedGroups.addAll(Arrays.asList(dueBefore.groups()));
            line.isCounted = false;
        }
        countIfDue(line, watermarkMs);
        setDeadline(line, watermarkMs);
        return left;
    }

    private PlantQueue queueOf(OrderLine line) {
        OrderStanding standing = line.standing();
        return queues.computeIfAbsent(
                new QueueKey(standing.plantId(), standing.productId()),
                key -> new PlantQueue(key.plantId, key.productId, horizonMs));
    }

    private void enqueue(OrderLine line) {
        PlantQueue queue = queueOf(line);
        PlantQueue before = line.queue;
        if (before != queue) {
            if (before != null) {
                before.lines.remove(line);
            }
            queue.lines.add(line);
            line.queue = queue;
        }
        if (line.isChanged) {
            changedQueues.add(queue);
        }
    }

    private void countIfDue(OrderLine line, long watermarkMs) {
        DuePromise due = line.due;
        if (!line.isCounted && due != null && due.atMs() <= watermarkMs) {
            weeks.count(due, 1);
            line.isCounted = true;
            changedGroups.addAll(Arrays.asList(due.groups()));
        }
    }

    /** A line that was open when its due day ended is overdue from then on, though nothing happened to it. */
    private void noteIfOverdue(OrderLine line, long beforeMs, long watermarkMs) {
        Placement placed = line.now();
        long dueEndMs = placed.dueEndMs();
        if (dueEndMs > beforeMs && dueEndMs <= watermarkMs && line.endMs() >= dueEndMs) {
            for (OrderGroup group : placed.groups()) {
                group.change(dueEndMs - 1, dueEndMs - 1);
                changedGroups.add(group);
            }
        }
    }

    private void setDeadline(OrderLine line, long watermarkMs) {
        long next = OrderStanding.NEVER;
        DuePromise due = line.due;
        if (due != null && !line.isCounted) {
            next = due.atMs();
        }
        long dueEndMs = line.now().dueEndMs();
        if (dueEndMs > watermarkMs && line.endMs() >= dueEndMs) {
            next = Math.min(next, dueEndMs);
        }
        if (!line.isOpen()) {
            next = Math.min(next, line.isFinal ? retention.dropAtMs(line) : line.endMs() + horizonMs);
        }
        deadlines.set(line, next);
    }

    /** Meets the deadlines that have come: lines fall due, and ended orders become final. */
    void meetDeadlines(long beforeMs, long watermarkMs, LeadTimeSink sink) {
        for (OrderLine line = deadlines.take(watermarkMs); line != null; line = deadlines.take(watermarkMs)) {
            countIfDue(line, watermarkMs);
            noteIfOverdue(line, beforeMs, watermarkMs);
            PlantQueue queue = line.queue;
            if (!line.isOpen()) {
                if (!line.isFinal && queue != null && line.endMs() + horizonMs <= watermarkMs) {
                    queue.writeEnded(line, watermarkMs, sink);
                }
                if (line.isFinal && retention.dropAtMs(line) <= watermarkMs) {
                    quiet.add(line);
                    continue;
                }
            }
            setDeadline(line, watermarkMs);
        }
    }

    /** Packs the orders that ended before all days that are still written. */
    void packSettled(long watermarkMs) {
        if (watermarkMs == OrderBook.NO_WATERMARK) {
            return;
        }
        OrderWait wait = new OrderWait();
        boolean packed = false;
        for (OrderGroup group : groups.all()) {
            group.packed();
        }
        for (OrderLine line : groups.get(Group.ALLIANCE).lively()) {
            boolean settled = !line.isOpen()
                    && line.lastEventMs() <= watermarkMs - horizonMs
                    && Arrays.equals(line.groups(), line.now().groups());
            if (settled && pack(line, wait)) {
                line.isPacked = true;
                packed = true;
            }
        }
        if (packed) {
            groups.all().forEach(OrderGroup::removeSettled);
        }
    }

    private static boolean pack(OrderLine line, OrderWait wait) {
        for (OrderGroup group : line.groups()) {
            if (!group.pack(line, wait)) {
                return false;
            }
        }
        return true;
    }

    /** Drops the orders whose time has come; they stay in their groups as observations. */
    void dropQuiet(long watermarkMs) {
        List<OrderLine> ready = quiet;
        quiet = new ArrayList<>();
        Map<OrderGroup, List<OrderLine>> byGroup = new LinkedHashMap<>();
        Map<PlantQueue, OrderLine> firsts = new HashMap<>();
        Set<PlantQueue> left = new LinkedHashSet<>();
        for (OrderLine line : ready) {
            PlantQueue queue = line.queue;
            if (line.isDropped) {
                continue;
            }
            if (queue == null || !line.isFinal || retention.dropAtMs(line) > watermarkMs) {
                setDeadline(line, watermarkMs);
            } else if (line.firstOutputMs() != OrderStanding.NEVER
                    && firsts.computeIfAbsent(queue, PlantQueue::first) == line) {
                quiet.add(line);
            } else {
                line.isDropped = true;
                if (line.isPacked) {
                    line.isPacked = false;
                    for (OrderGroup group : line.groups()) {
                        group.unpack(line, false);
                    }
                }
                lines.remove(line.history.orderId());
                store.removeOrder(line.history.orderId());
                left.add(queue);
                for (OrderGroup group : line.groups()) {
                    byGroup.computeIfAbsent(group, any -> new ArrayList<>()).add(line);
                }
            }
        }
        left.forEach(queue -> queue.lines.removeIf(line -> line.isDropped));
        byGroup.forEach(this::drop);
    }

    private void drop(OrderGroup group, List<OrderLine> dropped) {
        List<OrderStanding> ended = new ArrayList<>();
        long sinceMs = OrderStanding.NEVER;
        for (OrderLine line : dropped) {
            sinceMs = Math.min(sinceMs, line.sinceMs(group));
            group.leave(line);
            if (line.now().groups()[group.kind] == group) {
                ended.add(line.standing());
            }
        }
        group.dropped = group.dropped.with(ended, sinceMs);
        group.removeSettled();
        put(group);
    }

    private record QueueKey(String plantId, String productId) {}
}

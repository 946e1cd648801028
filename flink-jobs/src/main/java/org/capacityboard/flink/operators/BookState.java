package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.capacityboard.domain.leadtime.BookStore;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.GroupRemains;
import org.capacityboard.domain.leadtime.OrderBook;
import org.capacityboard.domain.leadtime.OrderHistory;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.flink.types.SlimType;

/**
 * What an order book must find again after a restart, in keyed state: orders (until 400 days after they ended), what groups keep, versions of plants and
 * products (as long as the job), and inputs that wait (until what they wait for is known, or the wait is over). The book itself lives on the heap; what
 * changed of it is written before a checkpoint, once however often it changed.
 */
final class BookState implements BookStore {
    /** No order has more distinct records; each change looks at all of them. */
    static final int MOST_RECORDS = 10_000;

    private final KeyedStateBackend<String> backend;
    private final boolean isKept;
    private final ValueStateDescriptor<OrderHistory> ordersDescriptor =
            new ValueStateDescriptor<>("order", SlimType.of(new OrderHistoryCodec()));
    private final ValueStateDescriptor<GroupRemains> groupsDescriptor =
            new ValueStateDescriptor<>("group", SlimType.of(GroupRemainsCodec.INSTANCE));
    private final ListStateDescriptor<OrderPlant> plantsDescriptor =
            new ListStateDescriptor<>("plant-versions", SlimType.of(OrderPlantCodec.INSTANCE));
    private final ListStateDescriptor<OrderProduct> productsDescriptor =
            new ListStateDescriptor<>("product-versions", SlimType.of(OrderProductCodec.INSTANCE));
    private final ListStateDescriptor<HeldBookInput> waitingDescriptor =
            new ListStateDescriptor<>("waiting", SlimType.of(HeldBookInputCodec.INSTANCE));
    private final ValueState<OrderHistory> orders;
    private final ValueState<GroupRemains> groups;
    private final ListState<OrderPlant> plants;
    private final ListState<OrderProduct> products;
    private final ListState<HeldBookInput> waiting;

    /** Orders that take no further record. */
    private final Map<String, OrderHistory> fullOrders = new HashMap<>();

    private Map<String, OrderHistory> changedOrders = new HashMap<>();
    private Set<String> removedOrders = new HashSet<>();
    private Map<Group, GroupRemains> changedGroups = new HashMap<>();

    /**
     * @param isKept whether there will be checkpoints: what no checkpoint takes is not kept
     */
    BookState(RuntimeContext context, KeyedStateBackend<String> backend, boolean isKept) {
        this.backend = backend;
        this.isKept = isKept;
        this.orders = context.getState(ordersDescriptor);
        this.groups = context.getState(groupsDescriptor);
        this.plants = context.getListState(plantsDescriptor);
        this.products = context.getListState(productsDescriptor);
        this.waiting = context.getListState(waitingDescriptor);
    }

    /** Gives plants, products, orders and groups back to a book. */
    void restore(OrderBook book) throws Exception {
        forEachKey(plantsDescriptor, (key, versions) -> versions.get().forEach(book::plant));
        forEachKey(productsDescriptor, (key, versions) -> versions.get().forEach(book::product));
        forEachKey(groupsDescriptor, (key, group) -> book.restore(group.value()));
        forEachKey(ordersDescriptor, (key, order) -> {
            noteIfFull(order.value());
            book.restore(order.value());
        });
    }

    private void noteIfFull(OrderHistory order) {
        if (order.version() >= MOST_RECORDS) {
            fullOrders.put(order.orderId(), order);
        }
    }

    /** Whether an input is new to an order that takes no further record. */
    @SuppressWarnings("ReferenceEquality") // a history that took nothing is itself
    boolean isTooMany(BookInput.OfOrder input) {
        OrderHistory full = fullOrders.get(input.key());
        if (full == null) {
            return false;
        }
        OrderHistory more = input instanceof BookInput.Order order
                ? full.with(order.record())
                : full.with(((BookInput.Delivery) input).record());
        return more != full;
    }

    /** Everything that waits. */
    List<HeldBookInput> waiting() throws Exception {
        List<HeldBookInput> all = new ArrayList<>();
        forEachKey(waitingDescriptor, (key, held) -> held.get().forEach(all::add));
        return all;
    }

    private <S extends State, T> void forEachKey(StateDescriptor<S, T> descriptor, KeyedStateFunction<String, S> action)
            throws Exception {
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, action);
    }

    void add(BookInput.Plant plant) throws Exception {
        if (isKept) {
            backend.setCurrentKey(plant.key());
            plants.add(plant.version());
        }
    }

    void add(BookInput.Product product) throws Exception {
        if (isKept) {
            backend.setCurrentKey(product.key());
            products.add(product.version());
        }
    }

    @Override
    public void put(OrderHistory order) {
        noteIfFull(order);
        if (isKept) {
            changedOrders.put(order.orderId(), order);
            removedOrders.remove(order.orderId());
        }
    }

    @Override
    public void removeOrder(String orderId) {
        fullOrders.remove(orderId);
        if (isKept) {
            changedOrders.remove(orderId);
            removedOrders.add(orderId);
        }
    }

    @Override
    public void put(GroupRemains remains) {
        if (isKept) {
            changedGroups.put(remains.group(), remains);
        }
    }

    /** Writes to the state backend what changed since this was last called; leaves another current key. */
    void writeBack(WaitingInputs held) throws Exception {
        for (Map.Entry<String, OrderHistory> order : changedOrders.entrySet()) {
            backend.setCurrentKey(order.getKey());
            orders.update(order.getValue());
        }
        for (String orderId : removedOrders) {
            backend.setCurrentKey(orderId);
            orders.clear();
        }
        for (GroupRemains group : changedGroups.values()) {
            backend.setCurrentKey(
                    "group:" + group.group().kind() + "|" + group.group().id());
            groups.update(group);
        }
        for (String orderId : held.takeChanged()) {
            backend.setCurrentKey(orderId);
            waiting.update(held.of(orderId));
        }
        changedOrders = new HashMap<>();
        removedOrders = new HashSet<>();
        changedGroups = new HashMap<>();
    }
}

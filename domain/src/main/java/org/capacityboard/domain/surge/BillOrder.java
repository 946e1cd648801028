package org.capacityboard.domain.surge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Products in the order in which they are assembled, the last to be assembled first: each stands before all that goes into it. */
public final class BillOrder {
    private final Map<String, SurgeProduct> products = new HashMap<>();
    private final List<SurgeProduct> inputsFirst = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private final Deque<Visit> path = new ArrayDeque<>();

    /** A product whose inputs are being looked at. */
    private record Visit(SurgeProduct product, Iterator<BillItem> inputs) {}

    private BillOrder(Collection<SurgeProduct> all) {
        for (SurgeProduct product : all) {
            products.put(product.productId(), product);
        }
        for (SurgeProduct product : all) {
            walkFrom(product);
        }
    }

    /**
     * Orders them.
     *
     * @throws BillCycleException if a product goes into itself
     */
    static List<SurgeProduct> consumersFirst(Collection<SurgeProduct> products) {
        List<SurgeProduct> order = new BillOrder(products).inputsFirst;
        Collections.reverse(order);
        return order;
    }

    /** A circle among their bills of materials: each product goes into the one before it, and the first into the last; null if there is none. */
    public static @Nullable List<String> circleIn(Collection<SurgeProduct> products) {
        try {
            consumersFirst(products);
            return null;
        } catch (BillCycleException circle) {
            return circle.productIds();
        }
    }

    private void walkFrom(SurgeProduct start) {
        enter(start);
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (visit.inputs().hasNext()) {
                SurgeProduct input = products.get(visit.inputs().next().inputId());
                if (input != null) {
                    enter(input);
                }
            } else {
                path.pop();
                open.remove(visit.product().productId());
                done.add(visit.product().productId());
                inputsFirst.add(visit.product());
            }
        }
    }

    private void enter(SurgeProduct product) {
        String id = product.productId();
        if (done.contains(id)) {
            return;
        }
        if (!open.add(id)) {
            List<String> circle = new ArrayList<>();
            path.descendingIterator()
                    .forEachRemaining(visit -> circle.add(visit.product().productId()));
            throw new BillCycleException(circle.subList(circle.indexOf(id), circle.size()));
        }
        path.push(new Visit(product, product.bill().iterator()));
    }
}

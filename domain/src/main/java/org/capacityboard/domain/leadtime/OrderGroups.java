package org.capacityboard.domain.leadtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** All groups, and which of them an order is in. */
final class OrderGroups {
    private final Map<Group, OrderGroup> groups = new TreeMap<>();
    private final Map<Traits, OrderGroup[]> byTraits = new HashMap<>();
    private final OrderReference reference;

    OrderGroups(OrderReference reference) {
        this.reference = reference;
    }

    Collection<OrderGroup> all() {
        return groups.values();
    }

    OrderGroup get(Group group) {
        return groups.computeIfAbsent(group, OrderGroup::new);
    }

    /** The groups of an order, by kind. The same array for orders with the same ones. */
    OrderGroup[] of(String productId, String plantId, String buyerNation, long confirmedAtMs) {
        Traits traits = new Traits(
                productId,
                reference.capabilityArea(productId, confirmedAtMs),
                plantId,
                reference.nation(plantId, confirmedAtMs),
                buyerNation);
        OrderGroup[] known = byTraits.get(traits);
        if (known == null) {
            known = new OrderGroup[] {
                get(new Group(GroupKind.PRODUCT, productId)),
                get(new Group(GroupKind.CAPABILITY_AREA, traits.capabilityArea)),
                get(new Group(GroupKind.PLANT, plantId)),
                get(new Group(GroupKind.NATION, traits.nation)),
                get(new Group(GroupKind.BUYER_NATION, buyerNation)),
                get(Group.ALLIANCE)
            };
            byTraits.put(traits, known);
        }
        return known;
    }

    OrderGroup[] of(OrderStanding order) {
        return of(order.productId(), order.plantId(), order.buyerNation(), order.confirmedAtMs());
    }

    OrderGroup[] of(OrderRecord order) {
        return of(order.productId(), order.plantId(), order.buyerNation(), order.confirmedAtMs());
    }

    private record Traits(String productId, String capabilityArea, String plantId, String nation, String buyerNation) {}
}

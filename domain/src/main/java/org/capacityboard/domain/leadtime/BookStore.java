package org.capacityboard.domain.leadtime;

/** Where an order book writes through what it must find again after a restart. */
public interface BookStore {
    void put(OrderHistory order);

    void removeOrder(String orderId);

    void put(GroupRemains remains);
}

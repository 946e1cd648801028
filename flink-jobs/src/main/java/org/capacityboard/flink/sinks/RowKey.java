package org.capacityboard.flink.sinks;

/**
 * What a row is told apart by, in the order in which all writers lock rows: whose it is (a line, an order, a group of orders), time, and the rest.
 */
record RowKey(String owner, long time, String first, String second) implements Comparable<RowKey> {
    /** Of what has one row only. */
    static RowKey of(String owner) {
        return new RowKey(owner, 0, "", "");
    }

    @Override
    public int compareTo(RowKey other) {
        int order = owner.compareTo(other.owner);
        if (order == 0) {
            order = Long.compare(time, other.time);
        }
        if (order == 0) {
            order = first.compareTo(other.first);
        }
        return order == 0 ? second.compareTo(other.second) : order;
    }
}

package org.capacityboard.flink.sinks;

/** What a row of a line is told apart by, in the order in which all writers lock rows: line, time, and the rest. */
record RowKey(String lineId, long time, String first, String second) implements Comparable<RowKey> {
    @Override
    public int compareTo(RowKey other) {
        int order = lineId.compareTo(other.lineId);
        if (order == 0) {
            order = Long.compare(time, other.time);
        }
        if (order == 0) {
            order = first.compareTo(other.first);
        }
        return order == 0 ? second.compareTo(other.second) : order;
    }
}

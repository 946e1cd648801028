package org.capacityboard.domain.throughput;

/** Where a timeline writes the rows of its windows. A window is always written whole; {@code facts} has {@link Fact#COUNT} entries and is the receiver's to keep. */
public interface RowSink {
    void minute(String productId, long windowStartMs, long[] facts, boolean isFinal);

    void hour(String productId, long windowStartMs, long[] facts, boolean isFinal);

    /** @param productionDay the production day as an epoch day */
    void day(String productId, long productionDay, long[] facts, boolean isFinal);

    /** @param reasonCode empty if none was given */
    void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal);

    void current(CurrentState state);
}

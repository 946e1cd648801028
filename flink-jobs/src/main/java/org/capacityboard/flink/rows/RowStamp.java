package org.capacityboard.flink.rows;

/**
 * What decides which of two writings of one row is the newer: generation, then version, then watermark.
 *
 * @param generation raised by a restatement only
 * @param version how many distinct records the row's line has ever accepted
 * @param watermarkMs event time up to which the row covers, ms since 1970 UTC
 */
public record RowStamp(int generation, long version, long watermarkMs) implements Comparable<RowStamp> {
    @Override
    public int compareTo(RowStamp other) {
        int byGeneration = Integer.compare(generation, other.generation);
        if (byGeneration != 0) {
            return byGeneration;
        }
        int byVersion = Long.compare(version, other.version);
        return byVersion != 0 ? byVersion : Long.compare(watermarkMs, other.watermarkMs);
    }
}

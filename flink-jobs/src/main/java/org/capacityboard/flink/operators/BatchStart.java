package org.capacityboard.flink.operators;

import org.capacityboard.flink.ingest.Origin;

/**
 * What the numbers beside the reports of a batch are counted from: those of the first one. The differences are short.
 *
 * @param offset its offset
 * @param receivedAtMs when it was received, ms
 * @param watermarkMs watermark at which it was read, ms
 */
record BatchStart(long offset, long receivedAtMs, long watermarkMs) {
    /** Of a batch that begins with something else. */
    static final BatchStart ZERO = new BatchStart(0, 0, 0);

    static BatchStart of(Origin origin, long watermarkMs) {
        return new BatchStart(origin.offset(), origin.receivedAtMs(), watermarkMs);
    }

    void write(PackedOutput out) {
        out.number(offset);
        out.number(receivedAtMs);
        out.number(watermarkMs);
    }

    static BatchStart read(PackedInput in) {
        return new BatchStart(in.number(), in.number(), in.number());
    }
}

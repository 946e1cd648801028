package org.capacityboard.flink.operators;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where things are in a batch: first a watermark, then the inputs one after the other. An input is its head, its body, and for a report where that comes from.
 * Numbers beside the bodies have a fixed width: packing and unpacking them took longer than carrying a few bytes more.
 */
final class BatchLayout {
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Newest watermark that left before the reports, ms: a long. */
    static final int WATERMARK = 0;
    /** The first input. */
    static final int FIRST = Long.BYTES;

    // From the beginning of an input.
    /** Its bytes, all of them: an int. */
    static final int LENGTH = 0;
    /** Where in the body the line's id begins: a short. */
    static final int ID_FROM = LENGTH + Integer.BYTES;
    /** How long the id is: a short. */
    static final int ID_LENGTH = ID_FROM + Short.BYTES;
    /** {@link #REPORT} or {@link #OTHER}: a byte. */
    static final int KIND = ID_LENGTH + Short.BYTES;

    static final int BODY = KIND + 1;

    // From the end of a report.
    /** Partition that it was read from: an int. */
    static final int PARTITION = -Integer.BYTES;
    /** Offset there: a long. */
    static final int OFFSET = PARTITION - Long.BYTES;
    /** When it was received, ms: a long. */
    static final int RECEIVED_AT = OFFSET - Long.BYTES;
    /** How much stands behind the body of a report. */
    static final int ORIGIN_BYTES = -RECEIVED_AT;

    /** A report; its body is as the plant sent it. */
    static final byte REPORT = 0;
    /** Another input; its body is the line's id, and then the input. */
    static final byte OTHER = 1;

    private BatchLayout() {}
}

package org.capacityboard.flink.operators;

/**
 * Inputs of lines that one copy of the timeline operator keeps, on their way there in one piece.
 *
 * @param target which copy, from 0
 * @param bytes the inputs one after the other, as {@link LineInputWireCodec} writes them
 */
record LineBatch(int target, byte[] bytes) {}

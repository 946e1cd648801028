package org.capacityboard.flink.operators;

/**
 * Inputs of lines that one copy of the timeline operator keeps, on their way there in one piece.
 *
 * @param target which copy, from 0
 * @param lineId one of their lines; its key is at home where all of theirs are
 * @param bytes the inputs one after the other, as {@link BatchWriter} writes them
 */
record LineBatch(int target, String lineId, byte[] bytes) {}

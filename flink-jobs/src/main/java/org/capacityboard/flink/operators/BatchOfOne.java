package org.capacityboard.flink.operators;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Puts an input into a batch of its own: versions of lines and plans are few, and travel as the reports do. */
final class BatchOfOne extends RichMapFunction<LineInput, LineBatch> {
    private static final long serialVersionUID = 1L;
    private static final int ROOM_BYTES = 256;

    private final LineInputWireCodec codec = new LineInputWireCodec();

    @Override
    public LineBatch map(LineInput input) throws Exception {
        DataOutputSerializer bytes = new DataOutputSerializer(ROOM_BYTES);
        codec.write(input, bytes);
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int target = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                input.lineId(), task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
        return new LineBatch(target, bytes.getCopyOfBuffer());
    }
}

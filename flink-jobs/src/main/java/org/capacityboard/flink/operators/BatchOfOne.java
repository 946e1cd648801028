package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Puts an input into a batch of its own: versions of lines and plans are few, and travel as the reports do. */
final class BatchOfOne extends RichMapFunction<LineInput, LineBatch> {
    private static final long serialVersionUID = 1L;
    private static final int ROOM_BYTES = 256;

    @Override
    public LineBatch map(LineInput input) throws IOException {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return of(
                input,
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        input.lineId(), task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks()));
    }

    /** The batch for a copy of the timeline operator. */
    static LineBatch of(LineInput input, int target) throws IOException {
        BatchWriter writer = new BatchWriter(ROOM_BYTES, target);
        writer.add(input);
        return writer.take(input.lineId());
    }
}

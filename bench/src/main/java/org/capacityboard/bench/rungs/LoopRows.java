package org.capacityboard.bench.rungs;

import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.RowSink;

/** Where the hand loop's rows go. It writes closed windows only, so there is no current state. */
interface LoopRows extends RowSink {
    /** The line that the next rows are of, and what they cover. */
    void line(String lineId, long version, long watermarkMs);

    /** All rows of a minute are there. */
    void flush() throws Exception;

    /** Whether everything flushed is where readers see it. */
    boolean isOut();

    void close() throws Exception;

    @Override
    default void current(CurrentState state) {}
}

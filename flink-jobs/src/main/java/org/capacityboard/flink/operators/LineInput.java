package org.capacityboard.flink.operators;

import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.flink.ingest.Origin;

/** What the timeline of one line takes in. Every input carries the newest watermark that left its reader before it ({@code Long.MIN_VALUE}: none yet). */
public sealed interface LineInput {
    String lineId();

    long readAtWatermarkMs();

    /** A report of the line. */
    record Report(LineReport report, Origin origin, long readAtWatermarkMs) implements LineInput {
        @Override
        public String lineId() {
            return report.lineId();
        }
    }

    /** A version of the line, of its plant, or of one of its shift plans. */
    record Version(String lineId, StampedReference stamped) implements LineInput {
        @Override
        public long readAtWatermarkMs() {
            return stamped.readAtWatermarkMs();
        }
    }
}

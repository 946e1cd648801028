package org.capacityboard.bench.peers;

import org.capacityboard.domain.throughput.LineReport;

/** The lines of one task of Kafka Streams, wherever it keeps them. */
interface TaskLines {
    /** Takes a report; a line that is new is known by its reference data. */
    void report(LineReport report);

    /** Sends the windows of all lines that have closed up to a watermark. */
    void close(long watermarkMs, ForwardedRows rows);
}

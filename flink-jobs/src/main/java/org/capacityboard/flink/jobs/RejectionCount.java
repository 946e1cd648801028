package org.capacityboard.flink.jobs;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;

/** Lets every refusal through and counts it by topic and reason. */
final class RejectionCount extends RichFilterFunction<Rejection> {
    private static final long serialVersionUID = 1L;

    private final Map<Kind, Counter> counters = new HashMap<>();

    /** What is counted apart. */
    private record Kind(String topic, RejectReason reason) {}

    @Override
    public boolean filter(Rejection rejection) {
        counters.computeIfAbsent(new Kind(rejection.origin().topic(), rejection.code()), this::counter)
                .inc();
        return true;
    }

    private Counter counter(Kind kind) {
        return getRuntimeContext()
                .getMetricGroup()
                .addGroup(MeterTag.TOPIC.key(), kind.topic())
                .addGroup(MeterTag.REASON.key(), kind.reason().name())
                .counter(Meters.INGEST_REJECTED.meterName());
    }
}

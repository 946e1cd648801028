package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.types.SlimType;

/** From reference topics as read to the versions that are accepted: consistent with one another, and naming only what exists. */
public final class ReferenceWorkflow {
    private ReferenceWorkflow() {}

    /** What comes out: accepted versions, and refusals. */
    public record Output(DataStream<StampedReference> accepted, DataStream<Rejection> rejections) {}

    /** Wires the operators. {@code references} holds every reference topic that is wanted, in one stream. */
    public static Output define(DataStream<Ingested> references, TimelineTiming timing) {
        SingleOutputStreamOperator<StampedReference> stamped = references
                .process(new StampReference(), SlimType.of(StampedReferenceCodec.INSTANCE))
                .uid("reference-stamp")
                .name("reference-stamp");
        SingleOutputStreamOperator<StampedReference> accepted = stamped.keyBy(anything -> "reference")
                .process(new ReferenceOperator(timing), SlimType.of(StampedReferenceCodec.INSTANCE))
                .uid("reference-check")
                .name("reference-check")
                .setParallelism(1);
        return new Output(
                accepted,
                accepted.getSideOutput(LineTimelineOperator.REJECTED)
                        .union(stamped.getSideOutput(LineTimelineOperator.REJECTED)));
    }

    /** The accepted versions alone, on their way to their tables. */
    public static DataStream<Ingested.Reference> versions(DataStream<StampedReference> accepted) {
        return accepted.map(StampedReference::reference, SlimType.of(ReferenceCodec.INSTANCE))
                .uid("reference-versions")
                .name("reference-versions");
    }
}

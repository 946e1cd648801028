package org.capacityboard.flink.operators;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReferenceReader;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.schemas.Topic;

/** From reports, shift plans and reference data to the rows of every line. Streams in, streams out: where they come from and go to is the job's matter. */
public final class ThroughputWorkflow {
    private ThroughputWorkflow() {}

    /**
     * What comes out.
     *
     * @param rows facts, losses and current states
     * @param plans shift plans that were accepted
     * @param rejections refused reports and plans
     */
    public record Output(
            DataStream<ThroughputRow> rows, DataStream<Ingested.Reference> plans, DataStream<Rejection> rejections) {}

    /**
     * Wires the operators.
     *
     * @param telemetry topic line-telemetry as read, in its partitions' order
     * @param plans topic shift-plans as read
     * @param accepted versions of plants and lines that {@link ReferenceWorkflow} accepted
     */
    public static Output define(
            DataStream<Ingested> telemetry,
            DataStream<Ingested> plans,
            DataStream<StampedReference> accepted,
            TimelineTiming timing) {
        SingleOutputStreamOperator<LineBatch> reports = telemetry
                .transform(
                        "telemetry-batches", SlimType.of(LineBatchCodec.INSTANCE), new BatchOperator(timing.bounded()))
                .uid("telemetry-batches");
        SingleOutputStreamOperator<StampedReference> stampedPlans = plans.process(
                        new StampReference(), SlimType.of(StampedReferenceCodec.INSTANCE))
                .uid("plan-stamp")
                .name("plan-stamp");
        DataStream<LineInput> lineVersions = accepted.filter(
                        stamped -> isTopic(stamped, Topic.PLANTS) || isTopic(stamped, Topic.LINES))
                .uid("plants-and-lines")
                .name("plants-and-lines")
                .keyBy(ThroughputWorkflow::plantId)
                .process(new PlantLinesOperator(), SlimType.of(LineInputCodec.INSTANCE))
                .uid("plant-lines")
                .name("plant-lines");
        DataStream<LineInput> planVersions = stampedPlans
                .map(
                        stamped -> new LineInput.Version(
                                ReferenceReader.shiftPlan(stamped.reference()).lineId(), stamped),
                        SlimType.of(LineInputCodec.INSTANCE))
                .uid("plan-line")
                .name("plan-line");
        DataStream<LineBatch> versions = lineVersions
                .union(planVersions)
                .map(new BatchOfOne(), SlimType.of(LineBatchCodec.INSTANCE))
                .uid("version-batches")
                .name("version-batches");
        SingleOutputStreamOperator<ThroughputRow> rows = reports.union(versions)
                .partitionCustom((target, targets) -> target, LineBatch::target)
                .transform("line-timeline", SlimType.of(ThroughputRowCodec.INSTANCE), new LineTimelineOperator(timing))
                .uid("line-timeline");
        keyByLine(rows);
        return new Output(
                rows,
                rows.getSideOutput(LineTimelineOperator.ACCEPTED_PLANS),
                rows.getSideOutput(LineTimelineOperator.REJECTED)
                        .union(
                                reports.getSideOutput(LineTimelineOperator.REJECTED),
                                stampedPlans.getSideOutput(LineTimelineOperator.REJECTED)));
    }

    /**
     * Gives the timelines keyed state without Flink's shuffle by key: a batch comes to where the keys of its lines are at home. A key that were not would fail
     * the job.
     */
    @SuppressWarnings("unchecked")
    private static void keyByLine(DataStream<ThroughputRow> rows) {
        OneInputTransformation<LineBatch, ThroughputRow> timelines =
                (OneInputTransformation<LineBatch, ThroughputRow>) rows.getTransformation();
        timelines.setStateKeySelector(LineBatch::lineId);
        timelines.setStateKeyType(Types.STRING);
    }

    private static String plantId(StampedReference stamped) {
        Ingested.Reference reference = stamped.reference();
        return isTopic(stamped, Topic.PLANTS)
                ? reference.id()
                : ReferenceReader.line(reference).plantId();
    }

    private static boolean isTopic(StampedReference stamped, Topic topic) {
        return stamped.reference().origin().topic().equals(topic.baseName());
    }
}

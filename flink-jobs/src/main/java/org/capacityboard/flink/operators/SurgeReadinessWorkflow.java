package org.capacityboard.flink.operators;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.types.SlimType;

/** From what lines made, stocks, people and reference data to surge readiness. Streams in, streams out: where they come from and go to is the job's matter. */
public final class SurgeReadinessWorkflow {
    private SurgeReadinessWorkflow() {}

    /**
     * What comes out.
     *
     * @param rows readiness with its ladder, limits of lines, cover of materials, criticality of suppliers, the snapshot behind them; all out of one task, in
     *     order
     * @param losses what losses would do; all out of one task, in order
     * @param rejections refused counts and reports of people
     */
    public record Output(DataStream<SurgeRow> rows, DataStream<SurgeRow> losses, DataStream<Rejection> rejections) {}

    /**
     * Wires the operators.
     *
     * @param facts what lines made, by {@link #facts} or {@link #rows}
     * @param stocks topic material-stocks as read
     * @param workforce topic workforce as read
     * @param accepted versions that {@link ReferenceWorkflow} accepted of plants, lines, products, materials, suppliers and requirements; others are left out
     */
    public static Output define(
            DataStream<SurgeInput> facts,
            DataStream<Ingested> stocks,
            DataStream<Ingested> workforce,
            DataStream<StampedReference> accepted,
            SurgeTiming timing) {
        SingleOutputStreamOperator<SurgeInput> counts = inputs(stocks, "material-stock-inputs");
        SingleOutputStreamOperator<SurgeInput> crews = inputs(workforce, "workforce-inputs");
        SingleOutputStreamOperator<SurgeInput> references = accepted.flatMap(
                        new SurgeReference(), SlimType.of(SurgeInputCodec.INSTANCE))
                .uid("surge-references")
                .name("surge-references");
        SingleOutputStreamOperator<SurgeRow> rows = facts.union(counts, crews, references)
                .keyBy(SurgeInput::key, Types.STRING)
                .transform("surge-snapshot", SlimType.of(SurgeRowCodec.INSTANCE), new SurgeSnapshotOperator(timing))
                .uid("surge-snapshot")
                .setParallelism(1);
        // A chain of its own: trying all losses takes seconds, which readiness must not wait for.
        DataStream<SurgeRow> losses = rows.filter(SurgeReadinessWorkflow::isSnapshot)
                .uid("surge-snapshots")
                .name("surge-snapshots")
                .setParallelism(1)
                .transform(
                        "surge-losses",
                        SlimType.of(SurgeRowCodec.INSTANCE),
                        new SurgeLossOperator(timing.bounded(), System::nanoTime, SurgeLossOperator::ownThread))
                .uid("surge-losses")
                .setParallelism(1)
                .startNewChain();
        return new Output(
                rows,
                losses,
                rows.getSideOutput(LineTimelineOperator.REJECTED)
                        .union(
                                counts.getSideOutput(LineTimelineOperator.REJECTED),
                                crews.getSideOutput(LineTimelineOperator.REJECTED)));
    }

    /** What lines made, from topic line-facts as read. What cannot be read of the board's own topic is left out. */
    public static DataStream<SurgeInput> facts(DataStream<Ingested> lineFacts) {
        return lineFacts
                .process(new StampSurge(), SlimType.of(SurgeInputCodec.INSTANCE))
                .uid("line-facts-inputs")
                .name("line-facts-inputs");
    }

    /** What lines made, from the rows of a throughput workflow in the same graph. */
    public static DataStream<SurgeInput> rows(DataStream<ThroughputRow> rows) {
        return rows.flatMap(new SurgeFacts(), SlimType.of(SurgeInputCodec.INSTANCE))
                .uid("surge-facts")
                .name("surge-facts");
    }

    private static boolean isSnapshot(SurgeRow row) {
        return row instanceof SurgeRow.Snapshot;
    }

    private static SingleOutputStreamOperator<SurgeInput> inputs(DataStream<Ingested> read, String uid) {
        return read.process(new StampSurge(), SlimType.of(SurgeInputCodec.INSTANCE))
                .uid(uid)
                .name(uid);
    }
}

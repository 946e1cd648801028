package org.capacityboard.flink.operators;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.types.SlimType;

/** From orders and deliveries to lead times. Streams in, streams out: where they come from and go to is the job's matter. */
public final class LeadTimeWorkflow {
    private LeadTimeWorkflow() {}

    /**
     * What comes out.
     *
     * @param rows percentiles, curves, backlog, on-time weeks and the state of every order; all out of one task, in order
     * @param rejections refused order events and deliveries
     */
    public record Output(DataStream<LeadTimeRow> rows, DataStream<Rejection> rejections) {}

    /**
     * Wires the operators.
     *
     * @param orders topic orders as read
     * @param deliveries topic deliveries as read
     * @param accepted versions of plants and products that {@link ReferenceWorkflow} accepted; others among them are left out
     */
    public static Output define(
            DataStream<Ingested> orders,
            DataStream<Ingested> deliveries,
            DataStream<StampedReference> accepted,
            LeadTimeTiming timing) {
        SingleOutputStreamOperator<BookInput> orderInputs = inputs(orders, "order-inputs");
        SingleOutputStreamOperator<BookInput> deliveryInputs = inputs(deliveries, "delivery-inputs");
        SingleOutputStreamOperator<BookInput> references = accepted.flatMap(
                        new BookReference(), SlimType.of(new BookInputCodec()))
                .uid("plants-and-products")
                .name("plants-and-products");
        SingleOutputStreamOperator<LeadTimeRow> rows = orderInputs
                .union(deliveryInputs, references)
                .keyBy(BookInput::key, Types.STRING)
                .transform("lead-time-book", SlimType.of(LeadTimeRowCodec.INSTANCE), new LeadTimeBookOperator(timing))
                .uid("lead-time-book")
                .setParallelism(1);
        return new Output(
                rows,
                rows.getSideOutput(LineTimelineOperator.REJECTED)
                        .union(
                                orderInputs.getSideOutput(LineTimelineOperator.REJECTED),
                                deliveryInputs.getSideOutput(LineTimelineOperator.REJECTED)));
    }

    private static SingleOutputStreamOperator<BookInput> inputs(DataStream<Ingested> read, String uid) {
        return read.process(new StampOrder(), SlimType.of(new BookInputCodec()))
                .uid(uid)
                .name(uid);
    }
}

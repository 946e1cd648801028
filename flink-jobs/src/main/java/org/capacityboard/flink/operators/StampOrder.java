package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.OrderReader;
import org.capacityboard.schemas.Topic;

/** Splits what was read of orders and deliveries into inputs of the order book, each with the watermark at which it was read, and refusals. */
final class StampOrder extends ProcessFunction<Ingested, BookInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Ingested read, Context context, Collector<BookInput> out) {
        if (read instanceof Ingested.Other event) {
            long watermarkMs = context.timerService().currentWatermark();
            if (event.origin().topic().equals(Topic.ORDERS.baseName())) {
                out.collect(new BookInput.Order(OrderReader.order(event), event.origin(), watermarkMs));
            } else {
                out.collect(new BookInput.Delivery(OrderReader.delivery(event), event.origin(), watermarkMs));
            }
        } else if (read instanceof Ingested.Refused refused) {
            context.output(LineTimelineOperator.REJECTED, refused.rejection());
        }
    }
}

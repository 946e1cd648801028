package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;

/** Splits what was read of reference topics and shift plans into versions, each with the watermark at which it was read, and refusals. */
final class StampReference extends ProcessFunction<Ingested, StampedReference> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Ingested read, Context context, Collector<StampedReference> out) {
        if (read instanceof Ingested.Reference reference) {
            out.collect(new StampedReference(reference, context.timerService().currentWatermark()));
        } else if (read instanceof Ingested.Refused refused) {
            context.output(LineTimelineOperator.REJECTED, refused.rejection());
        }
    }
}

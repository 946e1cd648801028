package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;

/** Splits what was read into reports, each with the watermark at which it was read, and refusals. Stands in one chain with the source, so no record overtakes a watermark. */
final class StampTelemetry extends ProcessFunction<Ingested, LineInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Ingested read, Context context, Collector<LineInput> out) {
        if (read instanceof Ingested.Telemetry telemetry) {
            out.collect(new LineInput.Report(
                    telemetry.report(),
                    telemetry.origin(),
                    context.timerService().currentWatermark()));
        } else if (read instanceof Ingested.Refused refused) {
            context.output(LineTimelineOperator.REJECTED, refused.rejection());
        }
    }
}

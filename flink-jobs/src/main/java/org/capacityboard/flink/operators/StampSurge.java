package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.SurgeReader;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.schemas.Topic;

/** Splits what was read of counts, reports of people and facts into inputs of surge readiness, each with the watermark at which it was read, and refusals. */
final class StampSurge extends ProcessFunction<Ingested, SurgeInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Ingested read, Context context, Collector<SurgeInput> out) {
        if (read instanceof Ingested.Other event) {
            long watermarkMs = context.timerService().currentWatermark();
            if (event.origin().topic().equals(Topic.LINE_FACTS.baseName())) {
                ThroughputRow.Facts facts = SurgeReader.facts(event);
                if (facts != null) {
                    SurgeFacts.take(facts, watermarkMs, out);
                }
            } else {
                out.collect(new SurgeInput.Report(event, watermarkMs));
            }
        } else if (read instanceof Ingested.Refused refused) {
            context.output(LineTimelineOperator.REJECTED, refused.rejection());
        }
    }
}

package org.capacityboard.flink.operators;

import java.util.Set;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.schemas.Topic;

/** Takes from accepted reference data what surge readiness looks at. */
final class SurgeReference implements FlatMapFunction<StampedReference, SurgeInput> {
    private static final long serialVersionUID = 1L;
    private static final Set<String> TOPICS = Set.of(
            Topic.PLANTS.baseName(),
            Topic.LINES.baseName(),
            Topic.PRODUCTS.baseName(),
            Topic.MATERIALS.baseName(),
            Topic.SUPPLIERS.baseName(),
            Topic.SURGE_REQUIREMENTS.baseName());

    @Override
    public void flatMap(StampedReference stamped, Collector<SurgeInput> out) {
        if (TOPICS.contains(stamped.reference().origin().topic())) {
            out.collect(new SurgeInput.Version(stamped.reference(), stamped.readAtWatermarkMs()));
        }
    }
}

package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.schemas.Topic;

/**
 * Tells every line what its plant is: keyed by plant, it takes versions of plants and of lines and gives each line its own versions and all versions of
 * its plant, the plant's first. State: every version of the plant, and the ids of the lines that ever stood in it; both are small and kept for ever.
 */
final class PlantLinesOperator extends KeyedProcessFunction<String, StampedReference, LineInput> {
    private static final long serialVersionUID = 1L;

    private transient MapState<String, StampedReference> plantVersions;
    private transient MapState<String, Boolean> lineIds;

    @Override
    public void open(OpenContext context) {
        plantVersions = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "plant-versions", Types.STRING, SlimType.of(StampedReferenceCodec.INSTANCE)));
        lineIds = getRuntimeContext().getMapState(new MapStateDescriptor<>("line-ids", Types.STRING, Types.BOOLEAN));
    }

    @Override
    public void processElement(StampedReference stamped, Context context, Collector<LineInput> out) throws Exception {
        Ingested.Reference reference = stamped.reference();
        if (reference.origin().topic().equals(Topic.PLANTS.baseName())) {
            plantVersions.put(reference.validFromMs() + "|" + reference.revision(), stamped);
            for (String lineId : lineIds.keys()) {
                out.collect(new LineInput.Version(lineId, stamped));
            }
            return;
        }
        String lineId = reference.id();
        if (!lineIds.contains(lineId)) {
            lineIds.put(lineId, true);
            for (StampedReference plant : inOrder(plantVersions)) {
                out.collect(new LineInput.Version(lineId, plant));
            }
        }
        out.collect(new LineInput.Version(lineId, stamped));
    }

    /** State has no order of its own; the same order after every restart keeps a line's version count the same. */
    private static List<StampedReference> inOrder(MapState<String, StampedReference> versions) throws Exception {
        List<Map.Entry<String, StampedReference>> sorted = new ArrayList<>();
        versions.entries().forEach(sorted::add);
        sorted.sort(Map.Entry.comparingByKey());
        return sorted.stream().map(Map.Entry::getValue).toList();
    }
}

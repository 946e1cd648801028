package org.capacityboard.flink.operators;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.OrderReader;
import org.capacityboard.schemas.Topic;

/** Takes from accepted reference data what the order book knows of: plants and products. */
final class BookReference implements FlatMapFunction<StampedReference, BookInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(StampedReference stamped, Collector<BookInput> out) {
        Ingested.Reference reference = stamped.reference();
        String topic = reference.origin().topic();
        if (topic.equals(Topic.PLANTS.baseName())) {
            out.collect(new BookInput.Plant(OrderReader.plant(reference), stamped.readAtWatermarkMs()));
        } else if (topic.equals(Topic.PRODUCTS.baseName())) {
            out.collect(new BookInput.Product(OrderReader.product(reference), stamped.readAtWatermarkMs()));
        }
    }
}

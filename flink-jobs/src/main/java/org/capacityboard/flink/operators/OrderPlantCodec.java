package org.capacityboard.flink.operators;

import java.io.IOException;
import java.time.ZoneId;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of an {@link OrderPlant} on its way to the order book, and in its state. */
enum OrderPlantCodec implements SlimCodec<OrderPlant> {
    INSTANCE;

    @Override
    public Class<OrderPlant> valueClass() {
        return OrderPlant.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(OrderPlant value, DataOutputView out) throws IOException {
        PlantVersion plant = value.version();
        Wire.text(plant.plantId(), out);
        out.writeLong(plant.validFromMs());
        out.writeLong(plant.revision());
        Wire.text(plant.zone().getId(), out);
        out.writeInt(plant.dayStartsAtMinute());
        Wire.text(value.nation(), out);
    }

    @Override
    public OrderPlant read(DataInputView in, int version) throws IOException {
        return new OrderPlant(
                new PlantVersion(Wire.text(in), in.readLong(), in.readLong(), ZoneId.of(Wire.text(in)), in.readInt()),
                Wire.text(in));
    }
}

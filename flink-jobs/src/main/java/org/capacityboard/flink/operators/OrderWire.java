package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.DeliveryStage;
import org.capacityboard.domain.leadtime.OrderChange;
import org.capacityboard.domain.leadtime.OrderRecord;

/** Records of an order as bytes, without the order's id. */
final class OrderWire {
    private static final OrderChange[] CHANGES = OrderChange.values();
    private static final DeliveryStage[] STAGES = DeliveryStage.values();

    private OrderWire() {}

    static void order(OrderRecord record, DataOutputView out) throws IOException {
        out.writeByte(record.change().ordinal());
        out.writeLong(record.eventTimeMs());
        out.writeLong(record.revision());
        Wire.text(record.productId(), out);
        Wire.text(record.plantId(), out);
        Wire.text(record.buyerNation(), out);
        out.writeLong(record.quantity());
        out.writeLong(record.confirmedAtMs());
        out.writeLong(record.promisedAtMs());
        out.writeInt(record.priority());
        Wire.text(record.frameworkId(), out);
        Wire.bytes(record.bytes(), out);
    }

    static OrderRecord order(String orderId, DataInputView in, SharedTexts texts) throws IOException {
        return new OrderRecord(
                orderId,
                CHANGES[in.readByte()],
                in.readLong(),
                in.readLong(),
                texts.share(Wire.text(in)),
                texts.share(Wire.text(in)),
                texts.share(Wire.text(in)),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                texts.shareMaybe(Wire.maybeText(in)),
                Wire.bytes(in));
    }

    static void delivery(DeliveryRecord record, DataOutputView out) throws IOException {
        Wire.text(record.deliveryId(), out);
        out.writeByte(record.stage().ordinal());
        out.writeLong(record.eventTimeMs());
        out.writeLong(record.quantity());
        Wire.bytes(record.bytes(), out);
    }

    static DeliveryRecord delivery(String orderId, DataInputView in) throws IOException {
        return new DeliveryRecord(
                Wire.text(in), orderId, STAGES[in.readByte()], in.readLong(), in.readLong(), Wire.bytes(in));
    }
}

package org.capacityboard.flink.operators;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.OrderHistory;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.flink.types.SlimCodec;
import org.jspecify.annotations.Nullable;

/** Bytes of an {@link OrderHistory} in state. Public, because Flink makes one by itself where it restores state. */
public final class OrderHistoryCodec implements SlimCodec<OrderHistory> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable SharedTexts texts;

    /** For Flink. */
    public OrderHistoryCodec() {}

    @Override
    public Class<OrderHistory> valueClass() {
        return OrderHistory.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public SlimCodec<OrderHistory> duplicate() {
        return new OrderHistoryCodec();
    }

    @Override
    public void write(OrderHistory value, DataOutputView out) throws IOException {
        Wire.text(value.orderId(), out);
        out.writeLong(value.version());
        out.writeInt(value.orders().size());
        for (OrderRecord record : value.orders()) {
            OrderWire.order(record, out);
        }
        out.writeInt(value.deliveries().size());
        for (DeliveryRecord record : value.deliveries()) {
            OrderWire.delivery(record, out);
        }
    }

    @Override
    public OrderHistory read(DataInputView in, int version) throws IOException {
        String orderId = Wire.text(in);
        long records = in.readLong();
        int orderCount = in.readInt();
        List<OrderRecord> orders = new ArrayList<>(orderCount);
        for (int i = 0; i < orderCount; i++) {
            orders.add(OrderWire.order(orderId, in, texts()));
        }
        int deliveryCount = in.readInt();
        List<DeliveryRecord> deliveries = new ArrayList<>(deliveryCount);
        for (int i = 0; i < deliveryCount; i++) {
            deliveries.add(OrderWire.delivery(orderId, in));
        }
        return OrderHistory.of(orderId, orders, deliveries, records);
    }

    private SharedTexts texts() {
        if (texts == null) {
            texts = new SharedTexts();
        }
        return texts;
    }
}

package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of an {@link OrderProduct} on its way to the order book, and in its state. */
enum OrderProductCodec implements SlimCodec<OrderProduct> {
    INSTANCE;

    @Override
    public Class<OrderProduct> valueClass() {
        return OrderProduct.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(OrderProduct value, DataOutputView out) throws IOException {
        Wire.text(value.productId(), out);
        out.writeLong(value.validFromMs());
        out.writeLong(value.revision());
        Wire.text(value.capabilityArea(), out);
    }

    @Override
    public OrderProduct read(DataInputView in, int version) throws IOException {
        return new OrderProduct(Wire.text(in), in.readLong(), in.readLong(), Wire.text(in));
    }
}

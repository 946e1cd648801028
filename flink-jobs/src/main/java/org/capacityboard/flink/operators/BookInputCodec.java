package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link BookInput} on its way to the order book. What the book keeps has codecs of its own. */
final class BookInputCodec implements SlimCodec<BookInput> {
    private static final long serialVersionUID = 1L;

    private static final byte ORDER = 0;
    private static final byte DELIVERY = 1;
    private static final byte PLANT = 2;
    private static final byte PRODUCT = 3;

    private transient @Nullable SharedTexts texts;

    @Override
    public Class<BookInput> valueClass() {
        return BookInput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public SlimCodec<BookInput> duplicate() {
        return new BookInputCodec();
    }

    @Override
    public void write(BookInput value, DataOutputView out) throws IOException {
        if (value instanceof BookInput.OfOrder input) {
            ofOrder(input, out);
        } else if (value instanceof BookInput.Plant plant) {
            out.writeByte(PLANT);
            OrderPlantCodec.INSTANCE.write(plant.version(), out);
            out.writeLong(value.readAtWatermarkMs());
        } else if (value instanceof BookInput.Product product) {
            out.writeByte(PRODUCT);
            OrderProductCodec.INSTANCE.write(product.version(), out);
            out.writeLong(value.readAtWatermarkMs());
        }
    }

    @Override
    public BookInput read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case PLANT -> new BookInput.Plant(OrderPlantCodec.INSTANCE.read(in, 1), in.readLong());
            case PRODUCT -> new BookInput.Product(OrderProductCodec.INSTANCE.read(in, 1), in.readLong());
            default -> ofOrder(kind, in, texts());
        };
    }

    /** Writes an input of an order, its kind first. */
    static void ofOrder(BookInput.OfOrder input, DataOutputView out) throws IOException {
        if (input instanceof BookInput.Order order) {
            out.writeByte(ORDER);
            Wire.text(input.key(), out);
            OrderWire.order(order.record(), out);
        } else if (input instanceof BookInput.Delivery delivery) {
            out.writeByte(DELIVERY);
            Wire.text(input.key(), out);
            OrderWire.delivery(delivery.record(), out);
        }
        Wire.origin(input.origin(), out);
        out.writeLong(input.readAtWatermarkMs());
    }

    /** Reads an input of an order whose kind has been read. */
    static BookInput.OfOrder ofOrder(byte kind, DataInputView in, SharedTexts texts) throws IOException {
        String orderId = Wire.text(in);
        return switch (kind) {
            case ORDER -> new BookInput.Order(OrderWire.order(orderId, in, texts), Wire.origin(in), in.readLong());
            case DELIVERY -> new BookInput.Delivery(OrderWire.delivery(orderId, in), Wire.origin(in), in.readLong());
            default -> throw new IOException("an input of the order book starts with " + kind + ", must be 0 to 3");
        };
    }

    private SharedTexts texts() {
        if (texts == null) {
            texts = new SharedTexts();
        }
        return texts;
    }
}

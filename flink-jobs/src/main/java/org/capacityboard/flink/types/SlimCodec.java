package org.capacityboard.flink.types;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How one immutable value crosses an operator edge or enters state. An implementation is an enum with the single constant {@code INSTANCE} or a
 * class without settings, so that two of a class are interchangeable.
 *
 * @param <T> the value
 */
public interface SlimCodec<T> extends Serializable {
    Class<T> valueClass();

    /** Version of the bytes; it stands in every savepoint and grows when {@link #write} changes. */
    int version();

    void write(T value, DataOutputView out) throws IOException;

    /** Reads what {@link #write} of the given version wrote. */
    T read(DataInputView in, int version) throws IOException;

    /** A value that later changes to {@code value} do not reach; values that cannot change return themselves. */
    default T copy(T value) {
        return value;
    }

    /** A codec for another thread; one that keeps nothing between two values returns itself. */
    default SlimCodec<T> duplicate() {
        return this;
    }
}

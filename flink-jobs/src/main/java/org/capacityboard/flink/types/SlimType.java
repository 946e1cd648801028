package org.capacityboard.flink.types;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Type of a stream or of state whose values a {@link SlimCodec} writes. */
public final class SlimType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final SlimCodec<T> codec;

    private SlimType(SlimCodec<T> codec) {
        this.codec = codec;
    }

    /** The type that a codec writes. */
    public static <T> SlimType<T> of(SlimCodec<T> codec) {
        return new SlimType<>(codec);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return codec.valueClass();
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new SlimSerializer<>(codec, codec.version());
    }

    @Override
    public boolean canEqual(@Nullable Object other) {
        return other instanceof SlimType<?>;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlimType<?> that && that.codec.getClass() == codec.getClass();
    }

    @Override
    public int hashCode() {
        return codec.getClass().hashCode();
    }

    @Override
    public String toString() {
        return "SlimType<" + codec.valueClass().getSimpleName() + ">";
    }
}

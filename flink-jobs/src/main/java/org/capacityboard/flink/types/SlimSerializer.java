package org.capacityboard.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/** Flink's view of a {@link SlimCodec}. Savepoints keep the codec's class and version, so a codec can still read what an older version of it wrote. */
final class SlimSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final SlimCodec<T> codec;
    private final int version;

    SlimSerializer(SlimCodec<T> codec, int version) {
        this.codec = codec;
        this.version = version;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        SlimCodec<T> other = codec.duplicate();
        return other == codec ? this : new SlimSerializer<>(other, version);
    }

    @Override
    @SuppressWarnings("NullAway") // Flink asks for a blank value to reuse; there is none and nobody here reuses.
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return codec.copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return codec.copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        codec.write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return codec.read(source, version);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return codec.read(source, version);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        codec.write(codec.read(source, version), target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlimSerializer<?> that
                && that.codec.getClass() == codec.getClass()
                && that.version == version;
    }

    @Override
    public int hashCode() {
        return codec.getClass().hashCode() * 31 + version;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(codec, version);
    }

    /** What a savepoint remembers of the serializer: the codec's class and the version of its bytes. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
        private @Nullable SlimCodec<T> codec;
        private int version;

        /** For Flink, which fills it by {@link #readSnapshot}. */
        public Snapshot() {}

        Snapshot(SlimCodec<T> codec, int version) {
            this.codec = codec;
            this.version = version;
        }

        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(known().getClass().getName());
            out.writeInt(version);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader) throws IOException {
            Class<?> type = InstantiationUtil.resolveClassByName(in, loader);
            version = in.readInt();
            codec = type.isEnum()
                    ? (SlimCodec<T>) type.getEnumConstants()[0]
                    : (SlimCodec<T>) InstantiationUtil.instantiate(type);
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new SlimSerializer<>(known(), version);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> older) {
            if (!(older instanceof Snapshot<T> that) || that.known().getClass() != known().getClass()) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            if (that.version == version) {
                return TypeSerializerSchemaCompatibility.compatibleAsIs();
            }
            return that.version < version
                    ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }

        private SlimCodec<T> known() {
            if (codec == null) {
                throw new IllegalStateException("snapshot was not read yet");
            }
            return codec;
        }
    }
}

package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.leadtime.DroppedOrders;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.GroupKind;
import org.capacityboard.domain.leadtime.GroupRemains;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link GroupRemains} in state. */
enum GroupRemainsCodec implements SlimCodec<GroupRemains> {
    INSTANCE;

    private static final GroupKind[] KINDS = GroupKind.values();

    @Override
    public Class<GroupRemains> valueClass() {
        return GroupRemains.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(GroupRemains value, DataOutputView out) throws IOException {
        group(value.group(), out);
        out.writeLong(value.version());
        out.writeLong(value.firstKnownAtMs());
        long[] numbers = value.dropped().numbers();
        out.writeInt(numbers.length);
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    @Override
    public GroupRemains read(DataInputView in, int version) throws IOException {
        Group group = group(in);
        long records = in.readLong();
        long firstKnownAtMs = in.readLong();
        long[] numbers = new long[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readLong();
        }
        return new GroupRemains(group, records, firstKnownAtMs, DroppedOrders.of(numbers));
    }

    static void group(Group group, DataOutputView out) throws IOException {
        out.writeByte(group.kind().ordinal());
        Wire.text(group.id(), out);
    }

    static Group group(DataInputView in) throws IOException {
        return new Group(KINDS[in.readByte()], Wire.text(in));
    }
}

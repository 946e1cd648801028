package org.capacityboard.flink.operators;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.surge.ConstraintKind;
import org.capacityboard.domain.surge.ConstraintRow;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.CriticalityRow;
import org.capacityboard.domain.surge.Evidence;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.LineConstraint;
import org.capacityboard.domain.surge.LossKind;
import org.capacityboard.domain.surge.LossRow;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.ReadinessRow;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.types.SlimCodec;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link SurgeRow}. The sinks are chained to the task that computes, so only a graph that was taken apart writes any. */
enum SurgeRowCodec implements SlimCodec<SurgeRow> {
    INSTANCE;

    private static final Posture[] POSTURES = Posture.values();
    private static final Evidence[] EVIDENCES = Evidence.values();
    private static final ConstraintKind[] KINDS = ConstraintKind.values();
    private static final LineConstraint[] LIMITS = LineConstraint.values();
    private static final LossKind[] LOSSES = LossKind.values();
    private static final byte READINESS = 0;
    private static final byte CONSTRAINT = 1;
    private static final byte COVER = 2;
    private static final byte CRITICALITY = 3;
    private static final byte WHOLE = 4;
    private static final byte LADDER = 5;
    private static final byte SNAPSHOT = 6;
    private static final byte LOSS = 7;
    private static final byte LOSSES_WHOLE = 8;
    private static final int NONE = -1;

    @Override
    public Class<SurgeRow> valueClass() {
        return SurgeRow.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(SurgeRow value, DataOutputView out) throws IOException {
        if (value instanceof SurgeRow.Readiness given) {
            out.writeByte(READINESS);
            readiness(given.row(), out);
        } else if (value instanceof SurgeRow.Constraint given) {
            out.writeByte(CONSTRAINT);
            Wire.text(given.row().lineId(), out);
            out.writeByte(given.row().posture().ordinal());
            out.writeByte(given.row().constraint().ordinal());
            number(given.row().unitsPerMonth(), out);
        } else if (value instanceof SurgeRow.Cover given) {
            out.writeByte(COVER);
            cover(given.row(), out);
            count(given.leadTimeDays(), out);
        } else if (value instanceof SurgeRow.Criticality given) {
            out.writeByte(CRITICALITY);
            Wire.text(given.row().supplierParent(), out);
            Wire.text(given.row().productId(), out);
            out.writeByte(given.row().posture().ordinal());
            out.writeDouble(given.row().readinessWithout());
            out.writeDouble(given.row().criticality());
        } else if (value instanceof SurgeRow.Ladder given) {
            out.writeByte(LADDER);
            ladder(given.row(), out);
        } else if (value instanceof SurgeRow.Snapshot given) {
            out.writeByte(SNAPSHOT);
            Wire.bytes(given.snapshot().getBytes(UTF_8), out);
        } else if (value instanceof SurgeRow.Loss given) {
            out.writeByte(LOSS);
            loss(given.row(), out);
        } else if (value instanceof SurgeRow.LossesWhole given) {
            out.writeByte(LOSSES_WHOLE);
            out.writeInt(given.lossesTried());
            out.writeLong(given.triedUpToMs());
        } else {
            out.writeByte(WHOLE);
        }
        out.writeLong(value.asOf());
        out.writeBoolean(value.isFinal());
        SurgeInputCodec.stamp(value.stamp(), out);
    }

    @Override
    public SurgeRow read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        switch (kind) {
            case READINESS -> {
                ReadinessRow row = readiness(in);
                return new SurgeRow.Readiness(in.readLong(), row, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case CONSTRAINT -> {
                ConstraintRow row =
                        new ConstraintRow(Wire.text(in), POSTURES[in.readByte()], LIMITS[in.readByte()], number(in));
                return new SurgeRow.Constraint(in.readLong(), row, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case COVER -> {
                CoverRow row = cover(in);
                Integer leadTimeDays = count(in);
                return new SurgeRow.Cover(
                        in.readLong(), row, leadTimeDays, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case CRITICALITY -> {
                CriticalityRow row = new CriticalityRow(
                        Wire.text(in), Wire.text(in), POSTURES[in.readByte()], in.readDouble(), in.readDouble());
                return new SurgeRow.Criticality(in.readLong(), row, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case WHOLE -> {
                return new SurgeRow.Whole(in.readLong(), in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case LADDER -> {
                LadderRow row = ladder(in);
                return new SurgeRow.Ladder(in.readLong(), row, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case SNAPSHOT -> {
                String snapshot = new String(Wire.bytes(in), UTF_8);
                return new SurgeRow.Snapshot(in.readLong(), snapshot, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case LOSS -> {
                LossRow row = loss(in);
                return new SurgeRow.Loss(in.readLong(), row, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            case LOSSES_WHOLE -> {
                int tried = in.readInt();
                long triedUpToMs = in.readLong();
                return new SurgeRow.LossesWhole(
                        in.readLong(), tried, triedUpToMs, in.readBoolean(), SurgeInputCodec.stamp(in));
            }
            default -> throw new IOException("a row of surge readiness starts with " + kind + ", must be 0 to 8");
        }
    }

    private static void readiness(ReadinessRow row, DataOutputView out) throws IOException {
        Wire.text(row.productId(), out);
        out.writeByte(row.posture().ordinal());
        out.writeByte(row.evidence().ordinal());
        out.writeDouble(row.requiredPerMonth());
        number(row.achievablePerMonth(), out);
        number(row.readiness(), out);
        number(row.readinessLow(), out);
        number(row.readinessHigh(), out);
        kind(row.bindingConstraint(), out);
        Wire.text(row.bindingId(), out);
        kind(row.nextConstraint(), out);
        Wire.text(row.nextId(), out);
        number(row.nextAchievablePerMonth(), out);
        count(row.timeToSurgeDays(), out);
        count(row.sustainedDays(), out);
        number(row.unitsShort(), out);
        Wire.text(row.lostParent(), out);
        Wire.text(row.why(), out);
    }

    private static ReadinessRow readiness(DataInputView in) throws IOException {
        return new ReadinessRow(
                Wire.text(in),
                POSTURES[in.readByte()],
                EVIDENCES[in.readByte()],
                in.readDouble(),
                number(in),
                number(in),
                number(in),
                number(in),
                kind(in),
                Wire.maybeText(in),
                kind(in),
                Wire.maybeText(in),
                number(in),
                count(in),
                count(in),
                number(in),
                Wire.maybeText(in),
                Wire.text(in));
    }

    private static void ladder(LadderRow row, DataOutputView out) throws IOException {
        Wire.text(row.productId(), out);
        out.writeByte(row.posture().ordinal());
        out.writeByte(row.evidence().ordinal());
        out.writeByte(row.step());
        out.writeByte(row.constraint().ordinal());
        Wire.text(row.nodeId(), out);
        Wire.text(row.nodeName(), out);
        out.writeDouble(row.achievablePerMonth());
        out.writeDouble(row.suppliedPerMonth());
        number(row.drawnPerMonth(), out);
        Wire.text(row.unit(), out);
    }

    private static LadderRow ladder(DataInputView in) throws IOException {
        return new LadderRow(
                Wire.text(in),
                POSTURES[in.readByte()],
                EVIDENCES[in.readByte()],
                in.readByte(),
                KINDS[in.readByte()],
                Wire.text(in),
                Wire.text(in),
                in.readDouble(),
                in.readDouble(),
                number(in),
                Wire.text(in));
    }

    private static void loss(LossRow row, DataOutputView out) throws IOException {
        Wire.text(row.productId(), out);
        out.writeByte(row.posture().ordinal());
        out.writeByte(row.kind().ordinal());
        Wire.text(row.lossId(), out);
        number(row.readiness(), out);
        number(row.readinessAfter(), out);
        number(row.achievablePerMonth(), out);
        number(row.achievableAfter(), out);
        number(row.unitsShortAfter(), out);
        kind(row.bindingConstraintAfter(), out);
        Wire.text(row.bindingIdAfter(), out);
        Wire.text(row.whyAfter(), out);
    }

    private static LossRow loss(DataInputView in) throws IOException {
        return new LossRow(
                Wire.text(in),
                POSTURES[in.readByte()],
                LOSSES[in.readByte()],
                Wire.text(in),
                number(in),
                number(in),
                number(in),
                number(in),
                number(in),
                kind(in),
                Wire.maybeText(in),
                Wire.text(in));
    }

    private static void cover(CoverRow row, DataOutputView out) throws IOException {
        Wire.text(row.plantId(), out);
        Wire.text(row.materialId(), out);
        out.writeByte(row.posture().ordinal());
        number(row.daysOfSupply(), out);
        out.writeDouble(row.onHand());
        number(row.dailyDraw(), out);
        Boolean singleSource = row.singleSource();
        out.writeByte(singleSource == null ? NONE : singleSource ? 1 : 0);
        Wire.text(row.mainParent(), out);
        number(row.mainParentShare(), out);
    }

    private static CoverRow cover(DataInputView in) throws IOException {
        return new CoverRow(
                Wire.text(in),
                Wire.text(in),
                POSTURES[in.readByte()],
                number(in),
                in.readDouble(),
                number(in),
                flag(in.readByte()),
                Wire.maybeText(in),
                number(in));
    }

    private static @Nullable Boolean flag(byte value) {
        return value == NONE ? null : value == 1;
    }

    private static void kind(@Nullable ConstraintKind kind, DataOutputView out) throws IOException {
        out.writeByte(kind == null ? NONE : kind.ordinal());
    }

    private static @Nullable ConstraintKind kind(DataInputView in) throws IOException {
        byte kind = in.readByte();
        return kind == NONE ? null : KINDS[kind];
    }

    private static void number(@Nullable Double value, DataOutputView out) throws IOException {
        out.writeDouble(value == null ? Double.NaN : value);
    }

    private static @Nullable Double number(DataInputView in) throws IOException {
        double value = in.readDouble();
        return Double.isNaN(value) ? null : value;
    }

    private static void count(@Nullable Integer value, DataOutputView out) throws IOException {
        out.writeInt(value == null ? Integer.MIN_VALUE : value);
    }

    private static @Nullable Integer count(DataInputView in) throws IOException {
        int value = in.readInt();
        return value == Integer.MIN_VALUE ? null : value;
    }
}

package org.capacityboard.flink.operators;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.leadtime.Basis;
import org.capacityboard.domain.leadtime.Cohort;
import org.capacityboard.domain.leadtime.LeadTime;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.OnTimeWeek;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderFlag;
import org.capacityboard.domain.leadtime.OrderState;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.types.SlimCodec;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link LeadTimeRow}. The sinks are chained to the order book, so only a graph that was taken apart writes any. */
enum LeadTimeRowCodec implements SlimCodec<LeadTimeRow> {
    INSTANCE;

    private static final Cohort[] COHORTS = Cohort.values();
    private static final Basis[] BASES = Basis.values();
    private static final OrderState[] STATES = OrderState.values();
    private static final OrderFlag[] FLAGS = OrderFlag.values();
    private static final byte PERCENTILES = 0;
    private static final byte CURVE = 1;
    private static final byte BACKLOG = 2;
    private static final byte ON_TIME = 3;
    private static final byte STATUS = 4;

    @Override
    public Class<LeadTimeRow> valueClass() {
        return LeadTimeRow.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(LeadTimeRow value, DataOutputView out) throws IOException {
        if (value instanceof LeadTimeRow.Percentiles given) {
            out.writeByte(PERCENTILES);
            percentiles(given.row(), out);
        } else if (value instanceof LeadTimeRow.Curve given) {
            out.writeByte(CURVE);
            curve(given.row(), out);
        } else if (value instanceof LeadTimeRow.Backlog given) {
            out.writeByte(BACKLOG);
            backlog(given.row(), out);
        } else if (value instanceof LeadTimeRow.OnTime given) {
            out.writeByte(ON_TIME);
            onTime(given.row(), out);
        } else if (value instanceof LeadTimeRow.Status given) {
            out.writeByte(STATUS);
            status(given.row(), out);
        }
        out.writeInt(value.stamp().generation());
        out.writeLong(value.stamp().version());
        out.writeLong(value.stamp().watermarkMs());
    }

    @Override
    public LeadTimeRow read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case PERCENTILES -> new LeadTimeRow.Percentiles(percentiles(in), stamp(in));
            case CURVE -> new LeadTimeRow.Curve(curve(in), stamp(in));
            case BACKLOG -> new LeadTimeRow.Backlog(backlog(in), stamp(in));
            case ON_TIME -> new LeadTimeRow.OnTime(onTime(in), stamp(in));
            case STATUS -> new LeadTimeRow.Status(status(in), stamp(in));
            default -> throw new IOException("a row of lead times starts with " + kind + ", must be 0 to 4");
        };
    }

    private static RowStamp stamp(DataInputView in) throws IOException {
        return new RowStamp(in.readInt(), in.readLong(), in.readLong());
    }

    private static void percentiles(LeadTime row, DataOutputView out) throws IOException {
        out.writeLong(row.asOf());
        GroupRemainsCodec.group(row.group(), out);
        out.writeByte(row.cohort().ordinal());
        out.writeByte(row.basis().ordinal());
        number(row.p50Days(), out);
        number(row.p80Days(), out);
        number(row.p90Days(), out);
        out.writeLong(row.ordersTotal());
        out.writeLong(row.ordersCompleted());
        out.writeLong(row.ordersOpen());
        out.writeLong(row.ordersCancelled());
        out.writeLong(row.p50AtRisk());
        count(row.p80AtRisk(), out);
        count(row.p90AtRisk(), out);
        number(row.cancelledShare(), out);
        number(row.completedOnlyMeanDays(), out);
        out.writeBoolean(row.isFinal());
        out.writeLong(row.version());
    }

    private static LeadTime percentiles(DataInputView in) throws IOException {
        return new LeadTime(
                in.readLong(),
                GroupRemainsCodec.group(in),
                COHORTS[in.readByte()],
                BASES[in.readByte()],
                number(in),
                number(in),
                number(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                count(in),
                count(in),
                number(in),
                number(in),
                in.readBoolean(),
                in.readLong());
    }

    private static void curve(LeadTimeCurve row, DataOutputView out) throws IOException {
        out.writeLong(row.asOf());
        GroupRemainsCodec.group(row.group(), out);
        out.writeByte(row.cohort().ordinal());
        out.writeByte(row.basis().ordinal());
        out.writeInt(row.survival().length);
        for (int day = 0; day < row.survival().length; day++) {
            out.writeDouble(row.survival()[day]);
            out.writeLong(row.atRisk()[day]);
            out.writeDouble(row.cancelledShare()[day]);
        }
        out.writeBoolean(row.isFinal());
        out.writeLong(row.version());
    }

    private static LeadTimeCurve curve(DataInputView in) throws IOException {
        long asOf = in.readLong();
        var group = GroupRemainsCodec.group(in);
        Cohort cohort = COHORTS[in.readByte()];
        Basis basis = BASES[in.readByte()];
        int days = in.readInt();
        double[] survival = new double[days];
        long[] atRisk = new long[days];
        double[] cancelledShare = new double[days];
        for (int day = 0; day < days; day++) {
            survival[day] = in.readDouble();
            atRisk[day] = in.readLong();
            cancelledShare[day] = in.readDouble();
        }
        return new LeadTimeCurve(
                asOf, group, cohort, basis, survival, atRisk, cancelledShare, in.readBoolean(), in.readLong());
    }

    private static void backlog(OrderBacklog row, DataOutputView out) throws IOException {
        out.writeLong(row.asOf());
        GroupRemainsCodec.group(row.group(), out);
        out.writeLong(row.openOrders());
        out.writeLong(row.backlogUnits());
        out.writeLong(row.overdueOrders());
        out.writeLong(row.overdueUnits());
        out.writeLong(row.acceptedUnits());
        out.writeDouble(row.rateWeeks());
        out.writeBoolean(row.isFinal());
        out.writeLong(row.version());
    }

    private static OrderBacklog backlog(DataInputView in) throws IOException {
        return new OrderBacklog(
                in.readLong(),
                GroupRemainsCodec.group(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readBoolean(),
                in.readLong());
    }

    private static void onTime(OnTimeWeek row, DataOutputView out) throws IOException {
        Wire.text(row.isoWeek(), out);
        GroupRemainsCodec.group(row.group(), out);
        out.writeLong(row.linesDue());
        out.writeLong(row.linesOnTimeInFull());
        out.writeLong(row.unitsDue());
        out.writeLong(row.unitsOnTime());
        out.writeBoolean(row.isFinal());
        out.writeLong(row.version());
    }

    private static OnTimeWeek onTime(DataInputView in) throws IOException {
        return new OnTimeWeek(
                Wire.text(in),
                GroupRemainsCodec.group(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readLong());
    }

    private static void status(OrderStatus row, DataOutputView out) throws IOException {
        Wire.text(row.orderId(), out);
        Wire.text(row.productId(), out);
        Wire.text(row.plantId(), out);
        Wire.text(row.buyerNation(), out);
        Wire.text(row.frameworkId(), out);
        out.writeInt(row.priority());
        out.writeByte(row.state().ordinal());
        out.writeLong(row.orderedUnits());
        out.writeLong(row.dispatchedUnits());
        out.writeLong(row.acceptedUnits());
        out.writeLong(row.rejectedUnits());
        count(row.queueUnits(), out);
        out.writeLong(row.confirmedAtMs());
        out.writeLong(row.baselinePromisedAtMs());
        out.writeLong(row.promisedAtMs());
        out.writeLong(row.firstAcceptedAtMs());
        out.writeLong(row.completedAtMs());
        out.writeLong(row.cancelledAtMs());
        count(row.forecastP50AtMs(), out);
        count(row.forecastP80AtMs(), out);
        number(row.slipDays(), out);
        out.writeBoolean(row.isStalled());
        int flags = 0;
        for (OrderFlag flag : row.flags()) {
            flags |= 1 << flag.ordinal();
        }
        out.writeInt(flags);
        out.writeBoolean(row.isFinal());
        out.writeLong(row.version());
    }

    private static OrderStatus status(DataInputView in) throws IOException {
        return new OrderStatus(
                Wire.text(in),
                Wire.text(in),
                Wire.text(in),
                Wire.text(in),
                Wire.maybeText(in),
                in.readInt(),
                STATES[in.readByte()],
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                count(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                count(in),
                count(in),
                number(in),
                in.readBoolean(),
                flags(in.readInt()),
                in.readBoolean(),
                in.readLong());
    }

    private static Set<OrderFlag> flags(int bits) {
        Set<OrderFlag> flags = EnumSet.noneOf(OrderFlag.class);
        for (OrderFlag flag : FLAGS) {
            if ((bits & 1 << flag.ordinal()) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static void number(@Nullable Double value, DataOutputView out) throws IOException {
        out.writeDouble(value == null ? Double.NaN : value);
    }

    private static @Nullable Double number(DataInputView in) throws IOException {
        double value = in.readDouble();
        return Double.isNaN(value) ? null : value;
    }

    private static void count(@Nullable Long value, DataOutputView out) throws IOException {
        out.writeLong(value == null ? Long.MIN_VALUE : value);
    }

    private static @Nullable Long count(DataInputView in) throws IOException {
        long value = in.readLong();
        return value == Long.MIN_VALUE ? null : value;
    }
}

package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.capacityboard.domain.leadtime.Basis;
import org.capacityboard.domain.leadtime.Cohort;
import org.capacityboard.domain.leadtime.DroppedOrders;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.GroupKind;
import org.capacityboard.domain.leadtime.GroupRemains;
import org.capacityboard.domain.leadtime.LeadTime;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.OnTimeWeek;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderFlag;
import org.capacityboard.domain.leadtime.OrderHistory;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.leadtime.OrderStanding;
import org.capacityboard.domain.leadtime.OrderState;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.types.SlimCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written arrives, field by field. */
class LeadTimeCodecsTest {
    private static final Group BUYER = new Group(GroupKind.BUYER_NATION, "NLD");
    private static final RowStamp STAMP = new RowStamp(1, 7, 8);

    @Test
    void inputs_arrive_whole() throws IOException {
        for (BookInput input : List.of(
                BookInputs.plant(),
                BookInputs.product(),
                BookInputs.confirmed("O1", 1),
                BookInputs.amended("O1", 2, 7),
                BookInputs.accepted("O1", "D1", 3, 4, 99))) {
            assertArrives(new BookInputCodec(), input);
        }
    }

    @Test
    void an_order_of_a_framework_with_a_priority_arrives_whole() throws IOException {
        OrderRecord record = ((BookInput.Order) BookInputs.confirmed("O1", 1)).record();
        OrderRecord full = new OrderRecord(
                record.orderId(),
                record.change(),
                record.eventTimeMs(),
                5,
                record.productId(),
                record.plantId(),
                record.buyerNation(),
                6,
                record.confirmedAtMs(),
                record.promisedAtMs(),
                3,
                "F-1",
                record.bytes());

        assertArrives(HeldBookInputCodec.INSTANCE, new HeldBookInput(new BookInput.Order(full, origin(), 4), 12));
        assertArrives(
                new OrderHistoryCodec(),
                OrderHistory.of(
                        "O1",
                        List.of(record, full),
                        List.of(((BookInput.Delivery) BookInputs.accepted("O1", "D1", 3, 4)).record()),
                        9));
    }

    @Test
    void what_groups_keep_arrives_whole() throws IOException {
        assertArrives(GroupRemainsCodec.INSTANCE, new GroupRemains(BUYER, 3, -1, DroppedOrders.NONE));
        GroupRemains full = new GroupRemains(Group.ALLIANCE, 3, 4, DroppedOrders.of(new long[] {5, 6, 7}));

        GroupRemains arrived = overTheWire(GroupRemainsCodec.INSTANCE, full);

        assertThat(arrived.group()).isEqualTo(full.group());
        assertThat(arrived.dropped().numbers()).containsExactly(full.dropped().numbers());
    }

    @Test
    void rows_arrive_whole() throws IOException {
        for (LeadTimeRow row : List.of(
                percentiles(12.5, 4L),
                percentiles(null, null),
                new LeadTimeRow.Curve(
                        new LeadTimeCurve(
                                3,
                                BUYER,
                                Cohort.ALL,
                                Basis.PER_UNIT,
                                new double[] {1, Double.NaN},
                                new long[] {2, 3},
                                new double[] {0, 0.5},
                                false,
                                7),
                        STAMP),
                new LeadTimeRow.Backlog(new OrderBacklog(3, BUYER, 1, 2, 3, 4, 5, 6.5, true, 7), STAMP),
                new LeadTimeRow.OnTime(new OnTimeWeek("2026-W46", BUYER, 1, 2, 3, 4, true, 7), STAMP),
                status(5L, "F-1", Set.of(OrderFlag.ACCEPTED_AFTER_CANCELLATION, OrderFlag.ACCEPTED_BEFORE_DISPATCH)),
                status(null, null, Set.of()))) {
            assertArrives(LeadTimeRowCodec.INSTANCE, row);
        }
    }

    private static LeadTimeRow percentiles(@Nullable Double days, @Nullable Long atRisk) {
        return new LeadTimeRow.Percentiles(
                new LeadTime(
                        3,
                        BUYER,
                        Cohort.TRAILING,
                        Basis.FIRST_UNIT,
                        days,
                        days,
                        days,
                        1,
                        2,
                        3,
                        4,
                        5,
                        atRisk,
                        atRisk,
                        days,
                        days,
                        true,
                        7),
                STAMP);
    }

    private static LeadTimeRow status(@Nullable Long number, @Nullable String frameworkId, Set<OrderFlag> flags) {
        return new LeadTimeRow.Status(
                new OrderStatus(
                        "O1",
                        "shell",
                        "AB123",
                        "NLD",
                        frameworkId,
                        2,
                        OrderState.CANCELLED,
                        1,
                        2,
                        3,
                        4,
                        number,
                        5,
                        6,
                        7,
                        8,
                        OrderStanding.NEVER,
                        9,
                        number,
                        number,
                        number == null ? null : -1.5,
                        true,
                        flags,
                        false,
                        7),
                STAMP);
    }

    private static Origin origin() {
        return new Origin("orders", 1, 2, 3);
    }

    private static <T> void assertArrives(SlimCodec<T> codec, T sent) throws IOException {
        assertThat(overTheWire(codec, sent))
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(sent);
    }

    private static <T> T overTheWire(SlimCodec<T> codec, T sent) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        codec.write(sent, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T received = codec.duplicate().read(in, codec.version());
        assertThat(in.available()).isZero();
        return received;
    }
}

package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.operators.BookInputs.accepted;
import static org.capacityboard.flink.operators.BookInputs.amended;
import static org.capacityboard.flink.operators.BookInputs.cancelled;
import static org.capacityboard.flink.operators.BookInputs.confirmed;
import static org.capacityboard.flink.operators.BookInputs.confirmedAt;
import static org.capacityboard.flink.operators.BookInputs.day;
import static org.capacityboard.flink.operators.BookInputs.plant;
import static org.capacityboard.flink.operators.BookInputs.product;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.OrderState;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.types.SlimType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadTimeBookOperatorTest {
    private static final Duration HORIZON = Duration.ofHours(48);
    private static final LeadTimeTiming LIVE = new LeadTimeTiming(HORIZON, Duration.ofHours(24), false);
    private static final LeadTimeTiming BOUNDED = new LeadTimeTiming(HORIZON, Duration.ofHours(24), true);
    private static final long YEARS_LATER = day(3_000);
    private static final long ONE_MINUTE = Duration.ofMinutes(1).toMillis();

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable harness : opened) {
            harness.close();
        }
    }

    @Test
    void an_order_waits_for_its_plant_and_its_product_and_then_counts() throws Exception {
        Job job = start(LIVE, null);

        job.take(confirmed("O1", 0));
        job.take(plant());
        job.watermark(day(0.5));
        job.take(product());
        job.live(day(1));

        assertThat(job.rejections()).isEmpty();
        assertThat(job.status("O1").state()).isEqualTo(OrderState.OPEN);
    }

    @Test
    void deliveries_and_changes_wait_for_the_confirmation_in_any_order() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product());

        job.take(accepted("O1", "D2", 2, 6), amended("O1", 1, 9), accepted("O1", "D1", 1, 3));
        job.watermark(day(0.9));
        job.take(confirmed("O1", 0));
        job.live(day(3));

        assertThat(job.rejections()).isEmpty();
        assertThat(job.status("O1")).satisfies(status -> {
            assertThat(status.state()).isEqualTo(OrderState.COMPLETED);
            assertThat(status.orderedUnits()).isEqualTo(9);
            assertThat(status.completedAtMs()).isEqualTo(day(2));
        });
    }

    @Test
    void rows_do_not_depend_on_the_order_of_arrival() throws Exception {
        List<BookInput> inputs = new ArrayList<>(List.of(plant(), product()));
        for (int i = 0; i < 12; i++) {
            String order = "O" + i;
            inputs.add(confirmed(order, i));
            inputs.add(i % 3 == 0 ? amended(order, i + 1, 8) : accepted(order, "D" + i, i + 2, 10));
            if (i % 4 == 0) {
                inputs.add(cancelled(order, i + 5));
            }
        }
        Map<Object, LeadTimeRow> expected = rowsAfter(inputs);

        assertThat(expected).hasSizeGreaterThan(100);
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(inputs, new Random(seed));
            assertThat(rowsAfter(inputs))
                    .usingRecursiveComparison()
                    .withComparatorForType(Double::compare, Double.class)
                    .isEqualTo(expected);
        }
    }

    private Map<Object, LeadTimeRow> rowsAfter(List<BookInput> inputs) throws Exception {
        Job job = start(LIVE, null);
        for (BookInput input : inputs) {
            job.take(input);
        }
        job.watermark(day(20));
        return job.newestRows();
    }

    @Test
    void a_delivery_of_an_unknown_order_is_refused_after_a_day_of_event_time() throws Exception {
        Job job = start(LIVE, null);
        job.watermark(day(3));
        job.take(accepted("O1", "D1", 2, 5), accepted("O1", "D2", 3.5, 5));

        job.watermark(day(4) - 1);
        assertThat(job.rejections()).isEmpty();
        job.watermark(day(4));
        assertThat(job.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo(RejectReason.UNKNOWN_ORDER);
            assertThat(rejection.reason()).contains("D1", "O1", "\nMaybe ");
            assertThat(rejection.eventTimeMs()).isEqualTo(day(2));
            assertThat(rejection.origin().topic()).isEqualTo("deliveries");
            assertThat(rejection.payload()).contains("\"deliveryId\":\"D1\"");
        });
        job.watermark(day(4.5));

        assertThat(job.rejections()).hasSize(2);
        job.snapshot();
        assertThat(job.entries("waiting")).isZero();
    }

    @Test
    void an_order_that_names_what_nobody_knows_is_refused_by_what_is_missing() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product());

        job.take(confirmedAt("ZZ999", "shell", "O1", 0));
        job.take(confirmedAt("AB123", "shield", "O2", 0));
        job.take(accepted("O1", "D1", 0, 1));
        job.take(amended("O3", 0, 1), cancelled("O4", 0));
        job.watermark(day(1));

        assertThat(job.rejections())
                .extracting(Rejection::code)
                .containsExactlyInAnyOrder(
                        RejectReason.UNKNOWN_REFERENCE,
                        RejectReason.UNKNOWN_REFERENCE,
                        RejectReason.UNKNOWN_ORDER,
                        RejectReason.UNKNOWN_ORDER,
                        RejectReason.UNKNOWN_ORDER);
        assertThat(job.rejections())
                .extracting(Rejection::reason)
                .anyMatch(reason -> reason.contains("plant ZZ999"))
                .anyMatch(reason -> reason.contains("product shield"))
                .allMatch(reason -> reason.contains("\nMaybe "));
    }

    @Test
    void an_input_that_was_held_counts_after_a_restart() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant());
        job.take(confirmed("O1", 0), accepted("O1", "D1", 0.4, 4));
        job.watermark(day(0.5));

        Job again = start(LIVE, job.snapshot());
        again.take(product());
        again.live(day(1));

        assertThat(again.status("O1").acceptedUnits()).isEqualTo(4);
        again.take(accepted("O9", "D9", 1, 4));
        Job third = start(LIVE, again.snapshot());
        third.watermark(day(2));
        assertThat(third.rejections()).singleElement().satisfies(rejection -> assertThat(rejection.code())
                .isEqualTo(RejectReason.UNKNOWN_ORDER));
    }

    @Test
    void after_a_restore_in_the_middle_the_same_input_gives_the_same_rows() throws Exception {
        List<BookInput> before =
                List.of(plant(), product(), confirmed("O1", 0), confirmed("O2", 0.5), accepted("O1", "D1", 1, 4));
        List<BookInput> after = List.of(accepted("O1", "D2", 3, 6), cancelled("O2", 3), confirmed("O3", 3.5));
        Job whole = start(LIVE, null);
        whole.take(before);
        whole.watermark(day(2));
        whole.take(after);
        whole.watermark(day(30));

        Job first = start(LIVE, null);
        first.take(before);
        first.watermark(day(2));
        OperatorSubtaskState checkpoint = first.snapshot();
        first.take(after.subList(0, 1));
        first.watermark(day(4));
        Job second = start(LIVE, checkpoint);
        second.take(after);
        second.watermark(day(30));

        Map<Object, LeadTimeRow> found = first.newestRows();
        found.putAll(second.newestRows());
        assertThat(found)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(whole.newestRows());
    }

    @Test
    void after_a_restore_no_row_is_older_than_what_was_written() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product(), confirmed("O1", 0), accepted("O1", "D1", 1, 4));
        job.watermark(day(2));
        Map<Object, LeadTimeRow> written = job.newestRows();

        Job again = start(LIVE, job.snapshot());
        again.clock(day(2.5) + 2 * ONE_MINUTE);
        again.watermark(day(1));
        again.watermark(day(2.5));

        Map<Object, LeadTimeRow> rewritten = again.newestRows();
        assertThat(rewritten).isNotEmpty();
        rewritten.forEach((key, row) -> {
            LeadTimeRow before = written.get(key);
            if (before != null) {
                assertThat(row.stamp()).as("%s", key).isGreaterThanOrEqualTo(before.stamp());
            }
        });
    }

    @Test
    void once_a_restored_job_keeps_up_everything_that_is_not_final_is_written_again() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product(), confirmed("O1", 0));
        job.watermark(day(1.9));
        Job again = start(LIVE, job.snapshot());

        again.clock(day(3));
        again.watermark(day(1.95));
        assertThat(again.statuses("O1")).isEmpty();
        again.clock(day(2) + ONE_MINUTE);
        again.watermark(day(2));

        assertThat(again.statuses("O1")).isNotEmpty();
        int count = again.output().size();
        again.watermark(day(2) + 1);
        assertThat(again.output()).hasSizeLessThan(2 * count);
    }

    @Test
    void open_days_are_shown_early_while_the_job_keeps_up_and_not_while_it_catches_up() throws Exception {
        Job behind = start(LIVE, null);
        behind.clock(YEARS_LATER);
        behind.take(plant(), product(), confirmed("O1", 0));
        behind.watermark(day(0.1));
        assertThat(behind.percentiles()).isEmpty();

        Job live = start(LIVE, null);
        live.clock(day(0.1) + 2 * ONE_MINUTE);
        live.take(plant(), product(), confirmed("O1", 0));
        live.watermark(day(0.1));
        assertThat(live.percentiles()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.row().isFinal()).isFalse();
            assertThat(row.stamp()).isEqualTo(new RowStamp(0, 1, day(0.1)));
        });
        assertThat(live.status("O1").state()).isEqualTo(OrderState.OPEN);
    }

    @Test
    void a_job_that_has_read_everything_shows_it_though_no_watermark_comes() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product());
        job.watermark(day(0.1) - 1);
        job.take(confirmed("O1", 0));
        job.watermark(day(0.1));
        assertThat(job.output()).isEmpty();

        job.clock(YEARS_LATER + ONE_MINUTE);

        assertThat(job.status("O1").state()).isEqualTo(OrderState.OPEN);
        assertThat(job.percentiles()).isNotEmpty();
    }

    @Test
    void an_order_takes_10000_distinct_records_and_refuses_more_also_after_a_restore() throws Exception {
        double step = 1e-6;
        Job job = start(LIVE, null);
        job.take(plant(), product(), confirmed("O1", 0));
        for (int i = 1; i < 9_999; i++) {
            job.take(accepted("O1", "D1", i * step, 1));
        }
        BookInput last = accepted("O1", "D1", 9_999 * step, 4);
        job.take(last);
        BookInput tooMuch = accepted("O1", "D2", 1, 5);
        job.take(last, tooMuch, confirmed("O1", 0), amended("O1", 1, 20), confirmed("O2", 0));
        job.watermark(day(1.5));

        assertThat(job.rejections()).hasSize(2).allSatisfy(rejection -> {
            assertThat(rejection.code()).isEqualTo(RejectReason.TOO_MANY_RECORDS);
            assertThat(rejection.reason())
                    .startsWith("Order O1 has 10,000 records already")
                    .contains("\nMaybe ");
            assertThat(rejection.eventTimeMs()).isEqualTo(day(1));
        });
        assertThat(job.rejections()).first().satisfies(rejection -> {
            assertThat(rejection.origin().topic()).isEqualTo("deliveries");
            assertThat(rejection.payload()).contains("\"deliveryId\":\"D2\"");
        });
        Job again = start(LIVE, job.snapshot());
        again.take(last, tooMuch);
        again.live(day(2));
        assertThat(again.rejections()).singleElement().satisfies(rejection -> assertThat(rejection.code())
                .isEqualTo(RejectReason.TOO_MANY_RECORDS));
        assertThat(again.status("O1").acceptedUnits()).isEqualTo(4);
    }

    @Test
    void a_day_that_is_final_is_not_touched_by_what_comes_later() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product(), confirmed("O1", 0));
        job.watermark(day(5));
        Map<Object, LeadTimeRow> written = job.newestRows();
        job.forget();

        job.take(accepted("O1", "D1", 0.1, 10));
        job.watermark(day(5.1));
        job.watermark(day(7));

        assertThat(job.percentiles()).isNotEmpty().allSatisfy(row -> {
            LeadTimeRow.Percentiles before = (LeadTimeRow.Percentiles) written.get(keyOf(row));
            assertThat(before == null || !before.row().isFinal())
                    .as("%s was open", row.row())
                    .isTrue();
        });
    }

    @Test
    void orders_leave_state_when_they_ended_long_ago_and_groups_stay() throws Exception {
        Job job = start(LIVE, null);
        job.take(plant(), product(), confirmed("O0", 0), confirmed("O1", 0), confirmed("O2", 0));
        // The first acceptance of a plant's product is kept for ever, the second is not.
        job.take(accepted("O0", "D0", 1, 10), accepted("O1", "D1", 2, 10));
        job.watermark(day(3));
        job.snapshot();
        assertThat(job.entries("order")).isEqualTo(3);

        job.watermark(day(403));
        job.snapshot();

        assertThat(job.entries("order")).isEqualTo(2);
        assertThat(job.entries("waiting")).isZero();
        assertThat(job.entries("group")).isEqualTo(6);
        assertThat(job.entries("plant-versions")).isEqualTo(1);
        assertThat(job.entries("product-versions")).isEqualTo(1);
        job.take(accepted("O1", "D2", 403, 1));
        job.watermark(day(404));
        assertThat(job.rejections()).singleElement().satisfies(rejection -> assertThat(rejection.code())
                .isEqualTo(RejectReason.UNKNOWN_ORDER));
    }

    @Test
    void a_bounded_run_ends_with_all_rows_and_refuses_what_still_waits() throws Exception {
        Job job = start(BOUNDED, null);
        job.take(plant(), product(), confirmed("O1", 0), accepted("O9", "D9", 0.1, 1));
        job.watermark(day(0.2));
        job.watermark(day(0.4));
        assertThat(job.rejections()).isEmpty();

        job.watermark(Long.MAX_VALUE);

        assertThat(job.rejections()).hasSize(1);
        assertThat(job.status("O1").state()).isEqualTo(OrderState.OPEN);
        assertThat(job.percentiles())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.stamp().watermarkMs()).isEqualTo(day(0.4)));
        assertThat(job.rows(LeadTimeRow.Curve.class)).isNotEmpty();
        job.snapshot();
        assertThat(job.entries("order") + job.entries("group") + job.entries("waiting"))
                .isZero();
    }

    @Test
    void in_a_bounded_run_what_was_read_when_a_day_was_final_does_not_change_it_however_early_it_arrives()
            throws Exception {
        BookInput late = accepted("O1", "D1", 0.1, 10, day(6));
        Job eager = start(BOUNDED, null);
        eager.take(plant(), product(), confirmed("O1", 0), late);
        eager.watermark(day(6));
        eager.watermark(day(7));
        eager.watermark(Long.MAX_VALUE);

        Job calm = start(BOUNDED, null);
        calm.take(plant(), product(), confirmed("O1", 0));
        calm.watermark(day(6));
        calm.take(late);
        calm.watermark(day(7));
        calm.watermark(Long.MAX_VALUE);

        assertThat(eager.newestRows())
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(calm.newestRows());
        assertThat(eager.status("O1").state()).isEqualTo(OrderState.COMPLETED);
        assertThat(eager.percentiles())
                .filteredOn(row ->
                        row.row().group().equals(Group.ALLIANCE) && row.row().isFinal())
                .isNotEmpty()
                .first()
                .satisfies(row -> assertThat(row.row().ordersCompleted()).isZero());
    }

    private Job start(LeadTimeTiming timing, @Nullable OperatorSubtaskState from) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new LeadTimeBookOperator(timing), BookInput::key, Types.STRING);
        harness.setup(SlimType.of(LeadTimeRowCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        opened.add(harness);
        Job job = new Job(harness);
        job.clock(YEARS_LATER);
        return job;
    }

    /** What tells rows apart. */
    private static Object keyOf(LeadTimeRow row) {
        if (row instanceof LeadTimeRow.Percentiles given) {
            return List.of(
                    "lead_time",
                    given.row().asOf(),
                    given.row().group(),
                    given.row().cohort(),
                    given.row().basis());
        } else if (row instanceof LeadTimeRow.Curve given) {
            return List.of(
                    "curve",
                    given.row().group(),
                    given.row().cohort(),
                    given.row().basis());
        } else if (row instanceof LeadTimeRow.Backlog given) {
            return List.of("backlog", given.row().asOf(), given.row().group());
        } else if (row instanceof LeadTimeRow.OnTime given) {
            return List.of("week", given.row().isoWeek(), given.row().group());
        }
        return List.of("status", ((LeadTimeRow.Status) row).row().orderId());
    }

    /** The operator at work. */
    private record Job(KeyedOneInputStreamOperatorTestHarness<String, BookInput, LeadTimeRow> harness) {
        void take(BookInput... inputs) throws Exception {
            take(List.of(inputs));
        }

        void take(List<BookInput> inputs) throws Exception {
            for (BookInput input : inputs) {
                harness.processElement(new StreamRecord<>(input));
            }
        }

        void watermark(long ms) throws Exception {
            harness.processWatermark(ms);
        }

        void clock(long ms) throws Exception {
            harness.setProcessingTime(ms);
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        long entries(String state) {
            KeyedStateBackend<String> backend =
                    ((LeadTimeBookOperator) harness.getOneInputOperator()).getKeyedStateBackend();
            try (Stream<String> keys = backend.getKeys(state, VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }

        /** Lets time come to an instant while the job keeps up. */
        void live(long ms) throws Exception {
            clock(ms + ONE_MINUTE);
            watermark(ms);
        }

        void forget() {
            harness.getOutput().clear();
        }

        List<LeadTimeRow> output() {
            return harness.extractOutputValues();
        }

        <T extends LeadTimeRow> List<T> rows(Class<T> kind) {
            return output().stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        List<LeadTimeRow.Percentiles> percentiles() {
            return rows(LeadTimeRow.Percentiles.class);
        }

        List<OrderStatus> statuses(String orderId) {
            return rows(LeadTimeRow.Status.class).stream()
                    .map(LeadTimeRow.Status::row)
                    .filter(status -> status.orderId().equals(orderId))
                    .toList();
        }

        OrderStatus status(String orderId) {
            List<OrderStatus> statuses = statuses(orderId);
            assertThat(statuses).as("statuses of %s", orderId).isNotEmpty();
            return statuses.get(statuses.size() - 1);
        }

        /** The last writing of each row. */
        Map<Object, LeadTimeRow> newestRows() {
            Map<Object, LeadTimeRow> newest = new HashMap<>();
            output().forEach(row -> newest.put(keyOf(row), row));
            return newest;
        }

        List<Rejection> rejections() {
            var queue = harness.getSideOutput(LineTimelineOperator.REJECTED);
            return queue == null
                    ? List.of()
                    : queue.stream().map(StreamRecord::getValue).toList();
        }
    }
}

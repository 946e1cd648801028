package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.operators.SurgeInputs.material;
import static org.capacityboard.flink.operators.SurgeInputs.product;
import static org.capacityboard.flink.operators.SurgeInputs.reference;

import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bills of materials at the door. */
class ReferenceOperatorTest {
    private static final Duration WAIT = Duration.ofMinutes(10);
    private static final TimelineTiming LIVE = new TimelineTiming(Duration.ofHours(48), WAIT, false);

    @Test
    void a_product_waits_for_what_goes_into_it() throws Exception {
        try (Door door = open(null)) {
            door.take(product("round", "shell", "powder"));
            door.take(product("shell"));
            assertThat(door.accepted()).containsExactly("shell");

            door.take(material("powder"));

            assertThat(door.accepted()).containsExactlyInAnyOrder("shell", "powder", "round");
            assertThat(door.rejections()).isEmpty();
        }
    }

    @Test
    void a_bill_that_names_what_nobody_knows_is_refused_after_the_wait() throws Exception {
        try (Door door = open(null)) {
            door.take(product("round", "shall"));
            door.harness().setProcessingTime(WAIT.toMillis() + 1);

            assertThat(door.rejections()).singleElement().satisfies(rejection -> {
                assertThat(rejection.code()).isEqualTo(RejectReason.UNKNOWN_REFERENCE);
                assertThat(rejection.reason()).contains("product or material shall", "topics products and materials");
            });
        }
    }

    @Test
    void a_bill_that_closes_a_circle_is_refused_with_the_circle_also_after_a_restart() throws Exception {
        OperatorSubtaskState state;
        try (Door door = open(null)) {
            door.take(product("round", "charge"));
            door.take(product("charge", "grain"));
            state = door.harness().snapshot(1, 1);
        }
        try (Door door = open(state)) {
            door.take(product("grain", "round"));

            assertThat(door.rejections()).singleElement().satisfies(rejection -> {
                assertThat(rejection.code()).isEqualTo(RejectReason.BILL_CYCLE);
                assertThat(rejection.reason()).contains("grain takes round takes charge takes grain", "\nMaybe ");
            });
            door.take(product("grain"));
            assertThat(door.accepted()).containsExactlyInAnyOrder("grain", "charge", "round");
        }
    }

    @Test
    void a_product_that_takes_itself_is_refused() throws Exception {
        try (Door door = open(null)) {
            door.take(product("round", "round"));

            assertThat(door.rejections()).extracting(Rejection::code).containsExactly(RejectReason.BILL_CYCLE);
            assertThat(door.accepted()).isEmpty();
        }
    }

    @Test
    void a_circle_of_more_products_than_a_stack_has_room_for_is_refused() throws Exception {
        int products = 12_000;
        try (Door door = open(null)) {
            for (int i = 1; i < products; i++) {
                door.take(product("level-" + i, "level-" + (i + 1)));
            }
            door.take(product("level-" + products, "level-1"));

            assertThat(door.rejections()).singleElement().satisfies(rejection -> {
                assertThat(rejection.code()).isEqualTo(RejectReason.BILL_CYCLE);
                assertThat(rejection.reason())
                        .contains("level-9 takes, by way of 11990 more, level-12000.")
                        .hasSizeLessThan(1_000);
            });
        }
    }

    @Test
    void what_waits_in_a_chain_is_accepted_when_its_last_link_comes() throws Exception {
        try (Door door = open(null)) {
            door.take(product("round", "charge"));
            door.take(product("charge", "bag", "powder"));
            door.take(product("bag", "cloth"));
            door.take(material("powder"));
            assertThat(door.accepted()).containsExactly("powder");

            door.take(material("cloth"));

            assertThat(door.accepted()).containsExactly("powder", "cloth", "bag", "charge", "round");
            assertThat(door.rejections()).isEmpty();
        }
    }

    @Test
    void what_waits_for_another_thing_goes_on_waiting() throws Exception {
        OperatorSubtaskState state;
        try (Door door = open(null)) {
            door.take(product("round", "shell", "powder"));
            door.take(product("charge", "powder"));
            state = door.harness().snapshot(1, 1);
        }
        try (Door door = open(state)) {
            door.take(material("powder"));
            assertThat(door.accepted()).containsExactly("powder", "charge");

            door.harness().setProcessingTime(WAIT.toMillis() - 1);
            door.take(product("shell"));

            assertThat(door.accepted()).containsExactly("powder", "charge", "shell", "round");
            assertThat(door.rejections()).isEmpty();
        }
    }

    @Test
    void a_bill_that_waits_hides_no_circle_with_the_one_that_holds_also_after_a_restart() throws Exception {
        OperatorSubtaskState state;
        try (Door door = open(null)) {
            door.take(product("grain"));
            door.take(product("charge", "grain"));
            door.take(revision(1, product("charge", "nobody-knows")));
            state = door.harness().snapshot(1, 1);
            door.take(revision(1, product("grain", "charge")));
            assertThat(door.rejections()).extracting(Rejection::code).containsExactly(RejectReason.BILL_CYCLE);
        }
        try (Door door = open(state)) {
            door.take(revision(1, product("grain", "charge")));
            door.harness().setProcessingTime(WAIT.toMillis() + 1);

            assertThat(door.rejections())
                    .extracting(Rejection::code)
                    .containsExactly(RejectReason.BILL_CYCLE, RejectReason.UNKNOWN_REFERENCE);
            assertThat(door.accepted()).isEmpty();
        }
    }

    @Test
    void a_bill_that_closes_a_circle_with_what_was_accepted_while_it_waited_is_refused_when_its_wait_ends()
            throws Exception {
        try (Door door = open(null)) {
            door.take(product("shell"));
            door.take(product("case"));
            door.take(product("round"));
            door.take(revision(1, product("shell", "case")));
            door.take(revision(2, product("shell", "nobody-knows")));
            door.take(revision(1, product("case", "round", "powder")));
            door.take(revision(1, product("round", "shell")));
            door.take(material("powder"));

            assertThat(door.rejections()).singleElement().satisfies(rejection -> {
                assertThat(rejection.code()).isEqualTo(RejectReason.BILL_CYCLE);
                assertThat(rejection.reason()).contains("case takes round takes shell takes case");
            });
            assertThat(door.accepted()).containsExactly("shell", "case", "round", "shell", "round", "powder");
            door.take(revision(1, product("case")));
            assertThat(door.rejections()).hasSize(1);
        }
    }

    private static StampedReference revision(long revision, SpecificRecord event) {
        Ingested.Reference given = reference(event);
        return new StampedReference(
                new Ingested.Reference(given.origin(), given.id(), given.validFromMs(), revision, given.body()),
                SurgeInputs.NO_WATERMARK);
    }

    private static Door open(@Nullable OperatorSubtaskState state) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ReferenceOperator(LIVE)), anything -> "reference", Types.STRING);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return new Door(harness);
    }

    private record Door(KeyedOneInputStreamOperatorTestHarness<String, StampedReference, StampedReference> harness)
            implements AutoCloseable {
        void take(SpecificRecord event) throws Exception {
            take(new StampedReference(reference(event), SurgeInputs.NO_WATERMARK));
        }

        void take(StampedReference version) throws Exception {
            harness.processElement(new StreamRecord<>(version));
        }

        List<String> accepted() {
            return harness.extractOutputValues().stream()
                    .map(stamped -> stamped.reference().id())
                    .toList();
        }

        List<Rejection> rejections() {
            var queue = harness.getSideOutput(LineTimelineOperator.REJECTED);
            return queue == null
                    ? List.of()
                    : queue.stream().map(StreamRecord::getValue).toList();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}

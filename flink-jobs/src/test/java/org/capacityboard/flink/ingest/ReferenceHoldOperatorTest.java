package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.T0_MS;
import static org.capacityboard.flink.ingest.Events.reference;

import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class ReferenceHoldOperatorTest {
    private static final long TEN_SECONDS_MS = 10_000;

    @Test
    void empty_topic_holds_nobody() throws Exception {
        try (var operator = started(0)) {
            operator.setProcessingTime(T0_MS + 1);

            assertThat(operator.getOutput()).containsExactly(WatermarkStatus.IDLE);
        }
    }

    @Test
    void holds_until_the_last_record_known_at_start_was_read() throws Exception {
        try (var operator = started(2)) {
            operator.processElement(new StreamRecord<>(reference(0)));
            operator.setProcessingTime(T0_MS + TEN_SECONDS_MS - 1);
            assertThat(operator.getOutput()).hasSize(1);

            operator.processElement(new StreamRecord<>(reference(1)));

            assertThat(operator.getOutput()).hasSize(3).last().isEqualTo(WatermarkStatus.IDLE);
        }
    }

    @Test
    void restored_position_at_the_end_holds_nobody() throws Exception {
        OperatorSubtaskState state;
        try (var operator = started(2)) {
            operator.processElement(new StreamRecord<>(reference(1)));
            state = operator.snapshot(1, T0_MS);
        }
        try (var restored = harness(2)) {
            restored.initializeState(state);
            restored.open();
            restored.setProcessingTime(T0_MS);

            assertThat(restored.getOutput()).containsExactly(WatermarkStatus.IDLE);
        }
    }

    @Test
    void topic_that_brings_nothing_is_taken_as_read() throws Exception {
        try (var operator = started(2)) {
            operator.setProcessingTime(T0_MS + 6_000);
            operator.processElement(new StreamRecord<>(reference(0)));
            operator.setProcessingTime(T0_MS + 6_000 + TEN_SECONDS_MS - 1);
            assertThat(operator.getOutput()).hasSize(1);

            operator.setProcessingTime(T0_MS + 6_000 + TEN_SECONDS_MS);

            assertThat(operator.getOutput()).last().isEqualTo(WatermarkStatus.IDLE);
        }
    }

    private static OneInputStreamOperatorTestHarness<Ingested, Ingested> started(long endOffset) throws Exception {
        var operator = harness(endOffset);
        operator.setProcessingTime(T0_MS);
        operator.open();
        return operator;
    }

    private static OneInputStreamOperatorTestHarness<Ingested, Ingested> harness(long endOffset) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ReferenceHoldOperator(endOffset, Duration.ofMillis(TEN_SECONDS_MS)));
    }
}

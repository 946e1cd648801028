package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.T0_MS;
import static org.capacityboard.flink.ingest.Events.report;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SilenceOperatorTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long THREE_WEEKS = 21 * 24 * 60 * MINUTE;

    private final Broker broker = new Broker();
    private OneInputStreamOperatorTestHarness<Ingested, Ingested> operator = harness();

    SilenceOperatorTest() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        operator.open();
        operator.setProcessingTime(T0_MS);
    }

    @AfterEach
    void stop() throws Exception {
        operator.close();
    }

    @Test
    void total_silence_is_seen_two_minutes_behind_the_wall_clock() throws Exception {
        receive(T0_MS - SECOND, T0_MS);
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isBetween(T0_MS + 8 * MINUTE - 12 * SECOND, T0_MS + 8 * MINUTE - SECOND);
        assertThat(isIdle()).isFalse();
    }

    @Test
    void delay_of_the_newest_record_keeps_a_replayed_past_from_being_jumped_over() throws Exception {
        receive(T0_MS - THREE_WEEKS, T0_MS);
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isBetween(T0_MS - THREE_WEEKS, T0_MS - THREE_WEEKS + 8 * MINUTE);
    }

    @Test
    void one_record_entered_weeks_late_does_not_hold_time_back_while_lines_report_in_time() throws Exception {
        broker.telemetryDelayMs = 3 * SECOND;
        receive(T0_MS - THREE_WEEKS, T0_MS);
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isBetween(T0_MS + 8 * MINUTE - 15 * SECOND, T0_MS + 8 * MINUTE - 4 * SECOND);
    }

    @Test
    void lines_that_report_weeks_late_do_not_hold_back_what_arrives_in_time() throws Exception {
        broker.telemetryDelayMs = THREE_WEEKS;
        receive(T0_MS - SECOND, T0_MS);
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isBetween(T0_MS + 8 * MINUTE - 12 * SECOND, T0_MS + 8 * MINUTE - SECOND);
    }

    @Test
    void clock_ahead_does_not_carry_the_watermark_past_two_minutes_ago() throws Exception {
        receive(T0_MS + 4 * MINUTE, T0_MS);
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isLessThanOrEqualTo(T0_MS + 8 * MINUTE);
    }

    @Test
    void no_answer_from_the_broker_is_no_silence() throws Exception {
        receive(T0_MS, T0_MS);
        broker.answers = false;
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isEqualTo(T0_MS - 30 * SECOND);
        assertThat(isIdle()).isTrue();
    }

    @Test
    void broker_that_goes_away_ends_the_silence() throws Exception {
        receive(T0_MS, T0_MS);
        fallSilent();
        waitUntil(T0_MS + 10 * MINUTE);
        long before = watermark();
        broker.answers = false;

        waitUntil(T0_MS + 20 * MINUTE);

        assertThat(watermark()).isLessThanOrEqualTo(before + 10 * SECOND);
        assertThat(isIdle()).isTrue();
    }

    @Test
    void unread_records_are_no_silence() throws Exception {
        receive(T0_MS, T0_MS);
        broker.unread = 1;
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isEqualTo(T0_MS - 30 * SECOND);
    }

    @Test
    void records_of_another_partition_are_no_silence() throws Exception {
        receive(T0_MS, T0_MS);
        fallSilent();

        for (long now = T0_MS; now <= T0_MS + 10 * MINUTE; now += 30 * SECOND) {
            broker.end++;
            waitUntil(now);
        }

        assertThat(watermark()).isEqualTo(T0_MS - 30 * SECOND);
        assertThat(isIdle()).isTrue();
    }

    @Test
    void waking_never_takes_the_watermark_back() throws Exception {
        receive(T0_MS, T0_MS);
        fallSilent();
        waitUntil(T0_MS + 10 * MINUTE);
        long silent = watermark();

        operator.processElement(new StreamRecord<>(report(T0_MS + MINUTE, T0_MS + 10 * MINUTE)));
        assertThat(isIdle()).isTrue();
        operator.processWatermarkStatus(WatermarkStatus.ACTIVE);
        operator.processWatermark(new Watermark(T0_MS + MINUTE));

        assertThat(watermark()).isEqualTo(silent);
        assertThat(isIdle()).isFalse();
        operator.processWatermark(new Watermark(T0_MS + 11 * MINUTE));
        assertThat(watermark()).isEqualTo(T0_MS + 11 * MINUTE);
    }

    @Test
    void silence_that_began_before_a_restore_is_seen_after_it() throws Exception {
        receive(T0_MS - THREE_WEEKS, T0_MS);
        OperatorSubtaskState state = operator.snapshot(1, T0_MS);
        operator.close();
        operator = harness();
        operator.initializeState(state);
        operator.open();
        operator.setProcessingTime(T0_MS);
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isBetween(T0_MS - THREE_WEEKS, T0_MS - THREE_WEEKS + 8 * MINUTE);
    }

    @Test
    void topic_that_never_had_a_record_has_no_watermark() throws Exception {
        fallSilent();

        waitUntil(T0_MS + 10 * MINUTE);

        assertThat(watermark()).isEqualTo(Long.MIN_VALUE);
        assertThat(isIdle()).isTrue();
    }

    private OneInputStreamOperatorTestHarness<Ingested, Ingested> harness() throws Exception {
        Broker asked = broker;
        return new OneInputStreamOperatorTestHarness<>(
                new SilenceOperator(() -> asked, Duration.ofMinutes(1), Duration.ofSeconds(5)));
    }

    private void receive(long eventTimeMs, long receivedAtMs) throws Exception {
        operator.processElement(new StreamRecord<>(report(eventTimeMs, receivedAtMs)));
        operator.processWatermark(new Watermark(eventTimeMs - 30 * SECOND));
    }

    private void fallSilent() throws Exception {
        operator.processWatermarkStatus(WatermarkStatus.IDLE);
    }

    private void waitUntil(long timeMs) throws Exception {
        for (long now = operator.getProcessingTime(); now < timeMs; now += SECOND) {
            operator.setProcessingTime(now + SECOND);
        }
    }

    private long watermark() {
        return operator.getOutput().stream()
                .filter(Watermark.class::isInstance)
                .mapToLong(mark -> ((Watermark) mark).getTimestamp())
                .reduce(Long.MIN_VALUE, (before, after) -> {
                    assertThat(after).as("watermark after %d", before).isGreaterThan(before);
                    return after;
                });
    }

    private boolean isIdle() {
        return operator.getOutput().stream()
                .filter(WatermarkStatus.class::isInstance)
                .reduce((before, after) -> after)
                .map(status -> ((WatermarkStatus) status).isIdle())
                .orElse(false);
    }

    private static final class Broker implements LogEnd {
        private long end = 100;
        private long unread;
        private long telemetryDelayMs = NOT_ASKED;
        private boolean answers = true;

        @Override
        public CompletionStage<Progress> progress() {
            return answers
                    ? CompletableFuture.completedFuture(new Progress(end, unread, telemetryDelayMs))
                    : CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        }

        @Override
        public void close() {}
    }
}

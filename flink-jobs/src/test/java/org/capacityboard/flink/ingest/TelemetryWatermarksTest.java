package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.T0_MS;
import static org.capacityboard.flink.ingest.Events.refused;
import static org.capacityboard.flink.ingest.Events.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

final class TelemetryWatermarksTest {
    private final ManualClock clock = new ManualClock();
    private final Marks marks = new Marks();
    private final WatermarkGenerator<Ingested> partition = TelemetryWatermarks.strategy(
                    Duration.ofSeconds(30), Duration.ofMinutes(1))
            .createWatermarkGenerator(new Context());

    @Test
    void watermark_is_the_highest_event_time_less_the_disorder() {
        receive(report(T0_MS, T0_MS));
        receive(report(T0_MS - 10_000, T0_MS));
        partition.onPeriodicEmit(marks);

        assertThat(marks.seen).containsExactly(T0_MS - 30_000);
    }

    @Test
    void refused_record_does_not_move_it() {
        receive(refused(T0_MS));
        partition.onPeriodicEmit(marks);

        assertThat(marks.seen).isEmpty();
    }

    @Test
    void partition_that_carries_only_rubbish_falls_idle() {
        partition.onPeriodicEmit(marks);
        for (int second = 0; second < 62; second++) {
            receive(refused(T0_MS));
            clock.advanceTime(Duration.ofSeconds(1));
            partition.onPeriodicEmit(marks);
        }

        assertThat(marks.idle).isTrue();
    }

    private void receive(Ingested record) {
        partition.onEvent(record, record.eventTimeMs(), marks);
    }

    private static final class Marks implements WatermarkOutput {
        private final List<Long> seen = new ArrayList<>();
        private boolean idle;

        @Override
        public void emitWatermark(Watermark watermark) {
            seen.add(watermark.getTimestamp());
            idle = false;
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }

    private final class Context implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }
    }
}

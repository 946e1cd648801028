package org.capacityboard.flink.ingest;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;

/**
 * The clock of one partition: its highest event time less the disorder that plants are allowed. Everything before the watermark is covered. Refused
 * records neither move it nor keep the partition awake, so a partition that carries nothing but rubbish holds nobody back.
 */
final class TelemetryWatermarks implements WatermarkGenerator<Ingested> {
    private final WatermarkGenerator<Ingested> valid;

    private TelemetryWatermarks(WatermarkGenerator<Ingested> valid) {
        this.valid = valid;
    }

    /** One clock a partition, left out of account while the partition has been silent for {@code idleAfter}. */
    static WatermarkStrategy<Ingested> strategy(Duration disorder, Duration idleAfter) {
        long disorderMs = disorder.toMillis();
        WatermarkStrategy<Ingested> clocks = context -> new TelemetryWatermarks(
                new WatermarksWithIdleness<>(new Highest(disorderMs), idleAfter, context.getInputActivityClock()));
        return clocks.withTimestampAssigner((record, brokerTimeMs) -> record.eventTimeMs());
    }

    @Override
    public void onEvent(Ingested record, long timestampMs, WatermarkOutput output) {
        if (record.eventTimeMs() != Ingested.NO_EVENT_TIME) {
            valid.onEvent(record, timestampMs, output);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        valid.onPeriodicEmit(output);
    }

    private static final class Highest implements WatermarkGenerator<Ingested> {
        private final long disorderMs;
        private long highestMs = Ingested.NO_EVENT_TIME;

        Highest(long disorderMs) {
            this.disorderMs = disorderMs;
        }

        @Override
        public void onEvent(Ingested record, long timestampMs, WatermarkOutput output) {
            highestMs = Math.max(highestMs, record.eventTimeMs());
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (highestMs != Ingested.NO_EVENT_TIME) {
                output.emitWatermark(new Watermark(highestMs - disorderMs));
            }
        }
    }
}

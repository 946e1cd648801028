package org.capacityboard.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.capacityboard.bench.peers.MinuteFacts.Loss;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.events.LineTelemetry;
import org.junit.jupiter.api.Test;

class MinuteFactsTest {
    private static final long T0 = 1_772_496_000_000L;
    private static final long MINUTE = 60_000;
    private static final LineVersion LINE = new LineVersion(
            "line-1",
            Versions.ALWAYS,
            0,
            "BE001",
            "shell",
            30_000_000,
            Map.of(),
            MINUTE,
            LineCalendar.AROUND_THE_CLOCK,
            120);

    @Test
    void the_first_report_is_a_baseline_from_which_time_is_planned() {
        MinuteFacts minute = MinuteFacts.of(LINE, null, list(report(1, 20, "EXECUTE", 100)), T0, T0 + MINUTE);

        assertThat(fact(minute, Fact.PLANNED_MS)).isEqualTo(40_000);
        assertThat(fact(minute, Fact.PRODUCING_MS)).isEqualTo(40_000);
        assertThat(fact(minute, Fact.GOOD_UNITS)).isZero();
    }

    @Test
    void what_was_said_before_the_minute_holds_until_its_first_report() {
        MinuteFacts minute = MinuteFacts.of(
                LINE, report(1, -10, "STOPPED", 100), list(report(2, 15, "EXECUTE", 102)), T0, T0 + MINUTE);

        assertThat(fact(minute, Fact.DOWN_MS)).isEqualTo(15_000);
        assertThat(fact(minute, Fact.PRODUCING_MS)).isEqualTo(45_000);
        assertThat(minute.losses()).isEqualTo(Map.of(new Loss(LossCategory.DOWN, "R01"), 15_000L));
        assertThat(fact(minute, Fact.GOOD_UNITS)).isEqualTo(2);
        assertThat(fact(minute, Fact.IDEAL_US)).isEqualTo(60_000_000);
    }

    @Test
    void neither_order_nor_repetition_shows() {
        List<GenericRecord> reports = list(
                report(3, 30, "EXECUTE", 103),
                report(1, 10, "EXECUTE", 100),
                report(3, 30, "EXECUTE", 103),
                report(2, 20, "HELD", 101));

        MinuteFacts minute = MinuteFacts.of(LINE, report(0, -1, "EXECUTE", 100), reports, T0, T0 + MINUTE);

        assertThat(fact(minute, Fact.REPORTS)).isEqualTo(3);
        assertThat(fact(minute, Fact.DUPLICATES)).isEqualTo(1);
        assertThat(fact(minute, Fact.GOOD_UNITS)).isEqualTo(3);
        assertThat(fact(minute, Fact.DELAY_MS)).isEqualTo(10_000);
        assertThat(fact(minute, Fact.PRODUCING_MS)).isEqualTo(50_000);
        assertThat(fact(minute, Fact.LOST_REPORTS)).isZero();
    }

    @Test
    void a_line_is_unknown_after_three_heartbeats_and_earns_no_ideal_time_meanwhile() {
        MinuteFacts minute = MinuteFacts.of(
                LINE, report(1, -170, "EXECUTE", 100), list(report(3, 30, "EXECUTE", 120)), T0, T0 + MINUTE);

        assertThat(fact(minute, Fact.UNKNOWN_MS)).isEqualTo(20_000);
        assertThat(fact(minute, Fact.PRODUCING_MS)).isEqualTo(40_000);
        assertThat(fact(minute, Fact.LOST_REPORTS)).isEqualTo(1);
        assertThat(fact(minute, Fact.IDEAL_US)).isEqualTo(20 * 30_000_000L * 180 / 200);
    }

    @Test
    void a_counter_that_falls_a_little_is_corrected_and_one_that_falls_far_was_reset() {
        MinuteFacts minute = MinuteFacts.of(
                LINE,
                report(1, -1, "EXECUTE", 11),
                list(report(2, 1, "EXECUTE", 10), report(3, 2, "EXECUTE", 9)),
                T0,
                T0 + MINUTE);

        assertThat(fact(minute, Fact.GOOD_UNITS)).isEqualTo(-1 + 9);
    }

    private static long fact(MinuteFacts minute, Fact fact) {
        assertThat(minute.facts()).containsOnlyKeys("shell");
        return minute.facts().getOrDefault("shell", new long[Fact.COUNT])[fact.ordinal()];
    }

    private static List<GenericRecord> list(GenericRecord... reports) {
        return new ArrayList<>(Arrays.asList(reports));
    }

    private static GenericRecord report(long sequence, long second, String state, long good) {
        var schema = LineTelemetry.getClassSchema();
        GenericRecord report = new GenericData.Record(schema);
        report.put("lineId", "line-1");
        report.put("sessionId", T0 - MINUTE);
        report.put("sequence", sequence);
        report.put("eventTime", T0 + second * 1_000);
        report.put("state", new GenericData.EnumSymbol(schema.getField("state").schema(), state));
        report.put("reasonCode", state.equals("EXECUTE") ? null : "R01");
        report.put("goodCount", good);
        report.put("scrapCount", 0L);
        return report;
    }
}

package org.capacityboard.process.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetersTest {
    /** What grows with the number of plants, lines or orders would make as many series. */
    private static final Set<String> UNBOUNDED = Set.of("line", "plant", "order", "product", "key", "session", "id");

    @Test
    void names_are_unique() {
        assertThat(Arrays.stream(Meters.values()).map(Meters::meterName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_meter_has_a_dotted_name_a_base_unit_and_a_sentence(Meters meter) {
        assertThat(meter.meterName()).matches("capacity(\\.[a-z]+){2,}");
        assertThat(meter.baseUnit()).matches("[a-z]+").isNotIn("milliseconds", "minutes", "percent", "kilobytes");
        assertThat(meter.description()).matches("[A-Z].*\\.");
        if (meter.type() == Meter.Type.TIMER) {
            assertThat(meter.baseUnit()).isEqualTo("seconds");
        }
        assertThat(Meters.find(meter.meterName())).isEqualTo(meter);
    }

    @ParameterizedTest
    @EnumSource
    void a_tag_is_one_word_with_few_values(MeterTag tag) {
        assertThat(tag.key()).matches("[a-z]+").isNotIn(UNBOUNDED);
        assertThat(tag.meaning()).isNotBlank();
    }

    @Test
    void the_prometheus_page_shows_names_units_tags_and_the_process() {
        try (ProcessMetrics metrics = new ProcessMetrics("job")) {
            Meters.INGEST_REJECTED
                    .counter(metrics.registry(), "line-telemetry", "UNKNOWN_LINE")
                    .increment(2);
            Meters.INGEST_REJECTED
                    .counter(metrics.registry(), "line-telemetry", "UNKNOWN_LINE")
                    .increment();
            Meters.WATERMARK_AGE.gauge(metrics.registry(), () -> 1.5);

            assertThat(metrics.scrape())
                    .contains(
                            "capacity_ingest_rejected_records_total{process=\"job\",reason=\"UNKNOWN_LINE\",topic=\"line-telemetry\"} 3.0",
                            "capacity_watermark_age_seconds{process=\"job\"} 1.5",
                            "jvm_memory_used_bytes");
        }
    }

    @Test
    void a_meter_used_as_another_kind_or_with_other_tags_is_refused() {
        try (ProcessMetrics metrics = new ProcessMetrics("job")) {
            assertThatThrownBy(() -> Meters.HTTP_REQUESTS.counter(metrics.registry(), "/metrics", "200"))
                    .hasMessageContaining("is a TIMER, not a COUNTER");
            assertThatThrownBy(() -> Meters.ROWS_WRITTEN.counter(metrics.registry()))
                    .hasMessageContaining("got 0 values");
        }
    }
}

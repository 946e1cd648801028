package org.capacityboard.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.StandardLoad;
import org.junit.jupiter.api.Test;

class SentReportsTest {
    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private static final int SECONDS = 200;

    private final StandardLoad load = new StandardLoad(100, SECONDS, NOON, 3);

    @Test
    void every_report_is_counted_once_whatever_comes_twice_or_is_rubbish() {
        SentReports sent = all(List.of("bench-4", "bench-70"));

        assertThat(sent.count(0)).isEqualTo(SECONDS);
        assertThat(sent.count(1)).isEqualTo(SECONDS);
        for (int number = 1; number < SECONDS; number++) {
            assertThat(sent.sentAtNanos(0, number)).isGreaterThanOrEqualTo(sent.sentAtNanos(0, number - 1));
        }
    }

    @Test
    void a_minute_may_close_when_every_partition_is_the_disorder_ahead() {
        SentReports sent = all(List.of("bench-4"));

        assertThat(sent.mayClose()).isEqualTo(NOON.plusSeconds(120));
        assertThat(sent.mayCloseAtNanos(NOON.plusSeconds(60)))
                .isLessThan(sent.mayCloseAtNanos(NOON.plusSeconds(120)))
                .isGreaterThan(sent.sentAtNanos(0, 60));
        assertThat(sent.mayCloseAtNanos(NOON.plusSeconds(180))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void a_sample_has_no_line_twice_and_depends_on_the_seed_alone() {
        assertThat(SentReports.sample(1_000, 50, 1))
                .hasSize(50)
                .doesNotHaveDuplicates()
                .isSorted()
                .isEqualTo(SentReports.sample(1_000, 50, 1))
                .isNotEqualTo(SentReports.sample(1_000, 50, 2));
    }

    private SentReports all(List<String> lineIds) {
        SentReports sent = new SentReports(lineIds, (partition, key, value) -> {});
        LoadEvents events = new LoadEvents(load);
        while (events.hasNext()) {
            events.next(sent);
        }
        return sent;
    }
}

package org.capacityboard.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.capacityboard.bench.load.LoadEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveFeedTest {
    private final List<Long> sentAtNanos = Collections.synchronizedList(new ArrayList<>());
    private final LoadEvents.Output output = (partition, key, value) -> sentAtNanos.add(System.nanoTime());

    @Test
    void records_go_evenly_at_their_rate() throws Exception {
        long startedAt = System.nanoTime();
        try (LiveFeed feed = LiveFeed.ofPast(100, 2_000, Duration.ofSeconds(10), 1, output)) {
            Patience.await("half a second", Duration.ofSeconds(10), () -> feed.sent() >= 1_000);
        }

        double seconds = (sentAtNanos.get(999) - startedAt) / 1e9;
        assertThat(seconds).isGreaterThan(0.45);
        double halfSeconds = (sentAtNanos.get(499) - startedAt) / 1e9;
        assertThat(halfSeconds).isGreaterThan(0.2);
    }

    @Test
    void a_load_that_began_in_the_past_catches_up_and_then_goes_by_the_clock() throws Exception {
        try (LiveFeed feed = LiveFeed.ofNow(50, Duration.ofMinutes(2), 1, output)) {
            Patience.await(
                    "the present", Duration.ofSeconds(10), () -> feed.sent() > 120 * 50 && feed.behindMs() < 100);

            assertThat(feed.eventTime())
                    .isBetween(Instant.now().minusSeconds(2), Instant.now().plusSeconds(1));
        }
    }

    @Test
    void what_a_window_needs_to_close_is_sent_at_once_in_the_end() throws Exception {
        Instant end = Instant.now().plusSeconds(5);
        try (LiveFeed feed = LiveFeed.ofNow(50, Duration.ofSeconds(10), 1, output)) {
            assertThat(feed.stopBeyond(end).closedUntil()).isAfterOrEqualTo(end);
        }
        assertThat(Instant.now()).isBefore(end.plusSeconds(5));
    }
}

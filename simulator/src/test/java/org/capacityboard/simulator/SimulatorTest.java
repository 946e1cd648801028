package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.EventJsonException;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
    private static final Instant ONE_HOUR_LATER = Feed.START.plus(Duration.ofHours(1));

    private final Path directory;

    SimulatorTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** Keeps what it is sent; may ask to stop, or fail, after so many. */
    private static class Recorder implements EventOutput {
        final List<SimulatedEvent> events = new ArrayList<>();
        private final int limit;
        private final Runnable atLimit;

        Recorder(int limit, Runnable atLimit) {
            this.limit = limit;
            this.atLimit = atLimit;
        }

        Recorder() {
            this(Integer.MAX_VALUE, () -> {});
        }

        @Override
        public void send(SimulatedEvent event) {
            events.add(event);
            if (events.size() == limit) {
                atLimit.run();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void stopped_and_started_again_it_leaves_nothing_out_and_repeats_nothing() throws Exception {
        List<SimulatedEvent> expected = Feed.events(Feed.alliance(), Feed.START, Duration.ofHours(1));
        Path position = directory.resolve("simulator.position");
        Playback playback = new Playback(1, Instant.EPOCH, ONE_HOUR_LATER, position);
        List<SimulatedEvent> seen = new ArrayList<>();
        for (int limit : List.of(1, 3_000, 5_000, Integer.MAX_VALUE)) {
            StopSignal stop = new StopSignal();
            Recorder output = new Recorder(limit, stop::stop);
            // A later run asks for a later start; the position knows better.
            Simulation wanted = Feed.alliance().startingAt(Feed.START.plusSeconds(seen.size()));
            Simulator.run(wanted, playback, output, Pacing.UNLIMITED, stop, SimulatorProgress.UNSEEN);
            seen.addAll(output.events);
        }
        assertThat(texts(seen)).isEqualTo(texts(expected));
    }

    @Test
    void killed_before_the_position_is_noted_it_repeats_and_leaves_nothing_out() throws Exception {
        Path position = directory.resolve("simulator.position");
        Playback playback = new Playback(1, Instant.EPOCH, ONE_HOUR_LATER, position);
        StopSignal stop = new StopSignal();
        Recorder first = new Recorder(4_000, stop::stop);
        Simulator.run(Feed.alliance(), playback, first, Pacing.UNLIMITED, stop, SimulatorProgress.UNSEEN);
        Recorder killed = new Recorder(500, () -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(() -> run(Feed.alliance(), playback, killed)).hasMessage("killed");
        Recorder second = new Recorder();
        run(Feed.alliance(), playback, second);

        List<SimulatedEvent> seen = new ArrayList<>(first.events);
        seen.addAll(second.events);
        assertThat(texts(seen)).isEqualTo(texts(Feed.events(Feed.alliance(), Feed.START, Duration.ofHours(1))));
        assertThat(second.events.get(0))
                .satisfies(it -> assertThat(Feed.text(it)).isEqualTo(Feed.text(killed.events.get(0))));
    }

    @Test
    void another_simulation_cannot_go_on_at_this_position() throws Exception {
        Path position = directory.resolve("simulator.position");
        Playback playback = new Playback(1, Instant.EPOCH, Feed.START.plusSeconds(1), position);
        run(Feed.alliance(), playback, new Recorder());
        assertThatThrownBy(() -> run(Feed.cleanLine(), playback, new Recorder()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be continued")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void nothing_is_sent_before_its_time_and_a_higher_speed_ends_at_the_present() throws Exception {
        Instant wallStart = ONE_HOUR_LATER;
        AtomicLong nowMs = new AtomicLong(wallStart.toEpochMilli());
        InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
        Instant historyUntil = Feed.START.plus(Duration.ofMinutes(30));
        List<Long> aheadMs = new ArrayList<>();
        List<Long> sentAtMs = new ArrayList<>();
        Recorder output = new Recorder() {
            @Override
            public void send(SimulatedEvent event) {
                super.send(event);
                aheadMs.add(event.sendTimeMs() - nowMs.get());
                sentAtMs.add(nowMs.get() - wallStart.toEpochMilli());
            }
        };
        new Simulator(
                        Feed.cleanLine(),
                        new Playback(3600, historyUntil, ONE_HOUR_LATER.plusSeconds(20), null),
                        output,
                        Pacing.UNLIMITED,
                        new StopSignal(),
                        SimulatorProgress.UNSEEN,
                        clock,
                        length -> nowMs.addAndGet(length.toMillis()))
                .run();
        assertThat(aheadMs).allSatisfy(it -> assertThat(it).isLessThanOrEqualTo(0));
        int history = (int) output.events.stream()
                .filter(it -> it.sendTimeMs() <= historyUntil.toEpochMilli())
                .count();
        assertThat(sentAtMs.get(history - 1)).isZero();
        // Half an hour at 3600 takes half a second; then 20 s take 20 s.
        int past = (int) output.events.stream()
                .filter(it -> it.sendTimeMs() <= wallStart.toEpochMilli())
                .count();
        assertThat(sentAtMs.get(past - 1)).isBetween(400L, 700L);
        assertThat(sentAtMs.get(sentAtMs.size() - 1)).isBetween(10_000L, 20_000L);
    }

    @Test
    void it_does_not_run_further_than_its_readers_allow() throws Exception {
        long limitMs = Feed.START.plusSeconds(100).toEpochMilli();
        StopSignal stop = new StopSignal();
        Recorder output = new Recorder();
        int[] asked = {0};
        Pacing pacing = () -> {
            if (++asked[0] == 5) {
                stop.stop();
            }
            return limitMs;
        };
        Simulator.run(Feed.cleanLine(), Playback.live(null), output, pacing, stop, SimulatorProgress.UNSEEN);
        assertThat(output.events.get(output.events.size() - 1).sendTimeMs()).isEqualTo(limitMs);
    }

    @Test
    void files_hold_every_event_and_rubbish_stays_rubbish() throws Exception {
        try (JsonLinesOutput output = new JsonLinesOutput(directory)) {
            run(Feed.alliance(), Playback.until(ONE_HOUR_LATER), output);
        }
        List<SimulatedEvent> expected = Feed.events(Feed.alliance(), Feed.START, Duration.ofHours(1)).stream()
                .filter(it -> it.topic() == Topic.LINE_TELEMETRY)
                .toList();
        List<String> lines = Files.readAllLines(directory.resolve("line-telemetry.jsonl"));
        assertThat(lines).hasSameSizeAs(expected);
        int refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            try {
                var parsed = EventJson.parse(Topic.LINE_TELEMETRY, lines.get(i));
                assertThat(parsed.event()).isEqualTo(Feed.decoded(expected.get(i)));
                assertThat(parsed.receivedAt())
                        .isEqualTo(Instant.ofEpochMilli(expected.get(i).sendTimeMs()));
            } catch (EventJsonException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 20);
        assertThat(directory.resolve("plants.jsonl")).exists();
        assertThat(directory.resolve("shift-plans.jsonl")).exists();
        for (Topic topic : List.of(Topic.ORDERS, Topic.DELIVERIES)) {
            List<String> written = Files.readAllLines(directory.resolve(topic.fileName()));
            assertThat(written).hasSizeGreaterThan(1_000).allSatisfy(it -> assertThat(
                            EventJson.parse(topic, it).receivedAt())
                    .isBetween(Feed.START, ONE_HOUR_LATER));
        }
    }

    private static List<String> texts(List<SimulatedEvent> events) {
        return events.stream().map(Feed::text).toList();
    }

    private static void run(Simulation simulation, Playback playback, EventOutput output)
            throws InterruptedException, IOException {
        Simulator.run(simulation, playback, output, Pacing.UNLIMITED, new StopSignal(), SimulatorProgress.UNSEEN);
    }
}

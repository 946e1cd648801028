package org.capacityboard.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.local.embedded.EmbeddedBroker;
import org.capacityboard.local.embedded.LoopbackPort;
import org.capacityboard.local.setup.TopicCreation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamsRestartIT {
    private static final String APPLICATION = "restarted";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final StandardLoad LOAD = new StandardLoad(40, 300, Instant.parse("2026-03-02T23:57:55Z"), 1);

    @ParameterizedTest
    @EnumSource
    void rows_are_the_oracles_after_threads_died_between_two_commits(StreamsRung.Build build, @TempDir Path directory)
            throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            String bootstrap = LoopbackPort.HOST + ":" + broker.port();
            RunPlan plan = plan(Files.createDirectories(directory.resolve("run")), bootstrap);
            new TopicCreation(plan.boardSettings().kafka()).create();
            DyingProgress progress = new DyingProgress();
            AtomicInteger deaths = new AtomicInteger();
            try (Admin admin = Admin.create(plan.boardSettings().kafka().clientProperties());
                    LoadWriter writer = new LoadWriter(bootstrap, "bench");
                    KafkaStreams streams = StreamsRung.streams(build, plan, APPLICATION, progress)) {
                StreamsRung.createOutput(admin, APPLICATION);
                streams.setUncaughtExceptionHandler(death -> {
                    deaths.incrementAndGet();
                    return StreamThreadExceptionResponse.REPLACE_THREAD;
                });
                streams.start();
                LoadEvents events = new LoadEvents(LOAD);
                AtomicLong sent = new AtomicLong();
                send(events, LOAD.seconds() / 2, writer, sent);
                await(() -> StreamsRung.committed(admin, APPLICATION) >= sent.get());

                progress.dieAt(progress.takenRecords() + 1_000);
                send(events, LOAD.seconds(), writer, sent);
                await(() -> StreamsRung.committed(admin, APPLICATION) >= sent.get());
            }

            assertThat(deaths).hasPositiveValue();
            assertThat(LoadOracle.differences(
                            LOAD,
                            LoadOracle.digest(LOAD),
                            (from, to) -> StreamsRung.rows(plan, APPLICATION, Set.copyOf(LOAD.lineIds(from, to)))))
                    .isEmpty();
        }
    }

    private static RunPlan plan(Path directory, String bootstrap) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("kafka.bootstrap", bootstrap);
        settings.put("kafka.topic-prefix", "bench");
        settings.put("checkpoint.interval", "500ms");
        // The partitions of a dead thread are given to others when its session has timed out.
        settings.put("kafka.properties.session.timeout.ms", "6000");
        return new RunPlan(LOAD, LoadSize.of(LOAD), 2, settings, directory, directory.resolve("oracle"));
    }

    private static void send(LoadEvents events, int untilSecond, LoadWriter writer, AtomicLong sent) {
        for (int second = sent.get() == 0 ? 0 : LOAD.seconds() / 2; second < untilSecond; second++) {
            events.next((partition, key, value) -> {
                writer.send(partition, key, value);
                sent.incrementAndGet();
            });
        }
        writer.flush();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(giveUpAt);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Lets a thread die that takes a certain record, and a thread that takes one after it. */
    private static final class DyingProgress extends StreamsProgress {
        private final AtomicLong dieAt = new AtomicLong(Long.MAX_VALUE);
        private final AtomicInteger lives = new AtomicInteger(2);

        void dieAt(long records) {
            dieAt.set(records);
        }

        @Override
        void took() {
            super.took();
            if (takenRecords() >= dieAt.get() && lives.getAndDecrement() > 0) {
                throw new IllegalStateException("as if killed");
            }
        }
    }
}

package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.FIVE_MINUTES;
import static org.capacityboard.flink.ingest.Events.T0;
import static org.capacityboard.flink.ingest.Events.T0_MS;
import static org.capacityboard.flink.ingest.Events.plant;
import static org.capacityboard.flink.ingest.Events.shiftPlan;
import static org.capacityboard.flink.ingest.Events.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplaySourceTest {
    private static final List<Topic> TOPICS = List.of(Topic.LINE_TELEMETRY, Topic.SHIFT_PLANS, Topic.PLANTS);
    private static final Instant NOW = T0.plus(Duration.ofDays(1));

    private final Path directory;

    ReplaySourceTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void reference_without_receive_time_comes_first_and_all_else_in_the_order_of_receipt() throws Exception {
        write(Topic.LINE_TELEMETRY, report(0, null), report(60, T0.plusSeconds(90)), report(61, T0.plusSeconds(61)));
        write(Topic.PLANTS, EventJson.write(plant().build()));
        write(
                Topic.SHIFT_PLANS,
                EventJson.write(shiftPlan().build(), T0.plusSeconds(70)),
                EventJson.write(shiftPlan().setPlanId("P2").build()));

        assertThat(replay(null).emitted)
                .containsExactly(
                        "shift-plans:2",
                        "plants:1",
                        "line-telemetry:1",
                        mark(-30),
                        "line-telemetry:3",
                        mark(31),
                        "shift-plans:1",
                        "line-telemetry:2",
                        mark(90));
    }

    @Test
    void line_with_a_typo_is_refused_where_it_stands_and_stops_nothing() throws Exception {
        write(
                Topic.LINE_TELEMETRY,
                report(0, null),
                report(10, null).replace("goodCount", "godCount"),
                "",
                "no json",
                report(20, null));

        assertThat(replay(null).emitted)
                .containsExactly(
                        "line-telemetry:1",
                        mark(-30),
                        "line-telemetry:2 UNREADABLE",
                        "line-telemetry:4 UNREADABLE",
                        "line-telemetry:5",
                        mark(-10),
                        mark(20));
    }

    @Test
    void what_has_a_time_after_until_is_passed_over() throws Exception {
        write(Topic.LINE_TELEMETRY, report(0, null), report(5, T0.plusSeconds(11)), report(10, null), report(11, null));

        assertThat(replay(T0.plusSeconds(10)).emitted)
                .containsExactly("line-telemetry:1", mark(-30), "line-telemetry:3", mark(-20), mark(10));
    }

    @Test
    void event_ahead_of_the_wall_clock_does_not_stretch_the_replay() throws Exception {
        write(
                Topic.LINE_TELEMETRY,
                report(0, null),
                EventJson.write(telemetry().setEventTime(NOW.plusSeconds(1)).build()));

        assertThat(replay(null).emitted).containsExactly("line-telemetry:1", mark(-30), mark(0));
    }

    @Test
    void missing_files_are_empty_topics() throws Exception {
        assertThat(replay(T0).emitted).containsExactly(mark(0));
    }

    @Test
    void large_file_in_no_order_is_read_in_order() throws Exception {
        List<Integer> seconds =
                new ArrayList<>(IntStream.range(0, 5_000).boxed().toList());
        Collections.shuffle(seconds, new Random(3));
        write(
                Topic.LINE_TELEMETRY,
                seconds.stream().map(second -> report(second, null)).toArray(String[]::new));

        List<String> records = replay(null).emitted.stream()
                .filter(entry -> entry.startsWith("line"))
                .toList();

        assertThat(records)
                .isEqualTo(IntStream.range(0, 5_000)
                        .mapToObj(second -> "line-telemetry:" + (seconds.indexOf(second) + 1))
                        .toList());
    }

    @Test
    void line_longer_than_the_window_is_read_whole() throws Exception {
        String longLine = report(1, null).replace("{", "{" + " ".repeat(200_000));
        write(Topic.LINE_TELEMETRY, report(0, null), longLine, report(2, null));

        assertThat(replay(null).emitted).contains("line-telemetry:2", "line-telemetry:3");
    }

    @Test
    void restored_reader_goes_on_after_the_last_record_it_emitted() throws Exception {
        write(Topic.LINE_TELEMETRY, report(0, null), report(1, null), report(2, null));

        Output rest = new Output();
        read(source(null), new ReplaySource.Progress(2), rest);

        assertThat(rest.emitted).containsExactly("line-telemetry:3", mark(-28), mark(2));
    }

    @Test
    void function_behind_the_source_sees_each_watermark_before_the_next_record() throws Exception {
        write(Topic.LINE_TELEMETRY, report(0, null), report(100, null), report(50, T0.plusSeconds(200)));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);

        List<Long> stamps = new ArrayList<>();
        try (CloseableIterator<Long> seen = env.fromSource(
                        source(null), WatermarkStrategy.noWatermarks(), "files", SlimType.of(IngestedCodec.INSTANCE))
                .process(new Stamp(), Types.LONG)
                .executeAndCollect()) {
            seen.forEachRemaining(stamps::add);
        }

        assertThat(stamps).containsExactly(Long.MIN_VALUE, T0_MS - 30_000, T0_MS + 70_000);
    }

    private static final class Stamp extends ProcessFunction<Ingested, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Ingested record, Context context, Collector<Long> out) {
            out.collect(context.timerService().currentWatermark());
        }
    }

    private Output replay(@Nullable Instant until) throws Exception {
        Output output = new Output();
        read(source(until), new ReplaySource.Progress(0), output);
        return output;
    }

    private static void read(ReplaySource source, ReplaySource.Progress from, Output output) throws Exception {
        try (ReplayReader reader = new ReplayReader(source)) {
            reader.start();
            reader.addSplits(List.of(from));
            reader.notifyNoMoreSplits();
            while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
                assertThat(reader.isAvailable()).isDone();
            }
        }
    }

    private ReplaySource source(@Nullable Instant until) {
        return new ReplaySource(directory, TOPICS, FIVE_MINUTES, Duration.ofSeconds(30), until, NOW);
    }

    private void write(Topic topic, String... lines) throws IOException {
        Files.write(directory.resolve(topic.fileName()), Arrays.asList(lines));
    }

    private static String report(int second, @Nullable Instant receivedAt) {
        return EventJson.write(telemetry().setEventTime(T0.plusSeconds(second)).build(), receivedAt);
    }

    private static String mark(int second) {
        return "watermark " + T0.plusSeconds(second);
    }

    private static final class Output implements ReaderOutput<Ingested> {
        private final List<String> emitted = new ArrayList<>();

        @Override
        public void collect(Ingested record) {
            Origin origin = record.origin();
            emitted.add(origin.topic() + ":" + origin.offset()
                    + (record instanceof Ingested.Refused refused
                            ? " " + refused.rejection().code()
                            : ""));
        }

        @Override
        public void collect(Ingested record, long timestampMs) {
            collect(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add("watermark " + Instant.ofEpochMilli(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<Ingested> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }
}

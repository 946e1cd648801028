package org.capacityboard.flink.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.capacityboard.flink.sinks.ThroughputRows.DAY_0;
import static org.capacityboard.flink.sinks.ThroughputRows.ONE_DAY;
import static org.capacityboard.flink.sinks.ThroughputRows.ONE_MINUTE;
import static org.capacityboard.flink.sinks.ThroughputRows.T0;
import static org.capacityboard.flink.sinks.ThroughputRows.facts;
import static org.capacityboard.flink.sinks.ThroughputRows.loss;
import static org.capacityboard.flink.sinks.ThroughputRows.minute;
import static org.capacityboard.flink.sinks.ThroughputRows.neverHeardOf;
import static org.capacityboard.flink.sinks.ThroughputRows.producing;
import static org.capacityboard.flink.sinks.ThroughputRows.stamp;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.process.settings.SinkSettings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSinkIT {
    private static final SinkSettings SETTINGS = new SinkSettings(100, Duration.ofMillis(200));
    private static final SinkWriter.Context NO_CONTEXT = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    private final RowCount written = new RowCount(new UnregisteredMetricsGroup());

    @SuppressWarnings("NullAway.Init")
    private RestartableDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        database = new RestartableDatabase(directory);
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @Test
    void newest_writing_stands_whichever_comes_first() throws Exception {
        try (PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter())) {
            write(writer, minute("order", T0, 7, stamp(7)), minute("order", T0 + ONE_MINUTE, 2, stamp(2)));
            write(writer, minute("order", T0, 2, stamp(2)), minute("order", T0 + ONE_MINUTE, 7, stamp(7)));
        }

        assertThat(database.read("select good_units, version from line_product_minute where line_id = 'order'"))
                .containsExactly("7,7", "7,7");
    }

    @Test
    void newest_writing_of_one_batch_stands() throws Exception {
        try (PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter())) {
            write(
                    writer,
                    minute("batch", T0, 1, stamp(1)),
                    minute("batch", T0, 3, stamp(3)),
                    minute("batch", T0, 2, stamp(2)));
        }

        assertThat(database.read("select good_units, version from line_product_minute where line_id = 'batch'"))
                .containsExactly("3,3");
    }

    @Test
    void restatement_outranks_every_version_and_a_later_watermark_every_equal_version() throws Exception {
        try (PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter())) {
            write(writer, minute("restated", T0, 900, stamp(900)), minute("later", T0, 1, new RowStamp(0, 5, T0 + 1)));
            write(
                    writer,
                    minute("restated", T0, 1, new RowStamp(1, 1, T0)),
                    minute("later", T0, 2, new RowStamp(0, 5, T0)));
        }

        assertThat(
                        database.read(
                                "select line_id, good_units from line_product_minute where line_id in ('restated', 'later') order by 1"))
                .containsExactly("later,1", "restated,1");
    }

    @Test
    void rows_of_every_kind_are_seen_as_written() throws Exception {
        try (PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter())) {
            write(
                    writer,
                    facts(FactWindow.HOUR, "kinds", T0, 60, stamp(4)),
                    facts(FactWindow.DAY, "kinds", DAY_0, 480, stamp(4)),
                    loss("kinds", "", 1_500, stamp(4)),
                    loss("kinds", "no powder", 2_500, stamp(4)),
                    producing("kinds", stamp(4)),
                    neverHeardOf("kinds-silent", new RowStamp(0, 0, Long.MIN_VALUE)));
        }

        assertThat(database.read(
                        "select window_start, good_units, reports from line_product_hour where line_id = 'kinds'"))
                .containsExactly("2026-11-20 10:00:00+00,60,6");
        assertThat(database.read(
                        "select production_day, iso_week, good_units from line_product_day where line_id = 'kinds'"))
                .containsExactly("2026-11-20,2026-W47,480");
        assertThat(database.read(
                        "select category, reason_code, seconds from line_loss_day where line_id = 'kinds' order by 2"))
                .containsExactly("DOWN,,1.500", "DOWN,no powder,2.500");
        assertThat(database.read(
                        "select state, since, reason_code, product_id, last_report_at, planned_now, units_today, units_last_hour, completeness_today, "
                                + "watermark from line_current where line_id like 'kinds%' order by line_id"))
                .containsExactly(
                        "EXECUTE,2026-11-20 10:00:00+00,null,shell,2026-11-20 10:00:00.005+00,t,120,60,0.5,2026-11-20 10:00:00+00",
                        "null,null,null,null,null,f,0,0,null,-infinity");
    }

    @Test
    void rows_leave_when_enough_wait_or_the_oldest_has_waited_long_enough() throws Exception {
        String seen = "select count(*) from line_product_minute where line_id = 'patient'";
        TestProcessingTimeService clock = new TestProcessingTimeService();
        try (PostgresWriter<ThroughputRow> writer =
                writer(tables(new MinuteDays(90, false)), new SimpleCounter(), clock)) {
            for (int i = 0; i < SETTINGS.flushRows(); i++) {
                writer.write(minute("patient", T0 + i * ONE_MINUTE, 1, stamp(1)), NO_CONTEXT);
            }
            awaitRead(seen, "100");
            clock.advance(SETTINGS.flushAge().toMillis());

            writer.write(minute("patient", T0 + 100 * ONE_MINUTE, 1, stamp(1)), NO_CONTEXT);
            clock.advance(SETTINGS.flushAge().toMillis() - 1);
            assertThat(database.read(seen)).containsExactly("100");
            clock.advance(1);
            awaitRead(seen, "101");
        }
    }

    @Test
    void rows_are_taken_while_others_are_being_written_but_no_more_than_two_loads() throws Exception {
        String seen = "select count(*) from line_current where line_id like 'held-%'";
        ExecutorService task = Executors.newSingleThreadExecutor();
        try (PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter());
                Connection other = database.connect("capacity_writer");
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table store.line_current in exclusive mode");
            writeLoad(writer, 0);
            for (int row = 1; row < SETTINGS.flushRows(); row++) {
                writer.write(producing("held-1-" + row, stamp(1)), NO_CONTEXT);
            }
            Future<?> full = task.submit(() -> {
                writer.write(producing("held-1-0", stamp(1)), NO_CONTEXT);
                return null;
            });
            assertThatThrownBy(() -> full.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            other.rollback();
            full.get(60, TimeUnit.SECONDS);
            writer.flush(false);
        } finally {
            task.shutdownNow();
        }

        assertThat(database.read(seen)).containsExactly("200");
    }

    @Test
    void writer_that_is_closed_does_not_wait_for_a_database_that_says_nothing() throws Exception {
        try (Connection other = database.connect("capacity_writer");
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table store.line_current in exclusive mode");
            PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter());
            writeLoad(writer, 2);
            assertTimeoutPreemptively(Duration.ofSeconds(20), writer::close);
            other.rollback();
        }
    }

    @Test
    void database_that_goes_away_loses_no_row() throws Exception {
        Outage outage = new Outage(3);
        ExecutorService task = Executors.newSingleThreadExecutor();
        try (PostgresWriter<ThroughputRow> writer = throughput(outage)) {
            write(writer, minute("outage", T0, 1, stamp(1)));
            writer.write(minute("outage", T0, 2, stamp(2)), NO_CONTEXT);
            database.stop();
            Future<?> checkpoint = task.submit(() -> {
                writer.flush(false);
                return null;
            });
            outage.felt();
            database.start();
            checkpoint.get(60, TimeUnit.SECONDS);
        } finally {
            task.shutdownNow();
        }

        assertThat(database.read("select good_units from line_product_minute where line_id = 'outage'"))
                .containsExactly("2");
    }

    @Test
    void connection_that_is_cut_is_made_anew() throws Exception {
        Counter retries = new SimpleCounter();
        try (PostgresWriter<ThroughputRow> writer = throughput(retries)) {
            write(writer, producing("cut", stamp(1)));
            database.query(
                    "postgres",
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'capacity_writer'");
            write(writer, producing("cut", stamp(2)));
        }

        assertThat(database.read("select version from line_current where line_id = 'cut'"))
                .containsExactly("2");
        assertThat(retries.getCount()).isEqualTo(1);
    }

    @Test
    void error_that_no_waiting_heals_comes_out() throws Exception {
        try (PostgresWriter<ThroughputRow> writer = new PostgresWriter<>(
                tables(new MinuteDays(90, true)),
                new Database(database.settings("capacity_reader"), new SimpleCounter()),
                SETTINGS,
                new TestProcessingTimeService())) {
            assertThatThrownBy(() -> write(writer, producing("refused", stamp(1))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("SQLSTATE 42501")
                    .hasMessageContaining("Maybe");
        }
    }

    @Test
    void days_are_made_as_they_come_and_dropped_when_they_are_old() throws Exception {
        String days =
                "select count(*) from pg_inherits where inhparent = 'store.line_product_minute'::regclass and inhrelid::regclass::text like '%_201%'";
        long longAgo = Instant.parse("2015-03-01T00:00:00Z").toEpochMilli();
        try (PostgresWriter<ThroughputRow> writer = writer(tables(new MinuteDays(30, true)))) {
            write(writer, minute("old", longAgo, 1, stamp(1)), minute("old", longAgo + 29 * ONE_DAY, 1, stamp(1)));
            assertThat(database.query("capacity_writer", days)).containsExactly("2");

            write(writer, minute("old", longAgo + 30 * ONE_DAY, 1, stamp(1)));
            assertThat(database.query("capacity_writer", days)).containsExactly("2");
            assertThat(database.read("select window_start from line_product_minute where line_id = 'old' order by 1"))
                    .containsExactly("2015-03-30 00:00:00+00", "2015-03-31 00:00:00+00");
        }
    }

    @Test
    void day_that_another_writer_dropped_is_made_again() throws Exception {
        long longAgo = Instant.parse("2012-01-01T00:00:00Z").toEpochMilli();
        try (PostgresWriter<ThroughputRow> writer = throughput(new SimpleCounter())) {
            write(writer, minute("dropped", longAgo, 1, stamp(1)));
            database.query("capacity_writer", "select store.drop_minutes_before('2012-01-02')");
            write(writer, minute("dropped", longAgo, 2, stamp(2)));
        }

        assertThat(database.read("select good_units from line_product_minute where line_id = 'dropped'"))
                .containsExactly("2");
    }

    @Test
    void writers_of_the_same_rows_do_not_block_each_other() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(2);
        Counter retries = new SimpleCounter();
        try (PostgresWriter<ThroughputRow> one = throughput(retries);
                PostgresWriter<ThroughputRow> other = throughput(retries)) {
            Future<?> upwards = tasks.submit(() -> writeAll(one, IntStream.range(0, 2_000)));
            Future<?> downwards =
                    tasks.submit(() -> writeAll(other, IntStream.range(0, 2_000).map(i -> 1_999 - i)));
            upwards.get(60, TimeUnit.SECONDS);
            downwards.get(60, TimeUnit.SECONDS);
        } finally {
            tasks.shutdownNow();
        }

        assertThat(retries.getCount()).isZero();
        assertThat(database.read("select count(*) from line_current where line_id like 'shared-%'"))
                .containsExactly("50");
    }

    @Test
    void first_refusal_of_a_record_stands_whatever_characters_it_holds() throws Exception {
        Origin origin = new Origin("line-telemetry", 3, 42, T0);
        Origin ofFile = new Origin("line-telemetry", 0, 7, Origin.NOT_RECEIVED);
        try (PostgresWriter<Rejection> writer = writer(() -> new RejectionTable(written))) {
            write(
                    writer,
                    new Rejection(
                            origin, RejectReason.UNREADABLE, "Not an event.", Long.MIN_VALUE, "nul \0, half \ud800"),
                    new Rejection(ofFile, RejectReason.LATE, "Too late.", T0, "{}"));
            write(writer, new Rejection(origin, RejectReason.UNKNOWN_LINE, "Another word.", T0, "{}"));
        }

        assertThat(
                        database.read(
                                "select record_partition, record_offset, reason_code, event_time, received_at, payload from rejected_event order by record_offset"))
                .containsExactly(
                        "0,7,LATE,2026-11-20 10:00:00+00,null,{}",
                        "3,42,UNREADABLE,null,2026-11-20 10:00:00+00,nul \ufffd, half ?");
    }

    @Test
    void highest_revision_of_a_version_is_kept_and_the_first_of_equals() throws Exception {
        try (PostgresWriter<Ingested.Reference> writer = writer(() -> new ReferenceTables(written))) {
            write(
                    writer,
                    reference(Topic.PLANTS, plant("Second", 2).build()),
                    reference(Topic.PLANTS, plant("Third", 3).build()),
                    reference(
                            Topic.PLANTS,
                            plant("Moved", 0)
                                    .setValidFrom(Instant.ofEpochMilli(T0))
                                    .setDayStartsAt("06:00")
                                    .build()));
            write(
                    writer,
                    reference(Topic.PLANTS, plant("First", 1).build()),
                    reference(Topic.PLANTS, plant("Equal", 3).build()));
        }

        assertThat(database.read(
                        "select valid_from, valid_to, name, day_starts_at, version from plant order by valid_from"))
                .containsExactly(
                        "-infinity,2026-11-20 10:00:00+00,Third,00:00:00,3",
                        "2026-11-20 10:00:00+00,infinity,Moved,06:00:00,0");
    }

    @Test
    void nested_fields_of_a_line_find_their_columns() throws Exception {
        Line line = Line.newBuilder()
                .setLineId("nested")
                .setPlantId("0AAA1")
                .setProductId("shell")
                .setIdealCycleSeconds(12.5)
                .setCycles(List.of(new ProductCycle("fuze", 0.000001)))
                .setCalendar(LineCalendar.AROUND_THE_CLOCK)
                .setDeclaredUnitsPerHour(280)
                .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                .build();
        try (PostgresWriter<Ingested.Reference> writer = writer(() -> new ReferenceTables(written))) {
            write(writer, reference(Topic.LINES, line));
        }

        assertThat(
                        database.read(
                                "select ideal_cycle_seconds, cycles, heartbeat_seconds, calendar, hours_per_week_crisis, available_from from line where line_id = 'nested'"))
                .containsExactly(
                        "12.5,[{\"product_id\": \"fuze\", \"ideal_cycle_seconds\": 0.0000010}],60,AROUND_THE_CLOCK,120,null");
    }

    private void writeLoad(PostgresWriter<ThroughputRow> writer, int load) throws Exception {
        for (int row = 0; row < SETTINGS.flushRows(); row++) {
            writer.write(producing("held-" + load + "-" + row, stamp(1)), NO_CONTEXT);
        }
    }

    private void awaitRead(String sql, String expected) throws SQLException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!database.read(sql).equals(List.of(expected)) && System.nanoTime() < giveUpAt) {
            Thread.onSpinWait();
        }
        assertThat(database.read(sql)).containsExactly(expected);
    }

    private @Nullable Void writeAll(PostgresWriter<ThroughputRow> writer, IntStream rows) throws Exception {
        for (int row : rows.toArray()) {
            writer.write(producing("shared-" + row % 50, stamp(row)), NO_CONTEXT);
            if (row % 50 == 0) {
                writer.flush(false);
            }
        }
        writer.flush(true);
        return null;
    }

    private PostgresWriter<ThroughputRow> throughput(Counter retries) {
        return writer(tables(new MinuteDays(90, false)), retries, new TestProcessingTimeService());
    }

    private Supplier<RowBuffer<ThroughputRow>> tables(MinuteDays days) {
        return () -> new ThroughputTables(days, written);
    }

    private <T> PostgresWriter<T> writer(Supplier<? extends RowBuffer<T>> rows) {
        return writer(rows, new SimpleCounter(), new TestProcessingTimeService());
    }

    private <T> PostgresWriter<T> writer(
            Supplier<? extends RowBuffer<T>> rows, Counter retries, TestProcessingTimeService clock) {
        return new PostgresWriter<>(rows, new Database(database.settings(), retries), SETTINGS, clock);
    }

    @SafeVarargs
    private static <T> void write(PostgresWriter<T> writer, T... rows) throws IOException, InterruptedException {
        for (T row : rows) {
            writer.write(row, NO_CONTEXT);
        }
        writer.flush(false);
    }

    private static Plant.Builder plant(String name, long revision) {
        return Plant.newBuilder()
                .setPlantId("0AAA1")
                .setName(name)
                .setNation("NLD")
                .setParentEntity("Works")
                .setLatitude(52)
                .setLongitude(5)
                .setTimeZone("Europe/Amsterdam")
                .setRevision(revision);
    }

    private static Ingested.Reference reference(Topic topic, SpecificRecord event) {
        return new Ingested.Reference(
                new Origin(topic.baseName(), 0, 1, T0), topic.key(event), 0, 0, EventCodec.body(event));
    }

    /** Counts retries, and lets a test wait until an outage was felt. */
    private static final class Outage extends SimpleCounter {
        private final CountDownLatch left;

        Outage(int retries) {
            left = new CountDownLatch(retries);
        }

        @Override
        public void inc() {
            super.inc();
            left.countDown();
        }

        void felt() throws InterruptedException {
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}

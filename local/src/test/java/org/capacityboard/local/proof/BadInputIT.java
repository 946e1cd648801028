package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that a plant may send by mistake, through the real broker and jobs, while a healthy line goes on: each is told to a plant engineer in a
 * sentence, no job starts again, and the healthy line's figures stay what they are.
 */
@ExtendWith(StackExtension.class)
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final String PLANT = "0A1B2";
    private static final String HEALTHY = "healthy-1";
    private static final String OTHER = "other-1";
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final List<List<String>> FIGURES_OF_THE_FULL_HOUR = List.of(List.of("3600", "3600", "119", "1"));

    private final TestBoard board;
    private final Instant fullHour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
    private long sequence;

    BadInputIT(TestBoard board) {
        this.board = board;
    }

    @BeforeAll
    void a_healthy_line_runs() throws Exception {
        Settings quick =
                board.settings().with("throughput.idle-after", "1s").with("throughput.unknown-line-wait", "1s");
        board.send(List.of(
                plant().build(), product(), line(HEALTHY).build(), line(OTHER).build()));
        board.start(BoardJob.REFERENCE, quick);
        board.start(BoardJob.THROUGHPUT, quick);
        List<LineTelemetry> reports = new ArrayList<>();
        for (Instant at = fullHour; at.isBefore(Instant.now()); at = at.plus(HALF_A_MINUTE)) {
            reports.add(healthyReport(at));
        }
        board.send(reports);
        board.awaitRows(figuresOfTheFullHour(), FIGURES_OF_THE_FULL_HOUR);
    }

    @AfterEach
    void the_healthy_line_goes_on_and_no_job_started_again() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        board.send(List.of(healthyReport(now)));

        board.awaitRows(
                "select last_report_at = '" + now + "', state from capacity.line_current where line_id = '" + HEALTHY
                        + "'",
                List.of(List.of("t", "EXECUTE")));
        assertThat(board.rows(figuresOfTheFullHour())).isEqualTo(FIGURES_OF_THE_FULL_HOUR);
        board.assertNeverRestarted(BoardJob.THROUGHPUT);
        board.assertNeverRestarted(BoardJob.REFERENCE);
    }

    @Test
    void unreadable_bytes() throws Exception {
        assertRefused(
                Topic.LINE_TELEMETRY,
                "{\"lineId\":\"other-1\",\"state\":\"EXECUTE\"}".getBytes(StandardCharsets.UTF_8),
                "UNREADABLE",
                "it must start with the marker c301",
                "Maybe it was written as JSON");
    }

    @Test
    void a_report_that_was_cut_off() throws Exception {
        byte[] whole = EventCodec.encode(report(OTHER).build());

        assertRefused(
                Topic.LINE_TELEMETRY,
                Arrays.copyOf(whole, whole.length - 3),
                "UNREADABLE",
                "is not what its schema says",
                "Maybe it was cut off");
    }

    @Test
    void an_event_from_2090() throws Exception {
        assertRefused(
                report(OTHER)
                        .setEventTime(Instant.parse("2090-01-01T00:00:00Z"))
                        .build(),
                "FUTURE_EVENT",
                "Field 'eventTime' of line-telemetry is 2090-01-01T00:00:00Z: it must be at most 5 min after it was received",
                "Maybe the edge's clock is ahead.");
    }

    @Test
    void an_event_from_1970() throws Exception {
        assertRefused(
                report(OTHER).setEventTime(Instant.EPOCH).build(),
                "ANCIENT_EVENT",
                "Field 'eventTime' of line-telemetry is 1970-01-01T00:00:00Z: it must be in the year 2000 or later.",
                "Maybe the edge's clock was never set.");
    }

    @Test
    void a_negative_counter() throws Exception {
        assertRefused(
                report(OTHER).setGoodCount(-5).build(),
                "NEGATIVE_COUNT",
                "Field 'goodCount' of line-telemetry is -5: it must be 0 or more.",
                "Maybe a signed counter ran over");
    }

    @Test
    void a_line_that_nobody_announced() throws Exception {
        assertRefused(
                report("ghost-1").build(),
                "UNKNOWN_LINE",
                "Line ghost-1 is not known",
                "Maybe the line was never announced, or its lineId is misspelt.");
    }

    @Test
    void a_malformed_id() throws Exception {
        assertRefused(
                report("line 1, hall Ü").build(),
                "MALFORMED_ID",
                "Field 'lineId' of line-telemetry is \"line 1, hall Ü\": it must be 1 to 64 letters, digits, dots, underscores and hyphens.",
                "Maybe it holds a blank");
    }

    @Test
    void a_time_zone_that_does_not_exist() throws Exception {
        assertRefused(
                plant().setPlantId("0A1B3").setTimeZone("Europe/Warschau").build(),
                "UNKNOWN_ZONE",
                "Field 'timeZone' of plants is \"Europe/Warschau\": it must be a zone of the IANA database, such as Europe/Warsaw.",
                "Maybe ");
    }

    @Test
    void a_report_older_than_the_horizon() throws Exception {
        Instant threeDaysAgo = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);

        assertRefused(
                report(OTHER).setEventTime(threeDaysAgo).build(),
                "LATE",
                "came too late: it would change figures of " + threeDaysAgo,
                "correction horizon 48 h",
                "Maybe the edge was cut off for longer than that.");
    }

    @Test
    void a_revision_with_two_contents() throws Exception {
        assertRefused(
                plant().setName("Works Two").build(),
                "CONFLICTING_REVISION",
                PLANT,
                "the first one stands",
                "Maybe the change needs a higher revision.");
        assertThat(board.rows("select name from capacity.plant where plant_id = '" + PLANT + "'"))
                .containsExactly(List.of("Works One"));
    }

    @Test
    void a_line_of_a_plant_that_does_not_exist() throws Exception {
        assertRefused(
                line("lost-1").setPlantId("9Z9Z9").build(),
                "UNKNOWN_REFERENCE",
                "lost-1 names plant 9Z9Z9, which topic plants does not have.",
                "Maybe it was not sent yet: send it first");
    }

    @Test
    void a_shift_that_ends_before_it_starts() throws Exception {
        assertRefused(
                ShiftPlan.newBuilder()
                        .setPlanId("night-1")
                        .setLineId(OTHER)
                        .setStart(fullHour)
                        .setEnd(fullHour.minus(Duration.ofHours(16)))
                        .build(),
                "BAD_INTERVAL",
                "Field 'end' of shift-plans is",
                "Maybe a night shift ends on the next day.");
    }

    @Test
    void an_edge_with_a_newer_schema_is_refused_until_the_schema_is_registered_and_read_from_then_on(
            @TempDir Path directory) throws Exception {
        Schema newer = telemetryWith(new Schema.Field(
                "vibrationMmPerSecond",
                Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.DOUBLE)),
                "Vibration of the spindle, mm/s.",
                Schema.Field.NULL_DEFAULT_VALUE));
        assertRefused(
                Topic.LINE_TELEMETRY,
                written(newer, "vibrationMmPerSecond", 2.5, fullHour),
                "UNKNOWN_SCHEMA",
                "which nobody registered",
                "Maybe the edge was updated");

        CapacityCall registration = register(directory, newer);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        board.sendBytes(Topic.LINE_TELEMETRY, OTHER, written(newer, "vibrationMmPerSecond", 2.5, now));

        assertThat(registration.exitCode()).as(registration.err()).isZero();
        assertThat(registration.out()).contains("LineTelemetry", "registered");
        board.awaitRows(
                "select last_report_at = '" + now + "' from capacity.line_current where line_id = '" + OTHER + "'",
                List.of(List.of("t")));
    }

    @Test
    void a_newer_schema_that_cannot_be_read_is_not_registered(@TempDir Path directory) throws IOException {
        Schema incompatible = telemetryWithout("goodCount");

        CapacityCall registration = register(directory, incompatible);

        assertThat(registration.exitCode()).isEqualTo(1);
        assertThat(registration.err())
                .contains("newer.avsc", "cannot be read as an event of topic line-telemetry", "goodCount")
                .contains("\nMaybe a new field needs a default, and a field once there stays.")
                .doesNotContain("\tat ", "Exception");
        assertThat(registration.out()).isEmpty();
    }

    private void assertRefused(SpecificRecord event, String code, String... tellingParts) throws Exception {
        assertRefused(Topic.of(event), EventCodec.encode(event), code, tellingParts);
    }

    /** Sends it, and expects one more row that says why it was refused. */
    private void assertRefused(Topic topic, byte[] record, String code, String... tellingParts) throws Exception {
        int before = refusals().size();
        board.sendBytes(topic, "key", record);

        assertThat(TestBoard.await(() -> refusals().size(), before + 1)).isEqualTo(before + 1);
        List<String> newest = refusals().get(0);
        assertThat(newest.get(0)).isEqualTo(topic.baseName());
        assertThat(newest.get(1)).isEqualTo(code);
        assertThat(newest.get(2)).contains(tellingParts);
        assertThat(newest.get(3)).isNotEmpty();
    }

    private List<List<String>> refusals() throws SQLException {
        return board.rows("select topic, reason_code, reason, payload from capacity.rejected_event"
                + " order by computed_at desc, received_at desc");
    }

    private String figuresOfTheFullHour() {
        return "select planned_seconds::int, producing_seconds::int, good_units, round(completeness)"
                + " from capacity.line_hour where line_id = '" + HEALTHY + "' and window_start = '" + fullHour + "'";
    }

    private CapacityCall register(Path directory, Schema schema) throws IOException {
        Path file = Files.writeString(directory.resolve("newer.avsc"), schema.toString(true));
        return CapacityCall.of(
                "schemas",
                "register",
                file.toString(),
                "--set",
                "kafka.bootstrap=" + board.settings().kafka().bootstrap(),
                "--set",
                "kafka.topic-prefix=" + board.settings().kafka().topicPrefix());
    }

    private LineTelemetry healthyReport(Instant at) {
        sequence++;
        return report(HEALTHY)
                .setSequence(sequence)
                .setEventTime(at)
                .setGoodCount(sequence)
                .build();
    }

    private LineTelemetry.Builder report(String lineId) {
        return LineTelemetry.newBuilder()
                .setLineId(lineId)
                .setSessionId(fullHour.toEpochMilli())
                .setSequence(1)
                .setEventTime(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setState(MachineState.EXECUTE)
                .setGoodCount(1)
                .setScrapCount(0);
    }

    private static Plant.Builder plant() {
        return Plant.newBuilder()
                .setPlantId(PLANT)
                .setName("Works One")
                .setNation("POL")
                .setParentEntity("Works Group")
                .setLatitude(52.1)
                .setLongitude(21.0)
                .setTimeZone("UTC");
    }

    private static Product product() {
        return Product.newBuilder()
                .setProductId("shell")
                .setName("Shell")
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .build();
    }

    private static Line.Builder line(String id) {
        return Line.newBuilder()
                .setLineId(id)
                .setPlantId(PLANT)
                .setProductId("shell")
                .setIdealCycleSeconds(30)
                .setCalendar(LineCalendar.AROUND_THE_CLOCK)
                .setDeclaredUnitsPerHour(100);
    }

    /** As an edge of another release writes, by Avro's own encoder. */
    private byte[] written(Schema schema, String addedField, Object addedValue, Instant eventTime) throws IOException {
        GenericRecord event = new GenericData.Record(schema);
        event.put("lineId", OTHER);
        event.put("sessionId", fullHour.toEpochMilli());
        event.put("sequence", 100L);
        event.put("eventTime", eventTime.toEpochMilli());
        event.put("state", new GenericData.EnumSymbol(schema.getField("state").schema(), "EXECUTE"));
        event.put("goodCount", 1L);
        event.put("scrapCount", 0L);
        event.put(addedField, addedValue);
        ByteBuffer written = new BinaryMessageEncoder<GenericRecord>(new GenericData(), schema).encode(event);
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    private static Schema telemetryWith(Schema.Field added) {
        List<Schema.Field> fields = copiedFields();
        fields.add(added);
        return telemetry(fields);
    }

    private static Schema telemetryWithout(String name) {
        return telemetry(copiedFields().stream()
                .filter(field -> !field.name().equals(name))
                .toList());
    }

    private static List<Schema.Field> copiedFields() {
        List<Schema.Field> fields = new ArrayList<>();
        LineTelemetry.getClassSchema()
                .getFields()
                .forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return fields;
    }

    private static Schema telemetry(List<Schema.Field> fields) {
        return Schema.createRecord("LineTelemetry", "A newer one.", "org.capacityboard.events", false, fields);
    }
}

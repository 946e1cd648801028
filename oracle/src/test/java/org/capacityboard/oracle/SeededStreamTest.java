package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.JsonEvent;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeededStreamTest {
    private static final StreamOptions SMALL = StreamOptions.DEFAULT.withReportsPerLine(60);

    @Test
    void the_same_seed_makes_the_same_bytes() throws NoSuchAlgorithmException {
        assertThat(fingerprint(SeededStream.of(7, SMALL))).isEqualTo(fingerprint(SeededStream.of(7, SMALL)));
        assertThat(fingerprint(SeededStream.of(7, SMALL))).isNotEqualTo(fingerprint(SeededStream.of(8, SMALL)));
    }

    private static String fingerprint(SeededStream stream) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Arrival arrival : stream.arrivals()) {
            digest.update((arrival.topic() + " " + arrival.receivedAt()).getBytes(StandardCharsets.UTF_8));
            digest.update(arrival.value());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void streams_hold_every_kind_of_rubbish() {
        TreeSet<String> reasons = new TreeSet<>();
        LongStream.range(0, 10).forEach(seed -> SeededStream.of(seed, StreamOptions.DEFAULT)
                .rubbish()
                .forEach(arrival -> reasons.add(Objects.requireNonNull(arrival.refusedAs()))));

        assertThat(reasons)
                .containsExactly(
                        "ANCIENT_EVENT",
                        "BAD_INTERVAL",
                        "CONFLICTING_REVISION",
                        "FUTURE_EVENT",
                        "MALFORMED_ID",
                        "NEGATIVE_COUNT",
                        "UNKNOWN_LINE",
                        "UNKNOWN_SCHEMA",
                        "UNKNOWN_ZONE",
                        "UNREADABLE");
    }

    @Test
    void rubbish_changes_no_row() {
        SeededStream stream = SeededStream.of(3, SMALL);
        List<Arrival> valid = stream.arrivals().stream()
                .filter(arrival -> arrival.refusedAs() == null)
                .toList();

        assertThat(OracleDifference.between(
                        Oracle.throughput(OracleInput.replayed(valid, stream.until(), stream.horizon())),
                        Oracle.throughput(stream.replayed(stream.until()))))
                .isEmpty();
    }

    @Test
    void rows_do_not_depend_on_the_order_of_arrival() {
        SeededStream stream = SeededStream.of(4, SMALL);
        List<Arrival> sorted = new ArrayList<>(stream.arrivals());
        sorted.removeIf(arrival -> arrival.refusedAs() != null || !(arrival.event() instanceof LineTelemetry));
        sorted.sort(Comparator.comparing(
                arrival -> ((LineTelemetry) Objects.requireNonNull(arrival.event())).getEventTime()));
        sorted.addAll(
                0,
                stream.arrivals().stream()
                        .filter(arrival -> arrival.refusedAs() == null && !(arrival.event() instanceof LineTelemetry))
                        .toList());

        assertThat(OracleDifference.between(
                        Oracle.throughput(stream.replayed(stream.until())),
                        Oracle.throughput(OracleInput.replayed(sorted, stream.until(), stream.horizon()))))
                .isEmpty();
    }

    @Test
    void readable_bytes_say_what_the_event_says() {
        SchemaLookup schemas = SchemaLookup.ofThisRelease();
        for (Arrival arrival : SeededStream.of(5, SMALL).arrivals()) {
            if (arrival.event() != null) {
                Schema writer = Objects.requireNonNull(schemas.find(EventCodec.fingerprint(arrival.value())));
                assertThat(EventCodec.decode(arrival.value(), writer, arrival.topic()))
                        .isEqualTo(arrival.event());
            }
        }
    }

    @Test
    void json_lines_hold_every_valid_record_with_its_receive_time(@TempDir Path folder) throws IOException {
        SeededStream stream = SeededStream.of(6, SMALL);
        stream.writeJsonLines(folder);

        List<SpecificRecord> expected = new ArrayList<>();
        List<SpecificRecord> read = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve(Topic.LINE_TELEMETRY.fileName()));
        List<Arrival> written = stream.arrivals().stream()
                .filter(arrival -> arrival.topic() == Topic.LINE_TELEMETRY && arrival.event() != null)
                .toList();
        assertThat(lines).hasSameSizeAs(written);
        for (int i = 0; i < lines.size(); i++) {
            if (written.get(i).refusedAs() == null) {
                JsonEvent event = EventJson.parse(Topic.LINE_TELEMETRY, lines.get(i));
                assertThat(event.receivedAt()).isEqualTo(written.get(i).receivedAt());
                read.add(event.event());
                expected.add(Objects.requireNonNull(written.get(i).event()));
            }
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void a_horizon_too_short_for_the_clocks_is_refused() {
        assertThatThrownBy(() -> SMALL.withHorizon(Duration.ofHours(1)))
                .hasMessage("horizon is PT1H, must be at least PT2H");
    }

    @Test
    void every_arrival_is_received_later_than_the_one_before() {
        List<Instant> times = SeededStream.of(9, SMALL).arrivals().stream()
                .map(Arrival::receivedAt)
                .toList();
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }
}

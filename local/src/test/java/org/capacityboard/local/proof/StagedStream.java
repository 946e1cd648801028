package org.capacityboard.local.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.OracleEvent;
import org.capacityboard.oracle.OracleInput;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.oracle.SeededStream;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A seeded stream cut into stages, each of which ends at a watermark that is known beforehand. For that every partition of
 * line-telemetry has a line of its own, its pulse: at the end of a stage it reports just before the watermark, which gives a
 * row that closes at it, and once more as far after it as the watermark trails the highest event time. The last stage ends
 * when every row that holds a report is final.
 *
 * <p>A stage's reference data is to be known before its reports are sent. It may then come earlier than its place in the
 * stream, never later; so with reference data that comes in time every version acts from its validFrom on.
 */
final class StagedStream {
    /** Lines whose id begins like this beat the time. */
    static final String PULSE = "pulse-";

    private static final String PULSE_PLANT = "PULSE";
    private static final String PULSE_PRODUCT = "pulse";

    /**
     * A record on its way.
     *
     * @param partition null to leave it to the key
     */
    record Sending(Arrival arrival, @Nullable Integer partition) {}

    /**
     * A part of the stream.
     *
     * @param references to be known before the reports are sent
     * @param watermark reached when the reports have been read
     */
    record Stage(List<Sending> references, List<Sending> reports, Instant watermark) {}

    private final SeededStream stream;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Arrival> all = new ArrayList<>();
    private Instant highest = Instant.EPOCH;
    private Instant watermark = Instant.EPOCH;
    private long beats;

    /**
     * @param parts how many stages the stream's own records make; one more ends it
     */
    StagedStream(SeededStream stream, int parts) {
        this.stream = stream;
        List<Arrival> arrivals = stream.arrivals();
        for (int part = 0; part < parts; part++) {
            List<Arrival> own = arrivals.subList(arrivals.size() * part / parts, arrivals.size() * (part + 1) / parts);
            stages.add(stage(part == 0 ? supplements() : List.of(), own));
        }
        stages.add(lastStage());
    }

    private Stage stage(List<Arrival> supplements, List<Arrival> own) {
        List<Sending> references = new ArrayList<>();
        List<Sending> reports = new ArrayList<>();
        Stream.concat(supplements.stream(), own.stream()).forEach(arrival -> {
            all.add(arrival);
            (arrival.topic() == Topic.LINE_TELEMETRY ? reports : references).add(new Sending(arrival, null));
            if (arrival.event() instanceof LineTelemetry report && movesTime(arrival)) {
                highest = max(highest, report.getEventTime());
            }
        });
        Instant reached = highest.minus(OracleInput.DISORDER).truncatedTo(ChronoUnit.MINUTES);
        if (reached.isAfter(watermark)) {
            watermark = reached;
            beat(own.get(own.size() - 1).receivedAt(), reports);
        }
        return new Stage(references, reports, watermark);
    }

    private static boolean movesTime(Arrival arrival) {
        return arrival.refusedAs() == null || arrival.refusedAs().equals("UNKNOWN_LINE");
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Stage lastStage() {
        watermark = stream.settled().truncatedTo(ChronoUnit.MINUTES);
        List<Sending> reports = new ArrayList<>();
        beat(watermark.plus(OracleInput.DISORDER), reports);
        return new Stage(List.of(), reports, watermark);
    }

    /** Every pulse reports just before the watermark, and as far after it as makes it the watermark. */
    private void beat(Instant receivedAt, List<Sending> reports) {
        for (Instant at : List.of(watermark.minusMillis(1), watermark.plus(OracleInput.DISORDER))) {
            beats++;
            for (int partition = 0; partition < Topic.LINE_TELEMETRY.partitions(); partition++) {
                Arrival pulse = arrival(
                        LineTelemetry.newBuilder()
                                .setLineId(PULSE + partition)
                                .setSessionId(1)
                                .setSequence(beats)
                                .setEventTime(at)
                                .setState(MachineState.EXECUTE)
                                .setGoodCount(beats)
                                .setScrapCount(0)
                                .build(),
                        receivedAt);
                all.add(pulse);
                reports.add(new Sending(pulse, partition));
            }
        }
    }

    /** Products, which a seeded stream only names, and the pulses' own lines. They are not planned, so they have no rows but those of their reports. */
    private List<Arrival> supplements() {
        List<SpecificRecord> events = new ArrayList<>();
        for (String productId : productIds()) {
            events.add(Product.newBuilder()
                    .setProductId(productId)
                    .setName("Product " + productId)
                    .setCapabilityArea(CapabilityArea.AMMUNITION)
                    .build());
        }
        events.add(Plant.newBuilder()
                .setPlantId(PULSE_PLANT)
                .setName("Pulse")
                .setNation("AUT")
                .setParentEntity("Synthetic works")
                .setLatitude(48)
                .setLongitude(16)
                .setTimeZone("UTC")
                .build());
        for (int partition = 0; partition < Topic.LINE_TELEMETRY.partitions(); partition++) {
            events.add(Line.newBuilder()
                    .setLineId(PULSE + partition)
                    .setPlantId(PULSE_PLANT)
                    .setProductId(PULSE_PRODUCT)
                    .setIdealCycleSeconds(1)
                    .setCycles(List.of())
                    .setCalendar(LineCalendar.PLANNED)
                    .setDeclaredUnitsPerHour(100)
                    .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                    .build());
        }
        events.add(ShiftPlan.newBuilder()
                .setPlanId(PULSE + "none")
                .setLineId(PULSE + "0")
                .setStart(Instant.EPOCH.plus(Duration.ofDays(20_000)))
                .setEnd(Instant.EPOCH.plus(Duration.ofDays(20_001)))
                .setBreaks(List.of())
                .setCancelled(true)
                .build());
        Instant before = stream.arrivals().get(0).receivedAt().minus(Duration.ofMinutes(1));
        return events.stream().map(event -> arrival(event, before)).toList();
    }

    private Set<String> productIds() {
        Set<String> ids = new TreeSet<>(Set.of(PULSE_PRODUCT));
        for (Arrival arrival : stream.arrivals()) {
            if (arrival.event() instanceof Line line) {
                ids.add(line.getProductId());
                line.getCycles().stream().map(ProductCycle::getProductId).forEach(ids::add);
            }
        }
        return ids;
    }

    private static Arrival arrival(SpecificRecord event, Instant receivedAt) {
        return new Arrival(Topic.of(event), EventCodec.encode(event), event, receivedAt, null);
    }

    /** A record of reference data that was sent already: to send it again changes nothing. */
    Sending repeatable(Topic topic) {
        return stages.get(0).references().stream()
                .filter(sending ->
                        sending.arrival().topic() == topic && sending.arrival().refusedAs() == null)
                .findFirst()
                .orElseThrow();
    }

    SeededStream stream() {
        return stream;
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /** The watermark at the end, at which every row that holds a report is final. */
    Instant end() {
        return watermark;
    }

    /** Records of line-telemetry. */
    long reports() {
        return all.stream()
                .filter(arrival -> arrival.topic() == Topic.LINE_TELEMETRY)
                .count();
    }

    /** Lines, plants and plans that are valid, by topic: the ids. */
    Set<String> validIds(Topic topic) {
        Set<String> ids = new TreeSet<>();
        for (Arrival arrival : all) {
            if (arrival.topic() == topic && arrival.refusedAs() == null) {
                ids.add(topic.key(Objects.requireNonNull(arrival.event())));
            }
        }
        return ids;
    }

    /** What the oracle says of the rows that are final at the end. */
    OracleRows expected() {
        List<OracleEvent> events = all.stream()
                .filter(arrival -> arrival.event() != null)
                .map(arrival -> new OracleEvent(arrival.event(), arrival.receivedAt(), null))
                .toList();
        return finalOf(Oracle.throughput(new OracleInput(events, end(), stream.horizon())));
    }

    /** Only the rows that are final. */
    static OracleRows finalOf(OracleRows rows) {
        return rows.filter((key, row) -> row.isFinal());
    }

    /** Writes {@code <topic>.jsonl} files with {@code receivedAt}; what is not readable is left out. */
    void writeJsonLines(Path folder) throws IOException {
        Map<Topic, List<String>> lines = new EnumMap<>(Topic.class);
        for (Arrival arrival : all) {
            if (arrival.event() != null) {
                lines.computeIfAbsent(arrival.topic(), topic -> new ArrayList<>())
                        .add(EventJson.write(arrival.event(), arrival.receivedAt()));
            }
        }
        for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
            Files.write(folder.resolve(file.getKey().fileName()), file.getValue());
        }
    }
}

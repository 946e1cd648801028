package org.capacityboard.local.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.local.proof.StagedStream.Sending;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.LeadTimeRows;
import org.capacityboard.oracle.LeadTimeTable;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.OracleInput;
import org.capacityboard.oracle.OrderStream;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/**
 * A stream of orders cut into stages, each of which ends at a watermark that is known beforehand. For that every partition of
 * orders and of deliveries has an order of its own, its pulse: at the end of a stage something is said of it as far after the
 * watermark as that trails the highest event time. The last stage ends when every day and week of the stream is final.
 */
final class OracleLeadTimeStages {
    /** Orders whose id begins like this beat the time. */
    static final String PULSE = "pulse-";

    private static final Duration REST = Duration.ofDays(12);

    /**
     * A part of the stream.
     *
     * @param watermark reached when the records have been read
     */
    record Stage(List<Sending> records, Instant watermark) {}

    private final OrderStream stream;
    private final List<Sending> references = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Arrival> all = new ArrayList<>();
    private final String plantId;
    private final String productId;
    private Instant highest = Instant.EPOCH;
    private Instant watermark = Instant.EPOCH;
    private long beats;

    /**
     * @param parts how many stages the stream's own records make; one more ends it
     */
    OracleLeadTimeStages(OrderStream stream, int parts) {
        this.stream = stream;
        List<Arrival> records = new ArrayList<>();
        for (Arrival arrival : stream.arrivals()) {
            all.add(arrival);
            if (arrival.topic().isReference()) {
                references.add(new Sending(arrival, null));
            } else {
                records.add(arrival);
            }
        }
        plantId = references.stream()
                .map(sending -> sending.arrival().event())
                .filter(Plant.class::isInstance)
                .map(plant -> ((Plant) plant).getPlantId())
                .findFirst()
                .orElseThrow();
        productId = references.stream()
                .map(sending -> sending.arrival().event())
                .filter(Product.class::isInstance)
                .map(product -> ((Product) product).getProductId())
                .findFirst()
                .orElseThrow();
        for (int part = 0; part < parts; part++) {
            stages.add(stage(records.subList(records.size() * part / parts, records.size() * (part + 1) / parts)));
        }
        watermark = stream.until().plus(stream.horizon()).plus(REST).truncatedTo(ChronoUnit.DAYS);
        List<Sending> last = new ArrayList<>();
        beat(last);
        stages.add(new Stage(last, watermark));
    }

    private Stage stage(List<Arrival> own) {
        List<Sending> records = new ArrayList<>();
        for (Arrival arrival : own) {
            records.add(new Sending(arrival, null));
            if (movesTime(arrival)) {
                Instant time = time(Objects.requireNonNull(arrival.event()));
                highest = time.isAfter(highest) ? time : highest;
            }
        }
        Instant reached = highest.minus(OracleInput.DISORDER).truncatedTo(ChronoUnit.MINUTES);
        if (reached.isAfter(watermark)) {
            watermark = reached;
            beat(records);
        }
        return new Stage(records, watermark);
    }

    private static Instant time(SpecificRecord event) {
        return event instanceof OrderEvent order ? order.getEventTime() : ((DeliveryEvent) event).getEventTime();
    }

    private static boolean movesTime(Arrival arrival) {
        return arrival.refusedAs() == null
                || arrival.refusedAs().equals("UNKNOWN_ORDER")
                || arrival.refusedAs().equals("UNKNOWN_REFERENCE");
    }

    private void beat(List<Sending> records) {
        Instant at = watermark.plus(OracleInput.DISORDER);
        beats++;
        for (int partition = 0; partition < Topic.ORDERS.partitions(); partition++) {
            beat(
                    records,
                    OrderEvent.newBuilder()
                            .setOrderId(PULSE + partition)
                            .setEventTime(at)
                            .setType(beats == 1 ? OrderEventType.CONFIRMED : OrderEventType.AMENDED)
                            .setProductId(productId)
                            .setPlantId(plantId)
                            .setBuyerNation("NOR")
                            .setQuantity(1 + beats)
                            .setConfirmedAt(stream.arrivals().get(0).receivedAt())
                            .setPromisedAt(stream.until())
                            .setRevision(beats)
                            .build(),
                    partition);
        }
        for (int partition = 0; partition < Topic.DELIVERIES.partitions(); partition++) {
            beat(
                    records,
                    DeliveryEvent.newBuilder()
                            .setOrderId(PULSE + 0)
                            .setDeliveryId("beat-" + beats + "-" + partition)
                            .setEventTime(at)
                            .setStage(DeliveryStage.DISPATCHED)
                            .setQuantity(1)
                            .build(),
                    partition);
        }
    }

    private void beat(List<Sending> records, SpecificRecord event, int partition) {
        Arrival pulse = new Arrival(Topic.of(event), EventCodec.encode(event), event, time(event), null);
        all.add(pulse);
        records.add(new Sending(pulse, partition));
    }

    OrderStream stream() {
        return stream;
    }

    /** Plants and products, to be known before all else. */
    List<Sending> references() {
        return List.copyOf(references);
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /** The watermark at the end, at which every day and week of the stream is final. */
    Instant end() {
        return watermark;
    }

    /** Records of a topic. */
    long count(Topic topic) {
        return all.stream().filter(arrival -> arrival.topic() == topic).count();
    }

    /** What the oracle says of the rows that are final at the end. */
    LeadTimeRows expected() {
        return finalOf(Oracle.leadTimes(OrderStream.input(all, end(), stream.horizon())));
    }

    /** Only the rows that are final; a curve never is. */
    static LeadTimeRows finalOf(LeadTimeRows rows) {
        return rows.filter((key, row) -> LeadTimeRows.isFinal(row) && key.table() != LeadTimeTable.LEAD_TIME_CURVE);
    }
}

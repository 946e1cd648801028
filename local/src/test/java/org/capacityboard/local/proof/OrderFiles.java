package org.capacityboard.local.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.capacityboard.schemas.Topic;

/** Plants, products, orders and deliveries as files for a replay, in the order in which they happened or in any other. */
final class OrderFiles {
    private static final int NO_PRIORITY = -1;

    private final List<String> plants = new ArrayList<>();
    private final List<String> products = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    /**
     * A line of a file.
     *
     * @param json without the brace that closes it
     */
    private record Event(Topic topic, Instant at, String json) {
        String line() {
            return json + "}";
        }

        String line(Instant receivedAt) {
            return json + ",\"receivedAt\":\"" + receivedAt + "\"}";
        }
    }

    /**
     * An order line; each method gives another.
     *
     * @param promise its first promise
     */
    record Order(
            String id,
            String product,
            String plant,
            long quantity,
            Instant confirmedAt,
            Instant promise,
            int priority) {
        Order of(long otherQuantity) {
            return new Order(id, product, plant, otherQuantity, confirmedAt, promise, priority);
        }

        Order at(String otherPlant) {
            return new Order(id, product, otherPlant, quantity, confirmedAt, promise, priority);
        }

        Order promised(Instant otherPromise) {
            return new Order(id, product, plant, quantity, confirmedAt, otherPromise, priority);
        }

        Order withPriority(int otherPriority) {
            return new Order(id, product, plant, quantity, confirmedAt, promise, otherPriority);
        }
    }

    /** An order of one unit of no priority, promised a month after its confirmation. */
    static Order order(String id, String product, String plant, Instant confirmedAt) {
        return new Order(id, product, plant, 1, confirmedAt, confirmedAt.plus(Duration.ofDays(30)), NO_PRIORITY);
    }

    OrderFiles plant(String id, String nation, String zone, String dayStartsAt) {
        plants.add(json(
                "{'plantId':'%s','name':'Works %s','nation':'%s','parentEntity':'Synthetic Works','latitude':52.0,'longitude':21.0,'timeZone':'%s','dayStartsAt':'%s'}",
                id, id, nation, zone, dayStartsAt));
        return this;
    }

    OrderFiles product(String id, String area) {
        products.add(json(
                "{'productId':'%s','name':'Product %s','capabilityArea':'%s','billOfMaterials':[]}", id, id, area));
        return this;
    }

    /** It is confirmed and told of at once. */
    void confirmed(Order order) {
        confirmed(order, order.confirmedAt());
    }

    /** It is told of some time after its confirmation. */
    void confirmed(Order order, Instant knownAt) {
        event(order, "CONFIRMED", knownAt, 0, order.quantity(), order.promise());
    }

    void amended(Order order, Instant at, long quantity, Instant promise) {
        event(order, "AMENDED", at, 1, quantity, promise);
    }

    void cancelled(Order order, Instant at) {
        event(order, "CANCELLED", at, 2, order.quantity(), order.promise());
    }

    private void event(Order order, String type, Instant at, long revision, long quantity, Instant promise) {
        String priority = order.priority() == NO_PRIORITY ? "" : json(",'priority':%d", order.priority());
        events.add(new Event(
                Topic.ORDERS,
                at,
                json(
                                "{'orderId':'%s','eventTime':'%s','type':'%s','productId':'%s','plantId':'%s','buyerNation':'NOR','quantity':%d,'confirmedAt':'%s','promisedAt':'%s','revision':%d",
                                order.id(),
                                at,
                                type,
                                order.product(),
                                order.plant(),
                                quantity,
                                order.confirmedAt(),
                                promise,
                                revision)
                        + priority));
    }

    /** Units are dispatched, and accepted the hour after. */
    void delivered(Order order, String delivery, Instant acceptedAt, long units) {
        delivery(order, delivery, "DISPATCHED", acceptedAt.minus(Duration.ofHours(1)), units);
        accepted(order, delivery, acceptedAt, units);
    }

    void accepted(Order order, String delivery, Instant at, long units) {
        delivery(order, delivery, "ACCEPTED", at, units);
    }

    void rejected(Order order, String delivery, Instant at, long units) {
        delivery(order, delivery, "REJECTED", at, units);
    }

    void delivery(Order order, String delivery, String stage, Instant at, long units) {
        events.add(new Event(
                Topic.DELIVERIES,
                at,
                json(
                        "{'deliveryId':'%s','orderId':'%s','eventTime':'%s','stage':'%s','quantity':%d",
                        delivery, order.id(), at, stage, units)));
    }

    /** A line as it is; where it stands among the others follows from its time. */
    void raw(Topic topic, Instant at, String line) {
        events.add(new Event(topic, at, line.substring(0, line.length() - 1)));
    }

    /** Every event when it happened. */
    Path writeInOrder(Path folder) throws IOException {
        Map<Topic, List<String>> lines = new TreeMap<>();
        events.stream().sorted((one, other) -> one.at().compareTo(other.at())).forEach(event -> lines.computeIfAbsent(
                        event.topic(), topic -> new ArrayList<>())
                .add(event.line()));
        return write(folder, lines);
    }

    /** Every event twice, each time received up to so much later, but not after the end; the lines of the files shuffled. */
    Path writeShuffled(Path folder, Duration latest, Instant end, long seed) throws IOException {
        Random random = new Random(seed);
        Map<Topic, List<String>> lines = new TreeMap<>();
        for (Event event : events) {
            for (int copy = 0; copy < 2; copy++) {
                Instant receivedAt = event.at().plusMillis((long) (random.nextDouble() * latest.toMillis()));
                lines.computeIfAbsent(event.topic(), topic -> new ArrayList<>())
                        .add(event.line(receivedAt.isAfter(end) ? end : receivedAt));
            }
        }
        lines.values().forEach(file -> Collections.shuffle(file, random));
        return write(folder, lines);
    }

    private Path write(Path folder, Map<Topic, List<String>> lines) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(Topic.PLANTS.fileName()), plants);
        Files.write(folder.resolve(Topic.PRODUCTS.fileName()), products);
        for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
            Files.write(folder.resolve(file.getKey().fileName()), file.getValue());
        }
        return folder;
    }

    /** The files of a folder, by name. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    /** JSON with plain quotes in place of double ones. */
    private static String json(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).replace('\'', '"');
    }
}

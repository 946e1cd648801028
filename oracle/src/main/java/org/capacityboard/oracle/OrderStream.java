package org.capacityboard.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.oracle.OrderLife.Saying;
import org.capacityboard.oracle.OrderRubbish.Refused;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Orders and deliveries as buyers and plants really send them: amended, cancelled and opened again, delivered in parts, too much,
 * twice or before anybody knew of the order, repeated and shuffled, and some rubbish. The same seed and options make the same bytes.
 *
 * <p><b>No valid record changes what is final.</b> It is received at most a horizon less {@link #MARGIN} after the earliest
 * instant that it changes, and no clock is further ahead than {@link #CLOCK_AHEAD}; the watermark it meets is below the highest
 * clock received. What waits for its order counts as received with the order, so an order is received that soon after the earliest
 * record that names it.
 */
public final class OrderStream {
    /** A clock is never further ahead; five minutes ahead of receipt would be refused. */
    private static final Duration CLOCK_AHEAD = Duration.ofMinutes(4);

    private static final Duration MARGIN = Duration.ofMinutes(10);
    private static final long DAY_MS = 86_400_000;
    private static final Duration OLD = Duration.ofDays(450);

    private final long seed;
    private final Duration horizon;
    private final long startMs;
    private final List<SpecificRecord> references;
    private final List<List<Saying>> orders;
    private final List<Refused> refused;
    private final List<Arrival> arrivals;
    private final Instant until;

    private OrderStream(long seed, OrderScene scene, List<List<Saying>> orders, List<Refused> refused, Chance chance) {
        this.seed = seed;
        this.horizon = scene.horizon();
        this.references = scene.references();
        this.orders = orders;
        this.refused = refused;
        this.startMs = scene.startMs() - OLD.toMillis() - 2 * DAY_MS;
        this.arrivals = arrivals(chance.split());
        long lastMs = scene.endMs() + horizon.toMillis() + CLOCK_AHEAD.toMillis();
        long restMs = chance.between(60_000, chance.oneOf(DAY_MS / 12, 3 * DAY_MS, 20 * DAY_MS));
        long untilMs = lastMs + restMs;
        this.until = Instant.ofEpochMilli(chance.inPercent(20) ? (untilMs + DAY_MS) / DAY_MS * DAY_MS : untilMs);
    }

    /** The stream of a seed. */
    public static OrderStream of(long seed, OrderStreamOptions options) {
        Chance chance = new Chance(seed);
        Duration drawn = Duration.ofHours(chance.oneOf(6, 24, 48, 96));
        OrderScene scene =
                OrderScene.drawn(chance.split(), options, options.horizon() == null ? drawn : options.horizon());
        List<List<Saying>> orders = new ArrayList<>();
        int count = chance.between(5, Math.max(5, options.maxOrders()));
        for (int i = 0; i < count + options.oldOrders(); i++) {
            long earliestMs = i < count ? scene.startMs() : scene.startMs() - OLD.toMillis();
            long latestMs = i < count ? scene.endMs() - 7 * DAY_MS : earliestMs + 60 * DAY_MS;
            Chance ofOrder = chance.split();
            List<Saying> sayings =
                    new OrderLife("order-" + i, ofOrder.between(earliestMs, latestMs), scene, ofOrder).sayings();
            if (!sayings.isEmpty()) {
                orders.add(sayings);
            }
        }
        OrderRubbish rubbish = new OrderRubbish(scene, chance.split());
        int records = orders.stream().mapToInt(List::size).sum();
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < records * options.rubbishShare(); i++) {
            refused.add(rubbish.next("order-" + chance.upTo(count - 1)));
        }
        return new OrderStream(seed, scene, orders, refused, chance);
    }

    /** A record on its way. */
    private record Sent(long atMs, Arrival arrival) {}

    private List<Arrival> arrivals(Chance chance) {
        List<Sent> sent = new ArrayList<>();
        for (SpecificRecord reference : references) {
            sent.add(sent(startMs, reference, null));
        }
        for (List<Saying> order : orders) {
            long earliestMs =
                    order.stream().mapToLong(Saying::reachesBackMs).min().orElseThrow();
            boolean isConfirmed = false;
            for (Saying saying : order) {
                long backMs = saying.confirms() && !isConfirmed ? earliestMs : saying.reachesBackMs();
                isConfirmed |= saying.confirms();
                int copies = chance.inPercent(80) ? 1 : chance.between(2, 3);
                for (int i = 0; i < copies; i++) {
                    sent.add(sent(receivedMs(saying.eventMs(), backMs, chance), saying.event(), null));
                }
            }
        }
        for (Refused record : refused) {
            sent.add(sent(record.atMs() + chance.between(0, 3_600_000), record.event(), record.reason()));
        }
        // A stable sort: what arrives in one millisecond stays as it was made.
        sent.sort(Comparator.comparingLong(Sent::atMs));
        List<Arrival> ordered = new ArrayList<>();
        long receivedMs = Long.MIN_VALUE;
        for (Sent record : sent) {
            receivedMs = Math.max(receivedMs + 1, record.atMs());
            Arrival arrival = record.arrival();
            ordered.add(new Arrival(
                    arrival.topic(),
                    arrival.value(),
                    arrival.event(),
                    Instant.ofEpochMilli(receivedMs),
                    arrival.refusedAs()));
        }
        return ordered;
    }

    private static Sent sent(long atMs, SpecificRecord event, @Nullable String refusedAs) {
        return new Sent(
                atMs,
                new Arrival(Topic.of(event), EventCodec.encode(event), event, Instant.ofEpochMilli(atMs), refusedAs));
    }

    private long receivedMs(long eventMs, long reachesBackMs, Chance chance) {
        long latestMs = reachesBackMs + horizon.minus(MARGIN).minus(CLOCK_AHEAD).toMillis();
        if (chance.inPercent(5)) {
            return eventMs - chance.upTo(CLOCK_AHEAD);
        }
        long delayMs = chance.inPercent(75) ? chance.upTo(Duration.ofHours(1)) : chance.upTo(horizon);
        return Math.max(eventMs, Math.min(eventMs + delayMs, latestMs));
    }

    public long seed() {
        return seed;
    }

    public Duration horizon() {
        return horizon;
    }

    /** All records in arrival order, each received later than the one before; plants and products first. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** The same records with other delays. */
    public List<Arrival> arrivalsInOtherOrder() {
        return arrivals(new Chance(~seed));
    }

    /** An instant after everything was received. */
    public Instant until() {
        return until;
    }

    /** What the oracle computes of it. */
    public OracleInput input(Instant until) {
        return input(arrivals, until, horizon);
    }

    /** Arrivals as the oracle takes them. */
    public static OracleInput input(List<Arrival> arrivals, Instant until, Duration horizon) {
        List<OracleEvent> events = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (arrival.event() != null) {
                events.add(new OracleEvent(arrival.event(), arrival.receivedAt(), null));
            }
        }
        return new OracleInput(events, until, horizon);
    }

    /** Writes {@code <topic>.jsonl} files with {@code receivedAt}. */
    public static void writeJsonLines(List<Arrival> arrivals, Path folder) throws IOException {
        Map<Topic, List<String>> lines = new EnumMap<>(Topic.class);
        for (Arrival arrival : arrivals) {
            if (arrival.event() != null) {
                lines.computeIfAbsent(arrival.topic(), topic -> new ArrayList<>())
                        .add(EventJson.write(arrival.event(), arrival.receivedAt()));
            }
        }
        Files.createDirectories(folder);
        for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
            Files.write(folder.resolve(file.getKey().fileName()), file.getValue());
        }
    }
}

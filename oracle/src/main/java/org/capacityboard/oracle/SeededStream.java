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
import org.capacityboard.events.Line;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;

/**
 * A stream as plants really send it: repeated, shuffled, with gaps, resets, silences, clocks that step, edges that restart,
 * reference data that changes and some rubbish. The same seed and options make the same bytes.
 *
 * <p><b>No valid report is late.</b> With T the true time at which a report was made, its clock says T - {@link
 * #CLOCK_BACK} to T + {@link #CLOCK_AHEAD}, and it is received at T + {@code longestDelay} at the latest. The earliest
 * instant it can change is its own clock or that of its successor in the session, made no earlier than T: not before T -
 * CLOCK_BACK. The watermark it meets is below the highest clock received, that is below its receive time + CLOCK_AHEAD. So
 * it is in time if longestDelay + CLOCK_AHEAD + CLOCK_BACK does not exceed the horizon, and {@link #longestDelayMs} keeps a
 * minute more.
 */
public final class SeededStream {
    /** A clock is never further behind. */
    static final Duration CLOCK_BACK = Duration.ofMinutes(30);
    /** A clock is never further ahead; five minutes ahead of receipt would be refused. */
    static final Duration CLOCK_AHEAD = Duration.ofSeconds(270);

    private final long seed;
    private final Duration horizon;
    private final List<Arrival> arrivals;
    private final long[] harmlessMs;
    private final Instant until;

    private SeededStream(long seed, Duration horizon, List<Dispatch> dispatches, Duration rest) {
        this.seed = seed;
        this.horizon = horizon;
        this.arrivals = new ArrayList<>();
        long receivedMs = Long.MIN_VALUE;
        for (Dispatch sent : dispatches) {
            receivedMs = Math.max(receivedMs + 1, sent.arrivesMs());
            arrivals.add(new Arrival(
                    sent.topic(), sent.value(), sent.event(), Instant.ofEpochMilli(receivedMs), sent.refusedAs()));
        }
        this.until = Instant.ofEpochMilli(receivedMs).plus(rest);
        this.harmlessMs = new long[dispatches.size()];
        long harmless = until.toEpochMilli();
        for (int i = dispatches.size() - 1; i >= 0; i--) {
            long reachesBackMs = dispatches.get(i).reachesBackMs();
            if (reachesBackMs != Dispatch.NOTHING) {
                harmless = Math.min(harmless, reachesBackMs + horizon.toMillis());
            }
            harmlessMs[i] = harmless;
        }
    }

    /** The stream of a seed. */
    public static SeededStream of(long seed, StreamOptions options) {
        Chance chance = new Chance(seed);
        Duration drawn = Duration.ofHours(chance.oneOf(2, 3, 6, 48));
        Duration horizon = options.horizon() == null ? drawn : options.horizon();
        StreamScene scene = StreamScene.drawn(chance.split(), options, horizon);
        List<Dispatch> dispatches = new ArrayList<>(scene.references());
        for (Line line : scene.lines()) {
            Chance ofLine = chance.split();
            // A line that nobody ever hears of is planned and unknown.
            if (scene.lines().size() == 1 || !ofLine.inPercent(5)) {
                dispatches.addAll(new EdgeLife(line, scene, ofLine).dispatches());
            }
        }
        Rubbish rubbish = new Rubbish(scene, chance.split());
        int refused = (int) Math.ceil(dispatches.size() * options.rubbishShare());
        for (int i = 0; i < refused; i++) {
            dispatches.add(rubbish.next());
        }
        // A stable sort: what arrives in one millisecond stays as it was made.
        dispatches.sort(Comparator.comparingLong(Dispatch::arrivesMs));
        return new SeededStream(seed, horizon, dispatches, Duration.ofMillis(chance.between(60_000L, 7_200_000L)));
    }

    /** The longest time from making a report to its receipt that leaves it in time. */
    static long longestDelayMs(Duration horizon) {
        return horizon.minus(CLOCK_BACK).minus(CLOCK_AHEAD).minusMinutes(1).toMillis();
    }

    public long seed() {
        return seed;
    }

    public Duration horizon() {
        return horizon;
    }

    /** All records in arrival order, each received later than the one before. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Those that must be refused, each with its reason code. */
    public List<Arrival> rubbish() {
        return arrivals.stream().filter(arrival -> arrival.refusedAs() != null).toList();
    }

    /** An instant after everything was received. */
    public Instant until() {
        return until;
    }

    /** An instant at which every row that holds a report is final. */
    public Instant settled() {
        return until.plus(horizon).plus(Duration.ofHours(50));
    }

    /** The highest watermark before the arrival at a position that makes neither it nor a later one late. */
    public Instant harmlessWatermark(int position) {
        return Instant.ofEpochMilli(harmlessMs[position]);
    }

    /** What the oracle computes of it when the watermark follows the records as in a replay of files. */
    public OracleInput replayed(Instant until) {
        return OracleInput.replayed(arrivals, until, horizon);
    }

    /** Writes {@code <topic>.jsonl} files with {@code receivedAt}; what is not readable is left out. */
    public void writeJsonLines(Path folder) throws IOException {
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

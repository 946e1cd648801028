package org.capacityboard.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A small network of plants that make, count stocks and people, and fall silent, as surge readiness sees it: repeated, shuffled, with
 * versions that change under way and some rubbish. The same seed and options make the same bytes. No report is late.
 */
public final class SurgeStream {
    private static final Duration HORIZON = Duration.ofHours(48);
    private static final long HOUR_MS = 3_600_000;

    private final long seed;
    private final SurgeScene scene;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Instant until;

    /** A record on its way. */
    private record Sent(
            long atMs,
            Topic topic,
            byte[] value,
            @Nullable SpecificRecord event,
            @Nullable String refusedAs) {}

    private SurgeStream(long seed, SurgeScene scene, List<Sent> sent, Chance chance) {
        this.seed = seed;
        this.scene = scene;
        sent.sort(Comparator.comparingLong(Sent::atMs));
        long receivedMs = Long.MIN_VALUE;
        for (Sent record : sent) {
            receivedMs = Math.max(receivedMs + 1, record.atMs);
            arrivals.add(new Arrival(
                    record.topic, record.value, record.event, Instant.ofEpochMilli(receivedMs), record.refusedAs));
        }
        long dayMs = 24 * HOUR_MS;
        long untilMs = receivedMs + 1 + chance.upTo(Duration.ofDays(chance.oneOf(1, 3, 20)));
        this.until = Instant.ofEpochMilli(chance.inPercent(20) ? (untilMs / dayMs + 1) * dayMs : untilMs);
    }

    /** The stream of a seed. */
    public static SurgeStream of(long seed, SurgeStreamOptions options) {
        Chance chance = new Chance(seed);
        SurgeScene scene = SurgeScene.drawn(chance.split(), options);
        Duration drawn = Duration.ofHours(chance.oneOf(0, 1, 12, 47));
        Told told = new Told(scene, options.longestDelay() == null ? drawn : options.longestDelay());
        told.references(chance.split());
        told.telemetry(chance.split());
        told.stocks(chance.split());
        told.people(chance.split());
        told.rubbish((int) Math.ceil(told.sent.size() * options.rubbishShare()), chance.split());
        return new SurgeStream(seed, scene, told.sent, chance);
    }

    /** All that is said in a scene. */
    private static final class Told {
        private final SurgeScene scene;
        private final Duration longestDelay;
        private final List<Sent> sent = new ArrayList<>();

        Told(SurgeScene scene, Duration longestDelay) {
            this.scene = scene;
            this.longestDelay = longestDelay;
        }

        void references(Chance chance) {
            long beforeMs = scene.startMs() - HOUR_MS;
            for (SpecificRecord version : scene.references()) {
                @Nullable
                Instant from = (Instant)
                        version.get(version.getSchema().getField("validFrom").pos());
                long atMs = from == null || chance.inPercent(30)
                        ? beforeMs + sent.size()
                        : chance.between(scene.startMs(), scene.endMs());
                say(atMs, version, null);
            }
        }

        void telemetry(Chance chance) {
            for (Line line : scene.lines()) {
                if (chance.inPercent(90)) {
                    edge(line, chance.split());
                }
            }
        }

        private void edge(Line line, Chance chance) {
            long spanMs = scene.endMs() - scene.startMs();
            long nowMs = scene.startMs() + chance.between(0, spanMs / (chance.inPercent(80) ? 10 : 2));
            long silentMs = chance.inPercent(70) ? scene.endMs() : chance.between(nowMs, scene.endMs());
            String otherProduct = chance.oneOf(scene.products());
            double otherShare = chance.inPercent(20) ? 30 : 0;
            double scrapShare = chance.oneOf(0.0, 0.02, 0.3);
            boolean makesOnlyScrap = chance.inPercent(4);
            long session = nowMs;
            long sequence = 0;
            long good = chance.upTo(500);
            long scrap = 0;
            while (nowMs < silentMs) {
                if (chance.inPercent(1)) {
                    session = nowMs;
                    sequence = 0;
                    good = 0;
                }
                sequence++;
                long units = chance.upTo(400);
                long bad = Math.round(units * scrapShare);
                good += makesOnlyScrap ? 0 : units - bad;
                scrap += makesOnlyScrap ? units : bad;
                sayOften(
                        nowMs,
                        LineTelemetry.newBuilder()
                                .setLineId(line.getLineId())
                                .setSessionId(session)
                                .setSequence(sequence)
                                .setEventTime(Instant.ofEpochMilli(nowMs))
                                .setState(chance.inPercent(85) ? MachineState.EXECUTE : MachineState.STOPPED)
                                .setProductId(chance.inPercent(otherShare) ? otherProduct : null)
                                .setGoodCount(good)
                                .setScrapCount(scrap)
                                .build(),
                        chance);
                nowMs += (long) (scene.step().toMillis() * chance.share(0.5, 1.5));
            }
        }

        void stocks(Chance chance) {
            for (String plant : scene.plants()) {
                for (String material : scene.materials()) {
                    if (chance.inPercent(60)) {
                        counts(plant, material, chance.split());
                    }
                }
            }
        }

        private void counts(String plant, String material, Chance chance) {
            long everyMs = Duration.ofDays(chance.oneOf(2, 6, 15)).toMillis();
            long endMs = chance.inPercent(70) ? scene.endMs() : chance.between(scene.startMs(), scene.endMs());
            long revision = 0;
            double scale = Math.pow(10, chance.share(2, 6));
            for (long atMs = scene.startMs() + chance.between(0, everyMs);
                    atMs < endMs;
                    atMs += (long) (everyMs * chance.share(0.3, 1.5))) {
                revision += chance.inPercent(15) ? 1 : 0;
                List<Receipt> receipts = new ArrayList<>();
                while (receipts.size() < 5 && chance.inPercent(50)) {
                    receipts.add(new Receipt(
                            Instant.ofEpochMilli(
                                    atMs + (long) (chance.share(-3, chance.oneOf(5, 40, 400)) * 24 * HOUR_MS)),
                            chance.inPercent(30) ? 1_000 : scale * chance.share(0, 2),
                            chance.inPercent(90) ? chance.oneOf(scene.suppliers()) : "stranger-1"));
                }
                sayOften(
                        atMs,
                        MaterialStock.newBuilder()
                                .setPlantId(plant)
                                .setMaterialId(material)
                                .setEventTime(Instant.ofEpochMilli(atMs))
                                .setOnHand(chance.inPercent(8) ? 0 : scale * chance.share(0.1, 1))
                                .setReceipts(receipts)
                                .setRevision(chance.inPercent(10) ? Math.max(0, revision - 1) : revision)
                                .build(),
                        chance);
            }
        }

        void people(Chance chance) {
            for (Line line : scene.lines()) {
                boolean isCounted = chance.inPercent(50);
                long atMs = scene.startMs() + chance.between(0, 5 * 24 * HOUR_MS);
                while (isCounted && atMs < scene.endMs()) {
                    sayOften(
                            atMs,
                            WorkforceReport.newBuilder()
                                    .setLineId(line.getLineId())
                                    .setEventTime(Instant.ofEpochMilli(atMs))
                                    .setCertifiedPeople(chance.upTo(60))
                                    .setPeoplePerShift(chance.between(1, 12))
                                    .setRevision(chance.inPercent(10) ? 1 : 0)
                                    .build(),
                            chance);
                    atMs += chance.between(HOUR_MS, 15 * 24 * HOUR_MS);
                }
            }
        }

        void rubbish(int count, Chance chance) {
            SurgeRubbish rubbish = new SurgeRubbish(scene, chance);
            for (int i = 0; i < count; i++) {
                long atMs = chance.between(scene.startMs(), scene.endMs());
                SurgeRubbish.Refused refused = rubbish.next(Instant.ofEpochMilli(atMs));
                sent.add(new Sent(atMs, refused.topic(), refused.value(), refused.event(), refused.reason()));
            }
        }

        private void sayOften(long eventMs, SpecificRecord event, Chance chance) {
            int copies = chance.inPercent(85) ? 1 : chance.between(2, 3);
            for (int i = 0; i < copies; i++) {
                Duration latest = chance.inPercent(75) && longestDelay.compareTo(Duration.ofMinutes(20)) > 0
                        ? Duration.ofMinutes(20)
                        : longestDelay;
                say(eventMs + chance.upTo(latest), event, null);
            }
        }

        private void say(long atMs, SpecificRecord event, @Nullable String refusedAs) {
            sent.add(new Sent(atMs, Topic.of(event), EventCodec.encode(event), event, refusedAs));
        }
    }

    public long seed() {
        return seed;
    }

    public Duration horizon() {
        return HORIZON;
    }

    /** All records in arrival order, each received later than the one before; what always held comes first. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** When things begin to happen. */
    public Instant start() {
        return Instant.ofEpochMilli(scene.startMs());
    }

    /** An instant after everything was received. */
    public Instant until() {
        return until;
    }

    /** What the oracle computes of it when the watermark follows the records as in a replay of files. */
    public OracleInput input() {
        List<OracleEvent> events = new ArrayList<>();
        @Nullable Instant watermark = null;
        for (Arrival arrival : arrivals) {
            if (arrival.event() == null) {
                continue;
            }
            if (arrival.refusedAs() == null) {
                events.add(new OracleEvent(arrival.event(), arrival.receivedAt(), watermark));
            }
            @Nullable Instant time = time(arrival);
            if (time != null) {
                Instant covered = time.minus(OracleInput.DISORDER);
                watermark = watermark == null || covered.isAfter(watermark) ? covered : watermark;
            }
        }
        return new OracleInput(events, until, HORIZON);
    }

    /** By how far a record lets time go on; null if it does not. */
    public static @Nullable Instant time(Arrival arrival) {
        @Nullable String reason = arrival.refusedAs();
        if (reason != null && !reason.equals("UNKNOWN_LINE") && !reason.equals("UNKNOWN_REFERENCE")) {
            return null;
        }
        @Nullable SpecificRecord event = arrival.event();
        if (event instanceof LineTelemetry report) {
            return report.getEventTime();
        } else if (event instanceof MaterialStock count) {
            return count.getEventTime();
        } else {
            return event instanceof WorkforceReport crew ? crew.getEventTime() : null;
        }
    }

    /** Writes {@code <topic>.jsonl} files with {@code receivedAt}; what is not readable is a line that is not. */
    public void writeJsonLines(Path folder) throws IOException {
        Map<Topic, List<String>> lines = new EnumMap<>(Topic.class);
        for (Arrival arrival : arrivals) {
            lines.computeIfAbsent(arrival.topic(), topic -> new ArrayList<>())
                    .add(
                            arrival.event() == null
                                    ? new String(arrival.value(), StandardCharsets.ISO_8859_1)
                                    : EventJson.write(arrival.event(), arrival.receivedAt()));
        }
        Files.createDirectories(folder);
        for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
            Files.write(folder.resolve(file.getKey().fileName()), file.getValue());
        }
    }
}

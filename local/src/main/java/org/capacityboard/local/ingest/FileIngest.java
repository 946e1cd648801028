package org.capacityboard.local.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.capacityboard.local.setup.KafkaAccess;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.EventCodec;

/** Validates files and sends what is in them. Of a file with a bad line nothing is sent, unless bad lines are to be skipped. */
public final class FileIngest {

    private final Settings settings;
    private final Duration futureGuard;
    private final boolean skipBad;
    private final Consumer<String> refusals;

    /** @param refusals gets a sentence for every refused line, starting with file and line number */
    public FileIngest(Settings settings, boolean skipBad, Consumer<String> refusals) {
        this.settings = settings;
        this.futureGuard = settings.throughput().futureGuard();
        this.skipBad = skipBad;
        this.refusals = refusals;
    }

    /**
     * What became of a file.
     *
     * @param file which
     * @param valid lines that may be sent
     * @param refused lines that may not
     * @param sent lines that were sent
     */
    public record Outcome(EventFile file, long valid, long refused, long sent) {}

    /** Ingests the files in their order. */
    public List<Outcome> run(List<EventFile> files) {
        List<Outcome> checked = check(files);
        List<Outcome> outcomes = new ArrayList<>();
        boolean anythingToSend = checked.stream().anyMatch(this::isSendable);
        if (!anythingToSend) {
            return checked;
        }
        new SchemaRegistration(settings.kafka()).register(SchemaRegistration.ofThisRelease());
        Properties properties = new KafkaAccess(settings.kafka()).properties();
        properties.setProperty("acks", "all");
        properties.setProperty("compression.type", "lz4");
        properties.setProperty("linger.ms", "5");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Outcome outcome : checked) {
                outcomes.add(isSendable(outcome) ? send(outcome, producer) : outcome);
            }
        }
        return outcomes;
    }

    /** Only validates the files. */
    public List<Outcome> check(List<EventFile> files) {
        return files.stream().map(this::check).toList();
    }

    private boolean isSendable(Outcome checked) {
        return checked.valid() > 0 && (skipBad || checked.refused() == 0);
    }

    private Outcome check(EventFile file) {
        long[] counts = new long[2];
        file.read(futureGuard, new EventFile.LineVisitor() {
            @Override
            public void valid(long lineNumber, String line) {
                counts[0]++;
            }

            @Override
            public void refused(long lineNumber, String reason) {
                counts[1]++;
                refusals.accept(file.path() + ":" + lineNumber + " " + reason);
            }
        });
        return new Outcome(file, counts[0], counts[1], 0);
    }

    private Outcome send(Outcome checked, KafkaProducer<byte[], byte[]> producer) {
        EventFile file = checked.file();
        String topicName = file.topic().topicName(settings.kafka().topicPrefix());
        AtomicReference<Exception> failure = new AtomicReference<>();
        long[] sent = new long[1];
        file.read(futureGuard, new EventFile.LineVisitor() {
            @Override
            public void valid(long lineNumber, String line) {
                SpecificRecord event = file.event(line);
                byte[] key = file.topic().key(event).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topicName, key, EventCodec.encode(event)), (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
                sent[0]++;
            }

            @Override
            public void refused(long lineNumber, String reason) {
                // Counted and told when the file was checked.
            }
        });
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw UserError.failed(new Problem(
                    "topic",
                    topicName,
                    "did not take all events of " + file.path() + ": " + failed.getMessage(),
                    "run the same again: repeated reports are known by session and sequence"));
        }
        return new Outcome(file, checked.valid(), checked.refused(), sent[0]);
    }
}

package org.capacityboard.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;
import org.capacityboard.schemas.UnreadableEventException;

/**
 * Writes {@code <topic>.jsonl} files for a replay, with the send time as {@code receivedAt}. Bytes that are no event
 * become a line that is none either, so that a replay refuses them too.
 */
public final class JsonLinesOutput implements EventOutput {
    private final Path directory;
    private final Map<Topic, BufferedWriter> files = new EnumMap<>(Topic.class);

    /** @param directory where the files are written; those of the same name are replaced */
    public JsonLinesOutput(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(SimulatedEvent event) {
        Schema schema = event.topic().schema();
        if (schema == null) {
            return;
        }
        try {
            BufferedWriter file = files.get(event.topic());
            if (file == null) {
                file = Files.newBufferedWriter(directory.resolve(event.topic().fileName()));
                files.put(event.topic(), file);
            }
            file.write(line(event, schema));
            file.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(SimulatedEvent event, Schema schema) {
        Instant sentAt = Instant.ofEpochMilli(event.sendTimeMs());
        try {
            if (EventCodec.fingerprint(event.value()) == EventCodec.fingerprint(schema)) {
                SpecificRecord record = EventCodec.decode(event.value(), schema, event.topic());
                return EventJson.write(record, sentAt);
            }
            return unreadable(event, sentAt);
        } catch (UnreadableEventException e) {
            return unreadable(event, sentAt);
        }
    }

    private static String unreadable(SimulatedEvent event, Instant sentAt) {
        String hex = HexFormat.of().formatHex(event.value());
        return "{\"unreadableBytes\":\"" + hex + "\",\"receivedAt\":\"" + sentAt + "\"}";
    }

    @Override
    public void flush() {
        try {
            for (BufferedWriter file : files.values()) {
                file.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (BufferedWriter file : files.values()) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.capacityboard.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Schemas that a release has written with, each with an event in its bytes and as JSON:
 * {@code frozen/<topic>/<number>.avsc, .hex, .json}. They are only ever added to; the main method adds today's where it is new.
 */
final class FrozenSchemas {
    private static final Path DIRECTORY = Path.of("src/test/resources/frozen");

    private FrozenSchemas() {}

    /** One frozen schema. */
    record Frozen(Topic topic, int number, Schema writer, byte[] bytes, String json) {
        @Override
        public String toString() {
            return topic.baseName() + "/" + number;
        }
    }

    static List<Frozen> all() throws IOException {
        List<Frozen> all = new ArrayList<>();
        for (Topic topic : RandomEvents.topics().toList()) {
            for (int number = 1; Files.exists(file(topic, number, "avsc")); number++) {
                all.add(new Frozen(
                        topic,
                        number,
                        new Schema.Parser().parse(Files.readString(file(topic, number, "avsc"))),
                        HexFormat.of()
                                .parseHex(Files.readString(file(topic, number, "hex"))
                                        .strip()),
                        Files.readString(file(topic, number, "json")).strip()));
            }
        }
        return all;
    }

    static boolean isFrozen(Topic topic) throws IOException {
        long today = EventCodec.fingerprint(topic.eventSchema());
        return all().stream()
                .anyMatch(frozen -> frozen.topic() == topic && EventCodec.fingerprint(frozen.writer()) == today);
    }

    public static void main(String[] arguments) throws IOException {
        for (Topic topic : RandomEvents.topics().toList()) {
            if (isFrozen(topic)) {
                continue;
            }
            int number = 1
                    + (int) all().stream()
                            .filter(frozen -> frozen.topic() == topic)
                            .count();
            SpecificRecord event = new RandomEvents(number).next(topic);
            Files.createDirectories(file(topic, number, "avsc").getParent());
            Files.writeString(file(topic, number, "avsc"), topic.eventSchema().toString(true) + "\n");
            Files.writeString(file(topic, number, "hex"), HexFormat.of().formatHex(EventCodec.encode(event)) + "\n");
            Files.writeString(file(topic, number, "json"), EventJson.write(event) + "\n");
        }
    }

    private static Path file(Topic topic, int number, String extension) {
        return DIRECTORY.resolve(topic.baseName()).resolve(number + "." + extension);
    }
}

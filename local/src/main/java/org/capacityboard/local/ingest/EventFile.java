package org.capacityboard.local.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.flink.ingest.EventReader;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;

/**
 * A file with an event of one topic on each line.
 *
 * @param path where it is
 * @param topic whose events it holds
 */
public record EventFile(Path path, Topic topic) {

    /** Gets the lines of a file one by one, with what was read from each. */
    public interface LineVisitor {
        /** A line that would be accepted. */
        void valid(long lineNumber, String line);

        /** A line that would be refused, and why. */
        void refused(long lineNumber, String reason);
    }

    /** The file, of the topic that its name says: {@code line-telemetry.jsonl}. */
    public static EventFile named(Path path) {
        String name = path.getFileName().toString();
        try {
            Topic topic = Topic.fromBaseName(name.replaceFirst("\\.jsonl?$", ""));
            if (topic.isInput()) {
                return new EventFile(path, topic);
            }
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUsage(new Problem(
                    "file",
                    path.toString(),
                    "must be named after an input topic, such as line-telemetry.jsonl",
                    "--topic says which events it holds"));
        }
        throw UserError.wrongUsage(
                new Problem("file", path.toString(), "names a topic that only the product itself writes"));
    }

    /** Reads the whole file; empty lines are skipped. */
    public void read(Duration futureGuard, LineVisitor visitor) {
        EventReader reader = new EventReader(SchemaLookup.ofThisRelease(), futureGuard);
        long lineNumber = 0;
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lineNumber++;
                if (line.isBlank()) {
                    continue;
                }
                Ingested read = reader.readLine(topic, lineNumber, line, System.currentTimeMillis());
                if (read instanceof Ingested.Refused refused) {
                    visitor.refused(lineNumber, refused.rejection().reason());
                } else {
                    visitor.valid(lineNumber, line);
                }
            }
        } catch (MalformedInputException e) {
            throw UserError.failed(new Problem(
                    "file", path + ":" + (lineNumber + 1), "is not UTF-8", "it was saved in another encoding"));
        } catch (NoSuchFileException e) {
            throw UserError.failed(new Problem("file", path.toString(), "does not exist", "the path is another one"));
        } catch (IOException e) {
            throw UserError.failed(
                    new Problem("file", path.toString(), "cannot be read: " + e, "its rights belong to somebody else"));
        }
    }

    /** The event on a valid line. */
    SpecificRecord event(String line) {
        return EventJson.parse(topic, line).event();
    }
}

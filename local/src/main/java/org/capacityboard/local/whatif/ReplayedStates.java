package org.capacityboard.local.whatif;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.replay.Replay;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;

/** The states behind the figures of a replay: read from its output, or computed first from its input. */
public final class ReplayedStates {
    private static final String STATES = "surge_snapshot.csv";
    private static final String READINESS = "surge_readiness.csv";
    private static final String EVENTS = ".jsonl";

    private final Settings settings;
    private final Consumer<String> steps;

    /** @param steps told what is being done that takes a while */
    public ReplayedStates(Settings settings, Consumer<String> steps) {
        this.settings = settings;
        this.steps = steps;
    }

    /**
     * Reads the state of a day.
     *
     * @param directory the folder that a replay wrote, or one that it could read
     * @param asOf the day; null: the newest
     * @param until end of time for the replay of a folder of events; null: the last event
     * @throws UserError if the folder is neither, or has no such state
     */
    public KnownState read(Path directory, @Nullable LocalDate asOf, @Nullable Instant until)
            throws IOException, SQLException {
        if (!Files.isDirectory(directory)) {
            throw UserError.failed(
                    new Problem("--replay", directory.toString(), "is not a directory", "the path is another one"));
        }
        Path states = directory.resolve(STATES);
        if (Files.exists(states)) {
            if (until != null) {
                throw UserError.wrongUsage(new Problem(
                        "--until",
                        until.toString(),
                        "must go with a folder of events, and " + directory + " holds figures",
                        "the folder that was the replay's --input is meant, or --as-of"));
            }
            return read(states, directory, asOf);
        }
        if (holdsEvents(directory)) {
            return replay(directory, asOf, until);
        }
        throw UserError.failed(new Problem(
                "--replay",
                directory.toString(),
                "is not a folder of a replay, must hold " + STATES + " or events (<topic>" + EVENTS + ")",
                Files.exists(directory.resolve(READINESS))
                        ? "an older version wrote it: run the replay again"
                        : "the path is another one"));
    }

    private static boolean holdsEvents(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(EVENTS));
        }
    }

    private KnownState replay(Path directory, @Nullable LocalDate asOf, @Nullable Instant until)
            throws IOException, SQLException {
        steps.accept("Computing the figures of " + directory + " first; 'capacity replay' keeps them.");
        Path temporary = Files.createTempDirectory("capacity-whatif");
        try {
            Path output = temporary.resolve("figures");
            new Replay(settings).run(directory, output, until);
            return read(output.resolve(STATES), directory, asOf);
        } finally {
            Folders.delete(temporary);
        }
    }

    private static KnownState read(Path file, Path source, @Nullable LocalDate asOf) throws IOException {
        LocalDate first = LocalDate.MAX;
        LocalDate last = LocalDate.MIN;
        String text = null;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            CsvRecords records = new CsvRecords(in);
            List<String> names = records.next();
            int day = names == null ? -1 : names.indexOf("as_of");
            int snapshot = names == null ? -1 : names.indexOf("snapshot");
            if (day < 0 || snapshot < 0) {
                throw damaged(file, "has not the columns as_of and snapshot");
            }
            for (List<String> values = records.next(); values != null; values = records.next()) {
                if (values.size() <= Math.max(day, snapshot)) {
                    throw damaged(file, "has a row that ends early");
                }
                LocalDate one = LocalDate.parse(values.get(day));
                first = one.isBefore(first) ? one : first;
                last = one.isAfter(last) ? one : last;
                if (asOf == null ? one.equals(last) : one.equals(asOf)) {
                    text = values.get(snapshot);
                }
            }
        } catch (DateTimeParseException e) {
            throw damaged(file, "has '" + e.getParsedString() + "' for a day");
        } catch (EOFException e) {
            throw damaged(file, "ends within quotes");
        } catch (CharacterCodingException e) {
            throw damaged(file, "is not UTF-8");
        }
        if (last.equals(LocalDate.MIN)) {
            throw UserError.failed(new Problem(
                    "--replay",
                    source.toString(),
                    "holds no state of surge readiness to start from",
                    "its events say nothing of lines and requirements, or no day was reached"));
        }
        if (text == null) {
            throw UserError.failed(StoredStates.missing(Objects.requireNonNull(asOf), first, last));
        }
        return new KnownState(asOf == null ? last : asOf, null, source.toString(), SurgeSnapshotJson.decode(text));
    }

    private static UserError damaged(Path file, String rule) {
        return UserError.failed(new Problem("file", file.toString(), rule, "it was damaged: run the replay again"));
    }
}

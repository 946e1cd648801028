package org.capacityboard.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * How far a simulation has come: everything sent before {@code next} is acknowledged. It is written after the
 * acknowledgements, so a run that is killed repeats a little and leaves nothing out; repeats are the same reports again.
 *
 * @param identity which simulation
 * @param start instant of its first event
 * @param next instant from which to go on
 */
public record SimulatorPosition(String identity, Instant start, Instant next) {
    /** The position in a file; null if there is none yet. */
    public static @Nullable SimulatorPosition read(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            return new SimulatorPosition(
                    properties.getProperty("simulation", ""),
                    Instant.parse(properties.getProperty("start", "")),
                    Instant.parse(properties.getProperty("next", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DateTimeException e) {
            throw UserError.failed(new Problem(
                    "The simulator's position",
                    file.toString(),
                    "is damaged: " + e.getMessage(),
                    "remove its data directory"));
        }
    }

    /** Replaces the file in one step, after the new one is on the disk. */
    void write(Path file) {
        String text = "simulation=" + identity + "\nstart=" + start + "\nnext=" + next + "\n";
        Path whole = file.toAbsolutePath();
        Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Position " + file + " could not be written", e);
        }
    }
}

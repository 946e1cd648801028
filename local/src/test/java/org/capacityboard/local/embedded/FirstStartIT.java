package org.capacityboard.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.capacityboard.local.CapacityCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first database of a machine, in JVMs whose folder for temporary files is their own: PostgreSQL is unpacked there. */
@Timeout(180)
class FirstStartIT {

    @Test
    void what_a_killed_first_start_left_half_unpacked_does_not_fail_the_next(@TempDir Path directory)
            throws IOException, InterruptedException {
        String whole = started(directory, "first");
        assertThat(whole).startsWith("ready at ");
        Files.delete(unpacked(directory).resolve(".exists"));
        deleteFilesButNotLinks(unpacked(directory).resolve("lib"));

        assertThat(started(directory, "second")).startsWith("ready at ");

        assertThat(unpacked(directory).resolve("bin/postgres")).isExecutable();
        assertThat(unpacked(directory).resolve(".exists")).exists();
    }

    @Test
    void two_first_starts_at_once_unpack_once_and_both_are_ready(@TempDir Path directory)
            throws IOException, InterruptedException {
        List<Process> servers = List.of(start(directory, "one"), start(directory, "other"));

        assertThat(firstWords(directory, "one", servers.get(0))).startsWith("ready at ");
        assertThat(firstWords(directory, "other", servers.get(1))).startsWith("ready at ");

        for (Process server : servers) {
            stop(server);
        }
    }

    /** A link whose target has not come yet is what the next unpacking stumbles over. */
    private static void deleteFilesButNotLinks(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** What a database says that is started on a new data directory, and stopped again. */
    private static String started(Path directory, String name) throws IOException, InterruptedException {
        Process server = start(directory, name);
        String words = firstWords(directory, name, server);
        stop(server);
        return words;
    }

    private static Process start(Path directory, String name) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CapacityCommand.class.getName(),
                        "stand-in",
                        "database",
                        "--data",
                        directory.resolve(name).toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(log(directory, name).toFile())
                .start();
    }

    private static String firstWords(Path directory, String name, Process server) throws IOException {
        while (server.isAlive() && !Files.readString(log(directory, name)).contains("\n")) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return Files.readString(log(directory, name));
    }

    private static void stop(Process server) throws InterruptedException {
        server.destroy();
        server.waitFor();
    }

    private static Path log(Path directory, String name) {
        return directory.resolve(name + ".log");
    }

    private static Path unpacked(Path directory) throws IOException {
        Path folder = directory.resolve("tmp").resolve("capacity-board-postgresql-" + System.getProperty("user.name"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }
}

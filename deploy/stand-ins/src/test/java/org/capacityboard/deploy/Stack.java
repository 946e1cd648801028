package org.capacityboard.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The script {@code deploy/stack} on a directory of its own.
 *
 * @param directory with what {@code deploy/assemble} lays out
 * @param base the first of eleven ports
 * @param settings environment of everything it starts
 */
record Stack(Path directory, int base, Map<String, String> settings) implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("..").toAbsolutePath().normalize();
    private static final int PORTS = 11;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a script said and how it ended. */
    record Outcome(int exitCode, String output) {}

    /** Lays out what the last build left. */
    static Stack assembled(Path directory, Map<String, String> settings) throws Exception {
        Stack stack = new Stack(directory, freePorts(), settings);
        Outcome outcome = stack.script("assemble", "--built", directory.toString());
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(outcome.output());
        }
        return stack;
    }

    Outcome start() throws IOException, InterruptedException {
        return script("stack", "start", directory.toString(), "--ports", String.valueOf(base));
    }

    Outcome status() throws IOException, InterruptedException {
        return script("stack", "status", directory.toString());
    }

    Outcome stop() throws IOException, InterruptedException {
        return script("stack", "stop", directory.toString());
    }

    String bootstrap() {
        return "127.0.0.1:" + base;
    }

    /** The address of a page of the viewer. */
    URI page(String path) {
        return URI.create("http://127.0.0.1:" + (base + 10) + path);
    }

    Connection reader() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (base + 1) + "/capacity",
                "capacity_reader",
                Files.readString(directory.resolve("secrets").resolve("reader_password")));
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the stack stopped; see " + directory, e);
        }
    }

    private Outcome script(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        // A file, not a pipe: what the script leaves running would keep a pipe open.
        Path output = Files.createTempFile(directory, name, ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end: " + Files.readString(output));
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    /** Eleven ports in a row that nobody has now. */
    private static int freePorts() throws IOException {
        for (int base = 20_000; base < 30_000; base += PORTS) {
            if (areFree(base)) {
                return base;
            }
        }
        throw new IOException("No eleven free ports in a row between 20000 and 30000");
    }

    private static boolean areFree(int base) {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}

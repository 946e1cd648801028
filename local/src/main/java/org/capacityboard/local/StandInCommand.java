package org.capacityboard.local;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.capacityboard.local.embedded.EmbeddedBroker;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.LoopbackPort;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capacity stand-in}: a broker and a database, each a process of its own, where nobody runs real ones. */
@Command(
        name = "stand-in",
        hidden = true,
        description = "A broker or a database in a process of its own, for development: deploy/stack starts them.")
final class StandInCommand {

    private static final String DATABASE = "capacity";

    private final CapacityCommand capacity;

    StandInCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Command(name = "broker", description = "Run a Kafka broker until it is stopped.")
    int broker(
            @Option(names = "--data", required = true, paramLabel = "DIR") Path directory,
            @Option(names = "--port", required = true, paramLabel = "P") int port) {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
        closeAtTheEnd(broker);
        capacity.out().println("ready at " + broker.bootstrap());
        String reason = broker.failure().toCompletableFuture().join();
        throw UserError.failed(new Problem("broker", broker.bootstrap(), "gave up: " + reason, "the disk is full"));
    }

    @Command(name = "database", description = "Run a PostgreSQL server until it is stopped.")
    int database(
            @Option(names = "--data", required = true, paramLabel = "DIR") Path directory,
            @Option(names = "--port", required = true, paramLabel = "P") int port)
            throws InterruptedException {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(directory, port, EmbeddedDatabase.Durability.COMMITTED_IS_KEPT);
        closeAtTheEnd(database);
        database.createDatabase(DATABASE);
        capacity.out().println("ready at " + database.url(DATABASE));
        new CountDownLatch(1).await();
        return 0;
    }

    @Command(name = "ports", description = "Say which of these ports are taken.")
    int ports(@Parameters(arity = "1..*", paramLabel = "P") List<Integer> ports) {
        List<Problem> taken = ports.stream()
                .filter(port -> !LoopbackPort.isFree(port))
                .map(port -> new Problem(
                        "port",
                        port.toString(),
                        "is taken by another process on " + LoopbackPort.HOST,
                        "another stack runs here: --ports takes eleven ports from another number on"))
                .toList();
        if (!taken.isEmpty()) {
            throw UserError.failed(taken);
        }
        return 0;
    }

    private static void closeAtTheEnd(AutoCloseable server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop"));
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop", e);
        }
    }
}

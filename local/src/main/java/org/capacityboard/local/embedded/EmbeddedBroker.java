package org.capacityboard.local.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) in this JVM. Its directory is kept: a broker started on it again, also after a
 * kill, has every record that was acknowledged before the machine itself went down.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final int port;
    private final CompletableFuture<String> failure;

    private EmbeddedBroker(KafkaRaftServer server, int port, CompletableFuture<String> failure) {
        this.server = server;
        this.port = port;
        this.failure = failure;
    }

    /**
     * Starts a broker.
     *
     * @param directory where records live; formatted if it is new
     * @param port port on the loopback interface, 0 for a free one
     */
    public static EmbeddedBroker start(Path directory, int port) {
        int brokerPort = LoopbackPort.orFree(port);
        CompletableFuture<String> failure = new CompletableFuture<>();
        // A broker that meets a fatal error ends its process. Here it shares one with the jobs: it says so instead.
        Exit.Procedure giveUp = (status, message) -> {
            String reason = message == null ? "status " + status : message;
            failure.complete(reason);
            throw new IllegalStateException("The embedded broker gave up: " + reason);
        };
        Exit.setExitProcedure(giveUp);
        Exit.setHaltProcedure(giveUp);
        try {
            format(directory);
            KafkaRaftServer server = new KafkaRaftServer(
                    new KafkaConfig(properties(directory, brokerPort, LoopbackPort.orFree(0)), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, brokerPort, failure);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The embedded broker did not start in " + directory + " on port " + brokerPort, e);
        }
    }

    private static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .run();
    }

    private static Map<String, String> properties(Path directory, int brokerPort, int controllerPort) {
        String host = LoopbackPort.HOST;
        Map<String, String> properties = new TreeMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners", "PLAINTEXT://" + host + ":" + brokerPort + ",CONTROLLER://" + host + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + host + ":" + brokerPort);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", directory.toString());
        // After a kill the controller waits for the old session to end before it takes the new broker.
        properties.put("broker.session.timeout.ms", "1500");
        properties.put("broker.heartbeat.interval.ms", "500");
        // One node: nothing to replicate to, and small internal topics start quickly.
        properties.put("default.replication.factor", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // A topic written wrongly in a setting is an error, not a new topic.
        properties.put("auto.create.topics.enable", "false");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("num.recovery.threads.per.data.dir", "2");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        properties.put("controlled.shutdown.enable", "false");
        return properties;
    }

    /** Where clients connect. */
    public String bootstrap() {
        return LoopbackPort.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Completes with the reason if the broker meets an error that it cannot survive. */
    public CompletionStage<String> failure() {
        return failure;
    }

    /** Why the broker gave up, null while it is well. */
    public @Nullable String failureReason() {
        return failure.getNow(null);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}

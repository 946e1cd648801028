package org.capacityboard.local.setup;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.KafkaSettings;

/**
 * The way to the brokers: patient for seconds, not minutes, and in words of the settings when they do not answer.
 *
 * @param settings where they are
 */
public record KafkaAccess(KafkaSettings settings) {

    private static final int PATIENCE_SECONDS = 6;

    private static final Map<String, String> PATIENCE = Map.of(
            "request.timeout.ms", "5000",
            "default.api.timeout.ms", PATIENCE_SECONDS + "000",
            "socket.connection.setup.timeout.ms", "3000");

    /** Properties for a client that a person waits for. */
    public Properties properties() {
        Properties properties = settings.clientProperties();
        PATIENCE.forEach(properties::putIfAbsent);
        return properties;
    }

    /**
     * Connects.
     *
     * @throws UserError if no broker answers
     */
    public Admin connect() {
        Admin admin;
        try {
            admin = Admin.create(properties());
        } catch (KafkaException e) {
            throw UserError.failed(problem(e));
        }
        try {
            await(admin.describeCluster().clusterId());
            return admin;
        } catch (UserError e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Waits for an answer.
     *
     * @throws UserError if it is none
     */
    public <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw UserError.failed(problem(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka was asked", e);
        }
    }

    private Problem problem(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new Problem(
                "kafka.bootstrap",
                settings.bootstrap(),
                "does not answer: "
                        + (root instanceof TimeoutException
                                ? "no broker took a connection within " + PATIENCE_SECONDS + " s"
                                : root.getMessage()),
                "no broker runs there, or it asks for TLS or a login that kafka.properties.* must name");
    }
}

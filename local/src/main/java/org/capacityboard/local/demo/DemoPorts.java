package org.capacityboard.local.demo;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.local.embedded.LoopbackPort;
import org.capacityboard.process.errors.Problem;

/**
 * Where the demo listens: three ports in a row, so that one number tells all of them.
 *
 * @param http the viewer, health and metrics
 * @param broker Kafka
 * @param database PostgreSQL
 */
public record DemoPorts(int http, int broker, int database) {

    /** The ports from {@code first} on; 0 for any free ones. */
    public static DemoPorts from(int first) {
        return first == 0
                ? new DemoPorts(0, LoopbackPort.orFree(0), LoopbackPort.orFree(0))
                : new DemoPorts(first, first + 1, first + 2);
    }

    /** A problem for each port that another process has. */
    public List<Problem> taken() {
        List<Problem> problems = new ArrayList<>();
        addIfTaken(problems, "port for HTTP", http);
        addIfTaken(problems, "port for Kafka", broker);
        addIfTaken(problems, "port for PostgreSQL", database);
        return problems;
    }

    private static void addIfTaken(List<Problem> problems, String what, int port) {
        if (port != 0 && !LoopbackPort.isFree(port)) {
            problems.add(Examination.taken(what, port));
        }
    }
}

package org.capacityboard.process.http;

import java.util.List;
import org.capacityboard.process.meters.ProcessMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The pages that every process has: {@code /healthz} (it lives), {@code /readyz} (it can work: 503 with the reasons if
 * not) and {@code /metrics} (Prometheus text).
 *
 * @param readyChecks what it needs before it can work
 */
public record HealthPages(ProcessMetrics metrics, List<ReadyCheck> readyChecks) {
    static final String PLAIN = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** What a request gets. */
    public record Page(int status, String contentType, String body) {}

    public HealthPages {
        readyChecks = List.copyOf(readyChecks);
    }

    /** Answers a request; null if the path is none of these pages. */
    public @Nullable Page answer(String method, String path) {
        return switch (path) {
            case "/metrics", "/healthz", "/readyz" -> {
                if (!method.equals("GET") && !method.equals("HEAD")) {
                    yield new Page(405, PLAIN, "only GET and HEAD\n");
                }
                yield switch (path) {
                    case "/metrics" -> new Page(200, PROMETHEUS, metrics.scrape());
                    case "/healthz" -> new Page(200, PLAIN, "alive\n");
                    default -> readiness();
                };
            }
            default -> null;
        };
    }

    private Page readiness() {
        StringBuilder body = new StringBuilder();
        boolean ready = true;
        for (ReadyCheck check : readyChecks) {
            String problem = problemOf(check);
            ready &= problem == null;
            body.append(check.name())
                    .append(": ")
                    .append(problem == null ? "ready" : problem)
                    .append('\n');
        }
        return new Page(ready ? 200 : 503, PLAIN, ready ? "ready\n" + body : "not ready\n" + body);
    }

    /** A check that breaks says so in its answer: a process that cannot tell is not ready. */
    private static @Nullable String problemOf(ReadyCheck check) {
        try {
            return check.problem().get();
        } catch (RuntimeException broken) {
            return "the check itself failed: " + broken;
        }
    }
}

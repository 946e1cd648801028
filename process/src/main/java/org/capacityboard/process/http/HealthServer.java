package org.capacityboard.process.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.HttpSettings;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /healthz} (the process lives), {@code /readyz} (it can work: 503 with the reasons if not) and
 * {@code /metrics} (Prometheus text).
 */
public final class HealthServer implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 4;

    /** What a request gets. */
    private record Answer(int status, String contentType, String body) {}

    private final HttpServer server;
    private final ExecutorService threads;
    private final ProcessMetrics metrics;
    private final List<ReadyCheck> readyChecks;
    private final @Nullable Supplier<String> frontPage;

    private HealthServer(
            HttpServer server,
            ProcessMetrics metrics,
            List<ReadyCheck> readyChecks,
            @Nullable Supplier<String> frontPage) {
        this.server = server;
        this.metrics = metrics;
        this.readyChecks = List.copyOf(readyChecks);
        this.frontPage = frontPage;
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "health-server");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to listen.
     *
     * @throws UserError if the address or port cannot be had
     */
    public static HealthServer start(HttpSettings settings, ProcessMetrics metrics, List<ReadyCheck> readyChecks) {
        return start(settings, metrics, readyChecks, null);
    }

    /**
     * Starts to listen, with a page for people at {@code /}.
     *
     * @param frontPage the page's HTML, asked on every request; null for none
     * @throws UserError if the address or port cannot be had
     */
    public static HealthServer start(
            HttpSettings settings,
            ProcessMetrics metrics,
            List<ReadyCheck> readyChecks,
            @Nullable Supplier<String> frontPage) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw UserError.failed(new Problem("http.host", settings.host(), "is no address of any host"));
        }
        HttpServer listening;
        try {
            listening = HttpServer.create(address, 0);
        } catch (BindException refused) {
            throw UserError.failed(notToBeHad(settings, refused));
        } catch (IOException broken) {
            throw UserError.failed(new Problem(
                    "http.port", String.valueOf(settings.port()), "cannot be listened on: " + broken.getMessage()));
        }
        HealthServer server = new HealthServer(listening, metrics, readyChecks, frontPage);
        listening.setExecutor(server.threads);
        listening.createContext("/", server::handle);
        listening.start();
        return server;
    }

    /** The port it listens on, the real one where the settings say 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it answers: {@code http://127.0.0.1:9400}. */
    public URI address() {
        String host = server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Problem notToBeHad(HttpSettings settings, BindException refused) {
        String message = String.valueOf(refused.getMessage());
        if (message.contains("assign")) {
            return new Problem(
                    "http.host", settings.host(), "is no address of this machine", "127.0.0.1 or 0.0.0.0 is meant");
        }
        if (message.contains("denied")) {
            return new Problem(
                    "http.port",
                    String.valueOf(settings.port()),
                    "may not be listened on by this user",
                    "a port above 1023 is free to all");
        }
        return new Problem(
                "http.port",
                String.valueOf(settings.port()),
                "is taken by another process on " + settings.host(),
                "another Capacity Board runs here: --set http.port=0 takes any free port");
    }

    private void handle(HttpExchange exchange) throws IOException {
        Timer.Sample sample = Timer.start(metrics.registry());
        String path = exchange.getRequestURI().getPath();
        Answer answer = answer(exchange.getRequestMethod(), path);
        try (exchange) {
            boolean wantsBody = !exchange.getRequestMethod().equals("HEAD");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), wantsBody ? body.length : -1);
            if (wantsBody) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        } finally {
            String knownPath = answer.status() == 404 ? "other" : path;
            sample.stop(Meters.HTTP_REQUESTS.timer(metrics.registry(), knownPath, String.valueOf(answer.status())));
        }
    }

    private Answer answer(String method, String path) {
        return switch (path) {
            case "/metrics", "/healthz", "/readyz" -> {
                if (!method.equals("GET") && !method.equals("HEAD")) {
                    yield new Answer(405, PLAIN, "only GET and HEAD\n");
                }
                yield switch (path) {
                    case "/metrics" -> new Answer(200, PROMETHEUS, metrics.scrape());
                    case "/healthz" -> new Answer(200, PLAIN, "alive\n");
                    default -> readiness();
                };
            }
            case "/" -> frontPage == null ? unknownPath() : new Answer(200, HTML, frontPage.get());
            default -> unknownPath();
        };
    }

    private static Answer unknownPath() {
        return new Answer(404, PLAIN, "only /metrics, /healthz and /readyz\n");
    }

    private Answer readiness() {
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
        return new Answer(ready ? 200 : 503, PLAIN, ready ? "ready\n" + body : "not ready\n" + body);
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

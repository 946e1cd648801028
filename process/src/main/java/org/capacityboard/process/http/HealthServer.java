package org.capacityboard.process.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.http.HealthPages.Page;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.HttpSettings;
import org.jspecify.annotations.Nullable;

/** Answers the {@link HealthPages} of a process that has no other pages, or one more for people. */
public final class HealthServer implements AutoCloseable {
    private static final String HTML = "text/html; charset=utf-8";
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private final HealthPages pages;
    private final @Nullable Supplier<String> frontPage;

    private HealthServer(HttpServer server, HealthPages pages, @Nullable Supplier<String> frontPage) {
        this.server = server;
        this.pages = pages;
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
        HttpServer listening = HttpPort.open(settings);
        HealthServer server = new HealthServer(listening, new HealthPages(metrics, readyChecks), frontPage);
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
        return HttpPort.address(server);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Timer.Sample sample = Timer.start(pages.metrics().registry());
        String path = exchange.getRequestURI().getPath();
        Page answer = answer(exchange.getRequestMethod(), path);
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
            sample.stop(
                    Meters.HTTP_REQUESTS.timer(pages.metrics().registry(), knownPath, String.valueOf(answer.status())));
        }
    }

    private Page answer(String method, String path) {
        Page page = pages.answer(method, path);
        if (page != null) {
            return page;
        }
        return frontPage != null && path.equals("/")
                ? new Page(200, HTML, frontPage.get())
                : new Page(404, HealthPages.PLAIN, "only /metrics, /healthz and /readyz\n");
    }
}

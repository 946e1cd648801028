package org.capacityboard.flink.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry of its own with its page {@code /metrics} in Prometheus text format. */
final class MetricsPage implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "flink-metrics-page");
        made.setDaemon(true);
        return made;
    });
    private final HttpServer server;

    private MetricsPage(HttpServer server) {
        this.server = server;
    }

    /** Listens on the first free port of a range. */
    static MetricsPage start(String host, PortRange ports) {
        for (int port = ports.first(); port <= ports.last(); port++) {
            try {
                MetricsPage page = new MetricsPage(HttpServer.create(new InetSocketAddress(host, port), 0));
                page.server.setExecutor(page.thread);
                page.server.createContext("/", page::answer);
                page.server.start();
                return page;
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException("No page for Flink's metrics on " + host + ":" + port, e);
            }
        }
        throw new IllegalStateException(
                "No page for Flink's metrics on %s: none of the ports %d-%d is free.\nMaybe give metrics.reporter.<name>.port a wider range."
                        .formatted(host, ports.first(), ports.last()));
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
        registry.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean isKnown = exchange.getRequestURI().getPath().equals("/metrics");
            byte[] body = (isKnown ? registry.scrape() : "only /metrics\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(isKnown ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

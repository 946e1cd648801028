package org.capacityboard.viewer.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.http.HealthPages;
import org.capacityboard.process.http.HttpPort;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.settings.HttpSettings;
import org.capacityboard.viewer.answer.Answers;
import org.capacityboard.viewer.answer.Asked;
import org.capacityboard.viewer.dashboard.Dashboard;
import org.capacityboard.viewer.dashboard.DashboardCatalogue;
import org.capacityboard.viewer.dashboard.Panel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers browsers: the page, its files, and figures as JSON. Nothing is changed by any request. */
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final int THREADS = 48;
    /** The threads left are for pages, files and health, so that these answer while figures wait for the database. */
    private static final int THREADS_FOR_FIGURES = 40;

    private static final int MOST_WAITING = 500;
    private static final int LEAST_BYTES_TO_PACK = 1_000;
    private static final int USUAL_WIDTH = 1_000;
    private static final int WIDEST = 10_000;
    private static final Pattern DASHBOARD_PAGE = Pattern.compile("/d/[A-Za-z0-9_-]{1,40}(/[^/]*)?");
    private static final Pattern DASHBOARD = Pattern.compile("/api/dashboards/([^/]{1,100})");
    private static final Pattern PANEL = Pattern.compile("/api/dashboards/([^/]{1,100})/panels/(\\d{1,9})");
    private static final Pattern ASSET = Pattern.compile("/assets/([^/]{1,100})");

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "SAMEORIGIN",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Semaphore figures = new Semaphore(THREADS_FOR_FIGURES);
    private final HealthPages health;
    private final Access access;
    private final DashboardCatalogue catalogue;
    private final Answers answers;
    private final Assets assets = new Assets();
    private final Map<String, byte[]> packed = new ConcurrentHashMap<>();

    private PageServer(
            HttpServer server, HealthPages health, Access access, DashboardCatalogue catalogue, Answers answers) {
        this.server = server;
        this.health = health;
        this.access = access;
        this.catalogue = catalogue;
        this.answers = answers;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "viewer-http");
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Starts to listen.
     *
     * @throws UserError if the address or port cannot be had
     */
    public static PageServer start(
            HttpSettings settings, HealthPages health, Access access, DashboardCatalogue catalogue, Answers answers) {
        HttpServer listening = HttpPort.open(settings);
        PageServer pages = new PageServer(listening, health, access, catalogue, answers);
        listening.setExecutor(pages.threads);
        listening.createContext("/", pages::handle);
        listening.start();
        return pages;
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

    /**
     * What a request gets, and which of the few known paths it went to.
     *
     * @param path with ids left out
     * @param packedAs name under which the packed bytes are kept; null if they are not
     */
    private record Routed(
            String path, Reply reply, @Nullable String packedAs) {
        Routed(String path, Reply reply) {
            this(path, reply, null);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Timer.Sample sample = Timer.start(health.metrics().registry());
        Routed routed = routedSafely(exchange);
        try (exchange) {
            send(exchange, routed);
        } catch (IOException gone) {
            LOG.debug("a browser did not wait for its answer path={}", routed.path(), gone);
        } finally {
            sample.stop(Meters.VIEWER_REQUESTS.timer(
                    health.metrics().registry(),
                    routed.path(),
                    String.valueOf(routed.reply().status())));
        }
    }

    private Routed routedSafely(HttpExchange exchange) {
        try {
            return routed(Request.of(exchange));
        } catch (UserError wrong) {
            return new Routed("other", Reply.problem(400, String.valueOf(wrong.getMessage())));
        } catch (RuntimeException fault) {
            LOG.error("a request was not answered because of a fault of the program", fault);
            return new Routed("other", Reply.problem(500, "The viewer has a fault. Maybe its log says more."));
        }
    }

    private Routed routed(Request request) {
        HealthPages.Page page = health.answer(request.method(), request.path());
        if (page != null) {
            return new Routed(request.path(), Reply.text(page.status(), page.contentType(), page.body()));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return new Routed(
                    "other", new Reply(405, "text/plain; charset=utf-8", new byte[0], Map.of("Allow", "GET, HEAD")));
        }
        String path = request.path();
        Reply refusal = access.refusal(request);
        if (path.equals("/")) {
            return refusal == null ? file("/", Assets.INDEX, request) : new Routed("/", refusal);
        }
        if (DASHBOARD_PAGE.matcher(path).matches()) {
            return refusal == null ? file("/d/{uid}", Assets.INDEX, request) : new Routed("/d/{uid}", refusal);
        }
        Matcher asset = ASSET.matcher(path);
        if (asset.matches()) {
            return refusal == null
                    ? file("/assets/{name}", asset.group(1), request)
                    : new Routed("/assets/{name}", refusal);
        }
        if (refusal != null) {
            return new Routed("other", refusal);
        }
        return data(request);
    }

    private Routed data(Request request) {
        Matcher dashboard = DASHBOARD.matcher(request.path());
        Matcher panel = PANEL.matcher(request.path());
        String known = request.path().equals("/api/home")
                ? "/api/home"
                : dashboard.matches()
                        ? "/api/dashboards/{uid}"
                        : panel.matches() ? "/api/dashboards/{uid}/panels/{id}" : "other";
        if (known.equals("other")) {
            return request.isForData()
                    ? new Routed(known, Reply.problem(404, "There is nothing at this address."))
                    : new Routed(known, Reply.plain(404, "There is nothing at this address. Maybe / is meant.\n"));
        }
        if (!figures.tryAcquire()) {
            return new Routed(known, Reply.problem(503, "Too many people look at once. Maybe it works in a moment."));
        }
        try {
            Reply reply =
                    switch (known) {
                        case "/api/home" -> Reply.json(200, answers.home());
                        case "/api/dashboards/{uid}" -> dashboard(dashboard.group(1), request);
                        default -> panel(panel.group(1), Integer.parseInt(panel.group(2)), request);
                    };
            return new Routed(known, reply);
        } catch (UserError wrong) {
            return new Routed(known, Reply.problem(400, String.valueOf(wrong.getMessage())));
        } catch (RuntimeException fault) {
            LOG.error("figures were not given because of a fault of the program path={}", request.path(), fault);
            return new Routed(known, Reply.problem(500, "The viewer has a fault. Maybe its log says more."));
        } finally {
            figures.release();
        }
    }

    private Reply dashboard(String uid, Request request) {
        Dashboard dashboard = catalogue.find(uid);
        return dashboard == null ? unknownDashboard() : Reply.json(200, answers.dashboard(dashboard, asked(request)));
    }

    private Reply panel(String uid, int id, Request request) {
        Dashboard dashboard = catalogue.find(uid);
        if (dashboard == null) {
            return unknownDashboard();
        }
        Panel panel = dashboard.panel(id);
        return panel == null
                ? Reply.problem(404, "The dashboard has no panel of this number. Maybe its file has changed.")
                : Reply.json(200, answers.panel(dashboard, panel, asked(request), width(request)));
    }

    private static Reply unknownDashboard() {
        return Reply.problem(
                404, "There is no dashboard of this name. Maybe its file is broken: the first page tells.");
    }

    private static Asked asked(Request request) {
        return new Asked(request.parameter("from"), request.parameter("to"), request.variables());
    }

    private static int width(Request request) {
        String width = request.parameter("width");
        return width != null && width.matches("\\d{1,6}")
                ? Math.max(1, Math.min(WIDEST, Integer.parseInt(width)))
                : USUAL_WIDTH;
    }

    private Routed file(String path, String name, Request request) {
        Assets.Asset asset = assets.find(name);
        if (asset == null) {
            return new Routed(path, Reply.plain(404, "There is no such file.\n"));
        }
        String tag = "W/\"" + asset.tag() + "\"";
        Map<String, String> headers = Map.of("Cache-Control", "no-cache", "ETag", tag);
        String known = request.header("If-None-Match");
        return known != null && known.contains(tag)
                ? new Routed(path, Reply.empty(304, headers))
                : new Routed(path, new Reply(200, asset.contentType(), asset.bytes(), headers), name);
    }

    private void send(HttpExchange exchange, Routed routed) throws IOException {
        Reply reply = routed.reply();
        Headers headers = exchange.getResponseHeaders();
        ALWAYS.forEach(headers::set);
        reply.headers().forEach(headers::set);
        byte[] body = reply.body();
        if (body.length > 0) {
            headers.set("Content-Type", reply.contentType());
        }
        headers.set("Vary", "Accept-Encoding, Cookie");
        if (body.length >= LEAST_BYTES_TO_PACK && mayBePacked(reply.contentType()) && takesGzip(exchange)) {
            headers.set("Content-Encoding", "gzip");
            String name = routed.packedAs();
            byte[] bytes = body;
            body = name == null ? gzipped(bytes) : packed.computeIfAbsent(name, key -> gzipped(bytes));
        }
        boolean wantsBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), wantsBody ? body.length : -1);
        if (wantsBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static boolean mayBePacked(String contentType) {
        return !contentType.startsWith("image/png") && !contentType.startsWith("font/");
    }

    private static boolean takesGzip(HttpExchange exchange) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\b).*");
    }

    private static byte[] gzipped(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written", impossible);
        }
        return packed.toByteArray();
    }
}

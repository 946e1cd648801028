package org.capacityboard.process.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.HttpSettings;

/** Where a process listens. */
public final class HttpPort {
    /** What the server of the JDK reads once, before it starts: see {@link #prepare}. */
    private static final Map<String, String> SERVER_PROPERTIES = Map.of(
            // Head and body of an answer are two packets; without this the second waits 40 ms for the first to be
            // confirmed.
            "sun.net.httpserver.nodelay", "true",
            // Seconds that a request may take to arrive, so that slow ones do not keep all threads.
            "sun.net.httpserver.maxReqTime", "30");

    private HttpPort() {}

    /**
     * Takes the port; nothing is answered before the server is started.
     *
     * @throws UserError if the address or port cannot be had
     */
    public static HttpServer open(HttpSettings settings) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw UserError.failed(new Problem("http.host", settings.host(), "is no address of any host"));
        }
        prepare();
        try {
            return HttpServer.create(address, 0);
        } catch (BindException refused) {
            throw UserError.failed(notToBeHad(settings, refused));
        } catch (IOException broken) {
            throw UserError.failed(new Problem(
                    "http.port", String.valueOf(settings.port()), "cannot be listened on: " + broken.getMessage()));
        }
    }

    /** Where a server answers: {@code http://127.0.0.1:9400}. */
    public static URI address(HttpServer server) {
        String host = server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort());
    }

    /** Whoever starts the process may say otherwise. */
    private static void prepare() {
        SERVER_PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
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
}

package org.capacityboard.viewer.page;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Secret;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Who may look: everybody at this machine, who knows the token, or whom a reverse proxy names. */
public final class Access {
    private static final String COOKIE = "capacity-viewer";
    private static final String TOKEN = "token";
    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

    private final @Nullable Secret token;
    private final @Nullable String userHeader;

    private Access(@Nullable Secret token, @Nullable String userHeader) {
        this.token = token;
        this.userHeader = userHeader;
    }

    /**
     * The rule of these settings.
     *
     * @throws UserError if other machines could look without being asked who they are
     */
    public static Access of(Settings settings) {
        Secret token = settings.viewer().accessToken();
        String userHeader = settings.viewer().userHeader();
        String host = settings.http().host();
        if (token == null && userHeader == null && !isLoopback(host)) {
            throw UserError.wrongUsage(new Problem(
                    "http.host",
                    host,
                    "lets other machines look, and neither viewer.access-token nor viewer.user-header asks who they are",
                    "set viewer.access-token-file, or viewer.user-header behind a proxy that signs people in;"
                            + " http.host=127.0.0.1 is for this machine alone"));
        }
        return new Access(token, userHeader);
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            // Nothing listens there either, which is told when the port is taken.
            return true;
        }
    }

    /** What a request gets instead of an answer; null if it may look. */
    @Nullable
    Reply refusal(Request request) {
        if (userHeader != null && isBlank(request.header(userHeader))) {
            return refused(
                    request,
                    401,
                    "Nobody is signed in: the header " + userHeader + " is missing.",
                    "Maybe this address goes around the proxy that signs people in.");
        }
        if (token != null) {
            return withoutToken(request, token);
        }
        String host = request.header("Host");
        if (userHeader == null
                && host != null
                && !LOOPBACK_NAME.matcher(lower(host)).matches()) {
            return refused(
                    request,
                    403,
                    "The viewer answers to localhost only, not to '" + host + "'.",
                    "Maybe open http://localhost with the same port, or set viewer.access-token-file.");
        }
        return null;
    }

    private static @Nullable Reply withoutToken(Request request, Secret token) {
        String bearer = request.header("Authorization");
        if (bearer != null && same(bearer, "Bearer " + token.reveal())) {
            return null;
        }
        String given = request.parameter(TOKEN);
        if (given != null && !request.isForData() && same(given, token.reveal())) {
            return entrance(request, token);
        }
        String session = cookie(request.header("Cookie"));
        if (session != null && same(session, session(token))) {
            return null;
        }
        return refused(
                request,
                401,
                given == null ? "The viewer asks for a token." : "This is not the token.",
                "Maybe open this page with ?token=... at its end once; whoever runs the viewer knows the token.");
    }

    /** The same page without the token in its address, which then stands in a cookie. */
    private static Reply entrance(Request request, Secret token) {
        StringJoiner query = new StringJoiner("&");
        request.parameters().forEach((name, values) -> {
            if (!name.equals(TOKEN)) {
                values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
            }
        });
        // Two slashes at the beginning would lead to another host.
        String path = "/" + request.rawPath().replaceFirst("^[/\\\\]+", "");
        String secure = "https".equals(request.header("X-Forwarded-Proto")) ? "; Secure" : "";
        return Reply.empty(
                303,
                Map.of(
                        "Location",
                        query.length() == 0 ? path : path + "?" + query,
                        "Set-Cookie",
                        COOKIE + "=" + session(token) + "; Path=/; HttpOnly; SameSite=Lax" + secure,
                        "Cache-Control",
                        "no-store"));
    }

    private static Reply refused(Request request, int status, String what, String maybe) {
        return request.isForData()
                ? Reply.problem(status, what + " " + maybe)
                : Reply.html(
                        status,
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Capacity Board</title>\n<h1>"
                                + "Capacity Board</h1>\n<p>" + escaped(what) + "</p>\n<p>" + escaped(maybe)
                                + "</p>\n</html>\n");
    }

    private static @Nullable String cookie(@Nullable String header) {
        if (header != null) {
            for (String each : header.split(";")) {
                String pair = each.strip();
                if (pair.startsWith(COOKIE + "=")) {
                    return pair.substring(COOKIE.length() + 1);
                }
            }
        }
        return null;
    }

    /** What the cookie holds: it proves that its owner knew the token, without telling it. */
    private static String session(Secret token) {
        try {
            byte[] text = ("capacity-viewer session " + token.reveal()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Takes as long for a wrong text as for a right one. */
    private static boolean same(String given, String known) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

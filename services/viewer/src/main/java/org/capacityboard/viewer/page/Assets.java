package org.capacityboard.viewer.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files that the page is made of: scripts, styles and the charts' library. */
public final class Assets {
    /** The page itself. */
    public static final String INDEX = "index.html";

    private static final String FOLDER = "/org/capacityboard/viewer/assets/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");
    private static final Map<String, String> LIBRARIES =
            Map.of("echarts.min.js", "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    /**
     * A file.
     *
     * @param tag changes when the bytes do
     */
    public record Asset(byte[] bytes, String contentType, String tag) {}

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /** The file of this name; null if there is none. */
    public @Nullable Asset find(String name) {
        Asset known = read.get(name);
        if (known != null || !NAME.matcher(name).matches()) {
            return known;
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        byte[] bytes = type == null ? null : bytes(LIBRARIES.getOrDefault(name, FOLDER + name));
        if (bytes == null || type == null) {
            return null;
        }
        Asset asset = new Asset(bytes, type, tag(bytes));
        read.put(name, asset);
        return asset;
    }

    private static byte @Nullable [] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + resource, unreadable);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

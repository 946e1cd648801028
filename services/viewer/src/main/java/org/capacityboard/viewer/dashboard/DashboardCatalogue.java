package org.capacityboard.viewer.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboards there are: those of this release, or those of a folder, which are read again when they change. A file
 * that cannot be read is told of and takes none of the others along.
 */
public final class DashboardCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardCatalogue.class);
    private static final String PACKAGED = "/dashboards";
    private static final long MOST_BYTES = 5_000_000;
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** What a file looked like from outside. */
    private record Stamp(long modifiedMs, long bytes) {}

    /**
     * The dashboards at one moment.
     *
     * @param byUid in the order of their titles
     */
    public record Content(Map<String, Dashboard> byUid, List<BrokenFile> broken) {}

    private final @Nullable Path folder;
    private final InstantSource clock;
    private Map<String, Stamp> stamps = Map.of();
    private Instant lookedAt;
    private Content content;

    private DashboardCatalogue(@Nullable Path folder, InstantSource clock, Content content) {
        this.folder = folder;
        this.clock = clock;
        this.content = content;
        this.lookedAt = clock.instant();
    }

    /**
     * Reads the dashboards.
     *
     * @param folder where the files are; null for those of this release
     * @throws UserError if the folder cannot be read
     */
    public static DashboardCatalogue open(@Nullable Path folder, InstantSource clock) {
        if (folder == null) {
            return new DashboardCatalogue(null, clock, packaged());
        }
        try {
            // First the stamps: what changes while it is read is read again.
            Map<String, Stamp> stamps = stamps(folder);
            DashboardCatalogue catalogue = new DashboardCatalogue(folder, clock, read(folder));
            catalogue.stamps = stamps;
            return catalogue;
        } catch (IOException | UncheckedIOException unreadable) {
            throw UserError.failed(new Problem(
                    "viewer.dashboards",
                    folder.toString(),
                    "cannot be read",
                    "there is no such folder, or its rights are wrong"));
        }
    }

    /** The dashboards as the files are now. */
    public synchronized Content content() {
        if (folder != null && !clock.instant().isBefore(lookedAt.plus(LOOK_AGAIN_AFTER))) {
            lookedAt = clock.instant();
            try {
                Map<String, Stamp> now = stamps(folder);
                if (!now.equals(stamps)) {
                    content = read(folder);
                    stamps = now;
                }
            } catch (IOException | UncheckedIOException unreadable) {
                LOG.warn(
                        "the folder of dashboards cannot be read, the last ones stay reason={}", unreadable.toString());
            }
        }
        return content;
    }

    /** The dashboard of this uid; null if there is none. */
    public @Nullable Dashboard find(String uid) {
        return content().byUid().get(uid);
    }

    private static Map<String, Stamp> stamps(Path folder) throws IOException {
        Map<String, Stamp> stamps = new TreeMap<>();
        for (Path file : files(folder)) {
            stamps.put(
                    file.getFileName().toString(),
                    new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
        }
        return stamps;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static Content packaged() {
        URL url = DashboardCatalogue.class.getResource(PACKAGED);
        if (url == null) {
            return new Content(Map.of(), List.of());
        }
        try {
            URI address = url.toURI();
            if (!address.getScheme().equals("jar")) {
                return read(Path.of(address));
            }
            URI jar = URI.create(
                    address.toString().substring(0, address.toString().indexOf("!/")));
            try (FileSystem inside = FileSystems.newFileSystem(Path.of(URI.create(jar.getSchemeSpecificPart())))) {
                return read(inside.getPath(PACKAGED));
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("the dashboards of this release cannot be read at " + url, unreadable);
        }
    }

    private static Content read(Path folder) throws IOException {
        List<Dashboard> dashboards = new ArrayList<>();
        List<BrokenFile> broken = new ArrayList<>();
        Map<String, String> fileOfUid = new TreeMap<>();
        for (Path path : files(folder)) {
            String file = path.getFileName().toString();
            try {
                Dashboard dashboard = Dashboard.of(file, json(path));
                String other = fileOfUid.putIfAbsent(dashboard.uid(), file);
                if (other == null) {
                    dashboards.add(dashboard);
                } else {
                    broken.add(new BrokenFile(
                            file, new Problem("uid", dashboard.uid(), "stands in " + other + " already").text()));
                }
            } catch (UserError noDashboard) {
                broken.add(new BrokenFile(file, String.valueOf(noDashboard.getMessage())));
            }
        }
        broken.forEach(each -> LOG.warn(
                "a dashboard cannot be read file={} reason={}",
                each.file(),
                each.problem().replace("\n", " ")));
        Map<String, Dashboard> byUid = new LinkedHashMap<>();
        dashboards.stream()
                .sorted((one, other) -> one.title().compareToIgnoreCase(other.title()))
                .forEach(dashboard -> byUid.put(dashboard.uid(), dashboard));
        return new Content(byUid, List.copyOf(broken));
    }

    private static JsonNode json(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw UserError.failed(new Problem("file", file.getFileName().toString(), "is larger than 5 MB"));
            }
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (json != null && json.isObject()) {
                return json;
            }
            throw UserError.failed(new Problem("file", file.getFileName().toString(), "holds no JSON object"));
        } catch (JsonProcessingException malformed) {
            throw UserError.failed(new Problem(
                    "file",
                    file.getFileName().toString(),
                    "is no JSON, line " + malformed.getLocation().getLineNr() + ": "
                            + malformed.getOriginalMessage().replaceFirst(" \\(start marker.*", "")));
        } catch (IOException unreadable) {
            throw UserError.failed(
                    new Problem("file", file.getFileName().toString(), "cannot be read", "its rights are wrong"));
        }
    }
}

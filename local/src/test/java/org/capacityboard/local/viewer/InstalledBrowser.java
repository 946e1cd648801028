package org.capacityboard.local.viewer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A browser of the Chromium family on this machine, and the program that drives it.
 *
 * @param browser starts it
 * @param driver of the browser's own version
 */
record InstalledBrowser(Path browser, Path driver) {
    private static final String VARIABLE = "CAPACITY_BROWSER";
    private static final List<String> BROWSERS = List.of("chromium", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<String> DRIVERS = List.of("chromedriver", "chromedriver.exe");

    /** Why tests in a browser are skipped. */
    static final String NONE = "There is no Chromium and chromedriver on the PATH. Maybe install both ('apt-get install"
            + " chromium chromium-driver'); " + VARIABLE + " names a browser that is elsewhere.";

    /** The first on the PATH; null unless both programs are there. */
    static @Nullable InstalledBrowser find(Map<String, String> environment) {
        String named = environment.get(VARIABLE);
        String path = environment.getOrDefault("PATH", "");
        Path browser = named == null || named.isEmpty() ? first(BROWSERS, path) : Path.of(named);
        Path driver = first(DRIVERS, path);
        return browser == null || driver == null ? null : new InstalledBrowser(browser, driver);
    }

    private static @Nullable Path first(List<String> names, String path) {
        for (String name : names) {
            for (String folder : path.split(File.pathSeparator, -1)) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        return null;
    }
}

package org.capacityboard.local.viewer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.capacityboard.local.embedded.Folders;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.slf4j.LoggerFactory;

/** A browser without a window, with a profile of its own that is deleted at the end. */
final class Browser implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Browser.class);

    /** Warns that it does not know a protocol of this browser's version; none is used that changes with versions. */
    private static final Logger PROTOCOLS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final Path folder;
    private final ChromeDriverService service;
    private final ChromeDriver driver;

    private Browser(Path folder, ChromeDriverService service, ChromeDriver driver) {
        this.folder = folder;
        this.service = service;
        this.driver = driver;
    }

    static Browser start(InstalledBrowser installed) throws IOException {
        PROTOCOLS.setLevel(Level.OFF);
        Path folder = Files.createTempDirectory("capacity-browser");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed.driver().toFile())
                .usingAnyFreePort()
                // What a page shows in the browser's own time zone must not depend on the machine.
                .withEnvironment(Map.of("TZ", "UTC", "TMPDIR", folder.toString()))
                .withSilent(true)
                .build();
        return new Browser(folder, service, new ChromeDriver(service, options(installed)));
    }

    private static ChromeOptions options(InstalledBrowser installed) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed.browser().toFile());
        options.addArguments(
                "--headless=new",
                "--disable-gpu",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                "--lang=en-US",
                // Containers often have 64 MB of shared memory, less than one wide picture.
                "--disable-dev-shm-usage");
        if (System.getProperty("user.name").equals("root")) {
            // Its sandbox does not start as root, and nothing but our own pages is opened.
            options.addArguments("--no-sandbox");
        }
        // A page that opens a dialog fails the test that is there.
        options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.DISMISS_AND_NOTIFY);
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.WARNING);
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        options.setExperimentalOption("excludeSwitches", List.of("enable-automation"));
        return options;
    }

    /** The window, as if it were opened for the first time: nothing is stored, nothing was said. */
    Tab newTab() {
        return new Tab(driver);
    }

    @Override
    public void close() {
        driver.quit();
        service.close();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            LOG.info("a process of the browser still writes to {}", folder);
        }
    }
}

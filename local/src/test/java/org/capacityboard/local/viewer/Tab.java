package org.capacityboard.local.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.UnhandledAlertException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The browser's window, used as a person does: looks, clicks and keys. It remembers all that went wrong in its pages. */
final class Tab implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(15);
    private static final int TALLEST_PICTURE = 16_000;
    private static final int MOST_TABS = 60;

    /** Dashboard and every visible panel answered and drawn. */
    static final String READY = "document.body !== null && document.body.dataset.state === 'ready'";

    private static final String SETTLED = READY
            + " && document.querySelector('section.panel[data-state=loading]') === null"
            + " && document.documentElement.scrollHeight <= window.innerHeight";

    private final ChromeDriver driver;
    private int width = 1280;

    Tab(ChromeDriver driver) {
        this.driver = driver;
        size(width, 900);
        theme("light");
    }

    /** Opens a page and returns when it is ready. */
    Tab open(URI page) {
        openUnfinished(page);
        return awaitReady();
    }

    /** Opens a page and returns when its document and scripts are there. */
    Tab openUnfinished(URI page) {
        driver.get(page.toString());
        return this;
    }

    Tab awaitReady() {
        return await(READY);
    }

    /** Makes the window as tall as the page, so that every panel is visible, and returns when all are drawn. */
    Tab showAll() {
        awaitReady();
        size(width, pageHeight());
        return await("all panels drawn", () -> {
            int height = pageHeight();
            if (height > look("window.innerHeight").asInt()) {
                size(width, height);
            }
            return holds(SETTLED);
        });
    }

    private int pageHeight() {
        return Math.max(
                600,
                Math.min(
                        TALLEST_PICTURE,
                        look("document.documentElement.scrollHeight").asInt()));
    }

    /** Width and height of the window in pixels. */
    Tab size(int pixelsWide, int pixelsHigh) {
        width = pixelsWide;
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixelsWide, "height", pixelsHigh, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** What the system prefers: {@code light} or {@code dark}. */
    Tab theme(String preferred) {
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", preferred))));
        return this;
    }

    /** Takes the network away, or gives it back. */
    Tab offline(boolean away) {
        devTools("Network.enable", Map.of());
        devTools(
                "Network.emulateNetworkConditions",
                Map.of("offline", away, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    private Map<String, Object> devTools(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** What a JavaScript expression says in the page. */
    JsonNode look(String expression) {
        return JSON.valueToTree(driver.executeScript("return " + expression));
    }

    /** Waits until an expression is true; fails with what the page shows instead. */
    Tab await(String expression) {
        return await(expression, () -> holds(expression));
    }

    private Tab await(String what, Supplier<Boolean> condition) {
        try {
            new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS).until(any -> condition.get());
        } catch (TimeoutException e) {
            throw new AssertionError("It never came true: " + what + "\n" + state(), e);
        }
        return this;
    }

    /** A page that is being left, or is not there yet, holds nothing. */
    private boolean holds(String expression) {
        try {
            return look("Boolean(" + expression + ")").asBoolean();
        } catch (UnhandledAlertException dialog) {
            throw dialog;
        } catch (WebDriverException leaving) {
            return false;
        }
    }

    private String state() {
        return look("JSON.stringify({url: location.href, state: document.body.dataset.state,"
                                + " height: document.documentElement.scrollHeight,"
                                + " panels: [...document.querySelectorAll('section.panel')].map(e => e.dataset.panelId + ' ' + e.dataset.state),"
                                + " text: document.body.innerText.slice(0, 2000)})")
                        .asText()
                + "\n" + problems();
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** What a person reads in the first element that matches; nothing if there is none. */
    String text(String css) {
        return look("(document.querySelector(" + quoted(css) + ")?.innerText ?? '').trim()")
                .asText();
    }

    /** What a person reads in all elements that match. */
    List<String> texts(String css) {
        return texts(look("[...document.querySelectorAll(" + quoted(css) + ")].map(e => e.innerText.trim())"));
    }

    /** An attribute of all elements that match. */
    List<String> all(String css, String attribute) {
        return texts(look("[...document.querySelectorAll(" + quoted(css) + ")].map(e => e.getAttribute("
                + quoted(attribute) + "))"));
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    boolean has(String css) {
        return look("document.querySelector(" + quoted(css) + ") !== null").asBoolean();
    }

    /** Clicks where the first element that matches is; fails if something else lies over it. */
    Tab click(String css) {
        await("document.querySelector(" + quoted(css) + ")?.getClientRects().length > 0");
        driver.findElement(By.cssSelector(css)).click();
        return this;
    }

    /** Types into whatever has the focus. */
    Tab type(String text) {
        new Actions(driver).sendKeys(text).perform();
        return this;
    }

    /** Replaces what a text field holds. */
    Tab fill(String css, String text) {
        click(css);
        look("document.activeElement.select()");
        return type(text);
    }

    /** Presses a key. */
    Tab press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
        return this;
    }

    /** Presses Tab until an element has the focus, as somebody without a mouse does. */
    Tab tabTo(String css) {
        for (int pressed = 0; pressed < MOST_TABS; pressed++) {
            if (look("document.activeElement?.matches(" + quoted(css) + ") ?? false")
                    .asBoolean()) {
                return this;
            }
            press(Keys.TAB);
        }
        throw new AssertionError(css + " is not reached by Tab: " + state());
    }

    /** Goes back, as the button beside the address does. */
    Tab back() {
        driver.navigate().back();
        return this;
    }

    Tab reload() {
        driver.navigate().refresh();
        return this;
    }

    /** Keeps a picture of the whole page. */
    void picture(Path file) throws IOException {
        picture(file, pageHeight());
    }

    /** Keeps a picture of the top of the page. */
    void picture(Path file, int pixelsHigh) throws IOException {
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", pixelsHigh, "scale", 1);
        Object data = devTools(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                .get("data");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
    }

    /** What the console complained of since the last call: exceptions, errors, warnings, failed requests. */
    List<String> problems() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** A text as JavaScript writes it. */
    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Leaves nothing behind for the next. */
    @Override
    public void close() {
        offline(false);
        openUnfinished(URI.create("about:blank"));
        devTools("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "cookies,local_storage"));
        problems();
    }
}

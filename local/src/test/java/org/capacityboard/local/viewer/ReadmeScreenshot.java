package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.capacityboard.local.demo.Demo;
import org.capacityboard.local.demo.DemoPorts;
import org.capacityboard.local.demo.DemoWatch;
import org.capacityboard.local.embedded.DataDirectory;
import org.capacityboard.process.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws the picture of the README; {@code docs/screenshot} runs it, no build does. */
@NeedsBrowser
final class ReadmeScreenshot {
    private static final Path PICTURE = Path.of("..", "docs", "board-overview.png");
    private static final int PIXELS_WIDE = 1600;
    private static final int PIXELS_HIGH = 1440;

    /** As far back as the page looks by itself. */
    private static final Settings SETTINGS = Settings.defaults().with("simulator.weeks", "4");

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Test
    void the_board_overview_of_a_demo_that_has_caught_up(@TempDir Path folder, Tab tab) throws Exception {
        try (DataDirectory data = DataDirectory.take(folder);
                Demo demo = Demo.start(data, DemoPorts.from(0), SETTINGS, step -> {})) {
            awaitPresent(demo);
            tab.size(PIXELS_WIDE, PIXELS_HIGH);
            tab.open(URI.create(demo.httpAddress()).resolve("/d/board-overview"));
            tab.showAll().picture(PICTURE, PIXELS_HIGH);
            assertThat(tab.all("section.panel", "data-state")).isNotEmpty().doesNotContain("error");
            assertThat(tab.problems()).isEmpty();
        }
    }

    private static void awaitPresent(Demo demo) throws Exception {
        CompletableFuture<Throwable> failure = demo.failure();
        DemoWatch watch = new DemoWatch(demo);
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (watch.look().historyRatio() != null) {
            assertThat(System.nanoTime()).as("the demo catches up").isLessThan(giveUpAt);
            try {
                throw new IllegalStateException("The demo ended", failure.get(1, TimeUnit.SECONDS));
            } catch (TimeoutException stillRunning) {
                continue;
            }
        }
    }
}

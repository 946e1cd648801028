package org.capacityboard.viewer.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.answer.Answers;
import org.capacityboard.viewer.answer.Asked;
import org.capacityboard.viewer.answer.DashboardAnswer;
import org.capacityboard.viewer.answer.PanelAnswer;
import org.capacityboard.viewer.dashboard.Dashboard;
import org.capacityboard.viewer.dashboard.DashboardCatalogue;
import org.capacityboard.viewer.dashboard.Panel;
import org.capacityboard.viewer.page.Assets;
import org.capacityboard.viewer.query.QueryFailed;
import org.capacityboard.viewer.query.Reader;

/** Writes a dashboard with its figures as one file, which opens in any browser without a server. */
public final class DashboardArchive implements AutoCloseable {
    /** Pixels of the page that is written; a grid has 24 columns. */
    private static final int WIDTH = 1_400;

    private static final int COLUMNS = 24;

    /** What the page reads. */
    private record Content(DashboardAnswer dashboard, Map<String, PanelAnswer> panels, long renderedAt) {}

    private final ProcessMetrics metrics = new ProcessMetrics("render");
    private final InstantSource clock = InstantSource.system();
    private final DashboardCatalogue catalogue;
    private final Reader reader;
    private final Answers answers;
    private final SinglePage page = new SinglePage(new Assets());

    /** @throws UserError if the folder of dashboards cannot be read */
    public DashboardArchive(Settings settings) {
        catalogue = DashboardCatalogue.open(settings.viewer().dashboards(), clock);
        reader = Reader.open(settings);
        answers = new Answers(catalogue, reader, metrics, clock);
    }

    /**
     * Writes one dashboard. A panel whose query fails says so in the file, as it does in the viewer.
     *
     * @param from where its range begins, as Grafana writes it: {@code now-7d}
     * @param to where it ends
     * @param variables values by the name of the variable; those not named keep their defaults
     * @param output folder, made if it is not there
     * @return the file, named after the dashboard
     * @throws UserError if there is no such dashboard, time or value, or if the database does not answer
     */
    public Path write(String uid, String from, String to, Map<String, List<String>> variables, Path output) {
        Dashboard dashboard = catalogue.find(uid);
        if (dashboard == null) {
            throw UserError.wrongUsage(new Problem(
                    "dashboard",
                    uid,
                    "is unknown",
                    "one of these is meant: "
                            + String.join(", ", catalogue.content().byUid().keySet())));
        }
        awaitDatabase();
        Asked asked = new Asked(from, to, variables);
        String wrong = answers.problemOf(dashboard, asked);
        if (wrong != null) {
            throw UserError.wrongUsage(new Problem("dashboard " + uid, null, "cannot be written: " + wrong));
        }
        DashboardAnswer head = answers.dashboard(dashboard, asked);
        // "now" is one instant for all panels.
        Asked fixed = new Asked(
                String.valueOf(head.range().from()), String.valueOf(head.range().to()), variables);
        Content content = new Content(head, figures(dashboard, fixed), clock.millis());
        return write(page.html(json(content)), output, uid + ".html");
    }

    private void awaitDatabase() {
        try {
            reader.await();
        } catch (QueryFailed failed) {
            throw UserError.failed(new Problem("database", null, "gives no figures: " + failed.problem()));
        }
    }

    private Map<String, PanelAnswer> figures(Dashboard dashboard, Asked asked) {
        Map<String, PanelAnswer> panels = new LinkedHashMap<>();
        for (Panel panel : dashboard.panels()) {
            if (panel.queries().isEmpty()) {
                continue;
            }
            int columns = panel.json().path("gridPos").path("w").asInt(COLUMNS);
            panels.put(
                    String.valueOf(panel.id()),
                    answers.panel(dashboard, panel, asked, Math.max(1, WIDTH * columns / COLUMNS)));
        }
        return panels;
    }

    private static String json(Content content) {
        try {
            return new ObjectMapper().writeValueAsString(content);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer cannot be written as JSON", impossible);
        }
    }

    private static Path write(String html, Path output, String name) {
        Path file = output.resolve(name);
        try {
            Files.createDirectories(output);
            Path fresh = output.resolve(name + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.writeString(fresh, html, StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return file;
        } catch (IOException unwritable) {
            throw UserError.failed(new Problem(
                    "file",
                    file.toString(),
                    "cannot be written: " + unwritable.getMessage(),
                    "the folder belongs to somebody else, or the disk is full"));
        }
    }

    @Override
    public void close() {
        reader.close();
        metrics.close();
    }
}

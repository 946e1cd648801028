package org.capacityboard.viewer;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.capacityboard.process.errors.ProblemReport;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.http.HealthPages;
import org.capacityboard.process.http.ReadyCheck;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;
import org.capacityboard.viewer.answer.Answers;
import org.capacityboard.viewer.dashboard.DashboardCatalogue;
import org.capacityboard.viewer.page.Access;
import org.capacityboard.viewer.page.PageServer;
import org.capacityboard.viewer.query.Reader;

/** Shows the dashboards in a browser, to whoever may look. */
public final class Viewer implements AutoCloseable {
    private final Reader reader;
    private final PageServer pages;

    private Viewer(Reader reader, PageServer pages) {
        this.reader = reader;
        this.pages = pages;
    }

    /**
     * Starts to answer, whether the database is there already or not.
     *
     * @param moreChecks what else this process needs before it is ready
     * @throws UserError if others could look unasked, the dashboards cannot be read, or the port cannot be had
     */
    public static Viewer start(Settings settings, ProcessMetrics metrics, List<ReadyCheck> moreChecks) {
        Access access = Access.of(settings);
        InstantSource clock = InstantSource.system();
        DashboardCatalogue catalogue = DashboardCatalogue.open(settings.viewer().dashboards(), clock);
        Reader reader = Reader.open(settings);
        try {
            List<ReadyCheck> checks = new ArrayList<>();
            checks.add(new ReadyCheck("database", reader::problem));
            checks.addAll(moreChecks);
            Answers answers = new Answers(catalogue, reader, metrics, clock);
            return new Viewer(
                    reader,
                    PageServer.start(settings.http(), new HealthPages(metrics, checks), access, catalogue, answers));
        } catch (UserError | IllegalStateException notStarted) {
            reader.close();
            throw notStarted;
        }
    }

    /** Where it answers: {@code http://127.0.0.1:9400}. */
    public URI address() {
        return pages.address();
    }

    @Override
    public void close() {
        pages.close();
        reader.close();
    }

    /** Runs until it is told to stop; settings come from its arguments and environment. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Settings settings = Settings.read(SettingsSources.fromArguments(List.of(arguments), System.getenv()));
            ProcessMetrics metrics = new ProcessMetrics("viewer");
            Viewer viewer = start(settings, metrics, List.of());
            Runtime.getRuntime().addShutdownHook(new Thread(viewer::close, "viewer-stop"));
            System.out.println(viewer.address());
        } catch (RuntimeException failure) {
            System.exit(ProblemReport.print(failure, System.err));
        }
        new CountDownLatch(1).await();
    }
}

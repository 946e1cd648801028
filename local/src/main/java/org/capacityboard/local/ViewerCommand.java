package org.capacityboard.local;

import java.util.List;
import java.util.concurrent.Callable;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.ProblemReport;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.Viewer;
import picocli.CommandLine.Command;

/** {@code capacity viewer}: the dashboards in a browser, from a database that is there already. */
@Command(
        name = "viewer",
        description = {
            "Show the dashboards in a browser, on http.host and http.port; reads the database as database.reader.user.",
            "Ctrl-C stops it."
        })
final class ViewerCommand implements Callable<Integer> {

    private final CapacityCommand capacity;

    ViewerCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() {
        Settings settings = capacity.settings();
        try (Interruption interruption = Interruption.listen();
                ProcessMetrics metrics = new ProcessMetrics("viewer");
                Viewer viewer = Viewer.start(settings, metrics, List.of())) {
            capacity.out().println(viewer.address());
            capacity.out().flush();
            List<Problem> problems = new Examination(settings).forReader();
            if (!problems.isEmpty()) {
                ProblemReport.print(problems, capacity.err());
                capacity.err().println("The viewer runs all the same, and shows figures once that is mended.");
            }
            if (settings.viewer().accessToken() != null) {
                capacity.err()
                        .println("It asks for the token: open " + viewer.address()
                                + "/?token=... once, or send it as 'Authorization: Bearer ...'.");
            }
            capacity.err().println("Ctrl-C stops.");
            interruption.asked().join();
        }
        return 0;
    }
}

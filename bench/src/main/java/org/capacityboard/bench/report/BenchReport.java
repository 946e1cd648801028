package org.capacityboard.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a bench found out, and where it did.
 *
 * @param ladder the steps
 * @param figures the rest
 */
public record BenchReport(Ladder ladder, List<Measurement> figures, Machine machine, Conditions conditions) {
    public BenchReport {
        figures = List.copyOf(figures);
    }

    /** The table, as Markdown. */
    public String text() {
        return new MarkdownPage(this).text();
    }

    /** Leaves table, figures and picture in a folder, as {@code ladder.md}, {@code ladder.json} and {@code ladder.svg}. */
    public void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("ladder.md"), text());
        Files.writeString(directory.resolve("ladder.json"), FigureFile.text(this));
        Files.writeString(directory.resolve("ladder.svg"), RateChart.text(ladder));
    }
}

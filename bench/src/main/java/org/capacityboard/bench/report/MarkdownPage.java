package org.capacityboard.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables as Markdown, the machine beside them. */
final class MarkdownPage {
    private static final String NO_FIGURE = "no figure";
    private static final String NOTHING = "–";

    private final BenchReport report;
    private final StringBuilder text = new StringBuilder();

    MarkdownPage(BenchReport report) {
        this.report = report;
    }

    String text() {
        text.setLength(0);
        steps();
        problems();
        figures();
        text.append('\n');
        item("Machine", report.machine().inWords());
        item("Versions", report.machine().versionsInWords());
        item("Load", report.conditions().loadInWords());
        item("Runs", report.conditions().runsInWords());
        item("Again", "`" + report.conditions().command() + "`");
        return text.toString();
    }

    private void steps() {
        row(
                "step",
                "what",
                "events/s",
                "min..max",
                "compared",
                "CPU s per million events",
                "peak heap MB",
                "live heap bytes a line",
                "rows verified");
        text.append("|---|---|---:|---:|---|---:|---:|---:|---:|\n");
        for (StepRuns step : report.ladder().steps()) {
            Spread rate = step.spread(StepRun.EVENTS_PER_SECOND);
            row(
                    step.word(),
                    step.what(),
                    rate == null ? NO_FIGURE : Numbers.whole(rate.median()) + ofRuns(step),
                    rate == null || step.runs().size() - step.failed().size() == 1
                            ? NOTHING
                            : Numbers.whole(rate.min()) + ".." + Numbers.whole(rate.max()),
                    orNothing(report.ladder().comparison(step.word())),
                    median(step, StepRun.CPU_SECONDS_PER_MILLION, Numbers::plain),
                    median(step, StepRun.PEAK_HEAP_MEGABYTES, value -> Numbers.whole(value)),
                    median(step, StepRun.LIVE_HEAP_BYTES_PER_LINE, value -> Numbers.whole(value)),
                    median(step, StepRun.ROWS_VERIFIED, value -> Numbers.whole(value)));
        }
    }

    private static String ofRuns(StepRuns step) {
        int all = step.runs().size();
        int good = all - step.failed().size();
        return good == all ? "" : " (" + good + " of " + all + " runs)";
    }

    private static String median(StepRuns step, String figure, DoubleFunction<String> words) {
        Spread spread = step.spread(figure);
        return spread == null ? NOTHING : words.apply(spread.median());
    }

    private void problems() {
        List<String> lines = new ArrayList<>();
        for (StepRuns step : report.ladder().steps()) {
            for (StepRun run : step.failed()) {
                lines.add("- " + step.word() + ", run " + run.round() + ": "
                        + String.valueOf(run.problem()).strip().lines().collect(Collectors.joining("\n  ")));
            }
        }
        if (!lines.isEmpty()) {
            text.append("\nNo figure, and why:\n\n");
            lines.forEach(line -> text.append(line).append('\n'));
        }
    }

    private void figures() {
        if (report.figures().isEmpty()) {
            return;
        }
        text.append('\n');
        row("figure", "measured", "floor", "goal", "remark");
        text.append("|---|---:|---:|---:|---|\n");
        for (Measurement figure : report.figures()) {
            row(
                    figure.name(),
                    figure.value() == null ? NO_FIGURE : with(Numbers.plain(figure.value()), figure.unit()),
                    asked(figure.floor(), figure.unit()),
                    asked(figure.goal(), figure.unit()),
                    orNothing(figure.remark()));
        }
    }

    private static String asked(@Nullable Double value, String unit) {
        if (value == null) {
            return NOTHING;
        }
        return with(value == Math.rint(value) ? Numbers.whole(value) : Numbers.plain(value), unit);
    }

    private static String with(String number, String unit) {
        return unit.isEmpty() ? number : number + " " + unit;
    }

    private static String orNothing(String words) {
        return words.isEmpty() ? NOTHING : words;
    }

    private void item(String name, String words) {
        text.append("- ").append(name).append(": ").append(words).append('\n');
    }

    private void row(String... cells) {
        for (String cell : cells) {
            text.append("| ")
                    .append(cell.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' '))
                    .append(' ');
        }
        text.append("|\n");
    }
}

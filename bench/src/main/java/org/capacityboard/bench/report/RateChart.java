package org.capacityboard.bench.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Median rates of the steps as horizontal bars, with a thin line from the slowest run to the fastest. An SVG that follows the reader's light or dark. */
final class RateChart {
    private static final int WIDTH = 960;
    private static final int BARS_FROM = 320;
    private static final int BARS_WIDE = 540;
    private static final int TOP = 84;
    private static final int ROW = 40;
    private static final int BAR = 20;
    private static final int MARGIN = 16;
    private static final int LONGEST_WORDS = 52;
    private static final int MOST_TICKS = 6;

    private static final String STYLE =
            """
            text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1f2328; }
            .title { font-size: 17px; font-weight: 600; }
            .word { font-weight: 600; }
            .what, .tick, .unit { font-size: 11px; fill: #59636e; }
            .page { fill: #ffffff; }
            .grid { stroke: #d1d9e0; }
            .spread { stroke: #1f2328; stroke-width: 1.5; fill: none; }
            .limit { fill: #8c959f; }
            .job { fill: #1f77b4; }
            .peer { fill: #d98a29; }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc; }
              .what, .tick, .unit { fill: #9198a1; }
              .page { fill: #0d1117; }
              .grid { stroke: #3d444d; }
              .spread { stroke: #f0f6fc; }
              .limit { fill: #6e7681; }
              .job { fill: #4a9eda; }
              .peer { fill: #c97c20; }
            }
            """;

    private final Ladder ladder;
    private final double most;
    private final StringBuilder svg = new StringBuilder();

    private RateChart(Ladder ladder) {
        this.ladder = ladder;
        this.most = Math.max(
                1, ladder.steps().stream().mapToDouble(RateChart::max).max().orElse(1));
    }

    static String text(Ladder ladder) {
        return new RateChart(ladder).draw();
    }

    private String draw() {
        List<StepRuns> steps = ladder.steps();
        int bottom = TOP + steps.size() * ROW;
        int height = bottom + 52;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title\">",
                WIDTH, height);
        add("<title id=\"title\">Events per second, step by step</title>");
        add("<style>");
        svg.append(STYLE);
        add("</style>");
        add("<rect class=\"page\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
        label("title", MARGIN, 30, "start", "Events per second, step by step");
        legend();
        axis(bottom);
        for (int i = 0; i < steps.size(); i++) {
            bar(steps.get(i), TOP + i * ROW);
        }
        add("</svg>");
        return svg.toString();
    }

    private void legend() {
        Set<Ladder.Side> sides = EnumSet.noneOf(Ladder.Side.class);
        ladder.steps().forEach(step -> sides.add(Ladder.Side.of(step.word())));
        int x = MARGIN;
        for (Ladder.Side side : sides) {
            add("<rect class=\"%s\" x=\"%d\" y=\"46\" width=\"12\" height=\"12\" rx=\"2\"/>", style(side), x);
            label("what", x + 18, 56, "start", side.words());
            x += 150;
        }
        if (ladder.steps().stream().anyMatch(step -> step.runs().size() > 1)) {
            label("what", x, 56, "start", "thin line: slowest to fastest run");
        }
    }

    private void axis(int bottom) {
        double step = tickStep(most);
        for (double tick = 0; tick <= most; tick += step) {
            add("<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x(tick), TOP, x(tick), bottom);
            label("tick", x(tick), bottom + 18, "middle", Numbers.brief(tick));
        }
        label("unit", BARS_FROM + BARS_WIDE / 2.0, bottom + 38, "middle", "events per second");
    }

    private void bar(StepRuns step, int y) {
        int middle = y + ROW / 2;
        label("word", BARS_FROM - 12, middle - 3, "end", step.word());
        label("what", BARS_FROM - 12, middle + 12, "end", shortened(step.what()));
        Spread rate = step.spread(StepRun.EVENTS_PER_SECOND);
        if (rate == null) {
            label("what", BARS_FROM + 8, middle + 4, "start", "no figure");
            return;
        }
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                style(Ladder.Side.of(step.word())), BARS_FROM, middle - BAR / 2, x(rate.median()) - BARS_FROM, BAR);
        if (rate.max() > rate.min()) {
            add(
                    "<path class=\"spread\" d=\"M%.1f %d v8 m0 -4 H%.1f m0 -4 v8\"/>",
                    x(rate.min()), middle - 4, x(rate.max()));
        }
        label("value", x(rate.max()) + 8, middle + 5, "start", Numbers.brief(rate.median()));
    }

    private static double max(StepRuns step) {
        Spread rate = step.spread(StepRun.EVENTS_PER_SECOND);
        return rate == null ? 0 : rate.max();
    }

    private double x(double rate) {
        return BARS_FROM + rate / most * BARS_WIDE;
    }

    /** 1, 2 or 5 times a power of ten, so that there are not too many. */
    static double tickStep(double most) {
        double step = Math.pow(10, Math.floor(Math.log10(most / MOST_TICKS)));
        for (double factor : new double[] {1, 2, 5}) {
            if (most / (step * factor) <= MOST_TICKS) {
                return step * factor;
            }
        }
        return step * 10;
    }

    private static String shortened(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS - 1) + "…";
    }

    private static String style(Ladder.Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private void label(String style, double x, double y, String anchor, String words) {
        add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escaped(words));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... values) {
        svg.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}

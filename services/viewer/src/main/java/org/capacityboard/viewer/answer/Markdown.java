package org.capacityboard.viewer.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The texts of text panels as HTML that can do no harm: markup in them is shown, not obeyed. */
final class Markdown {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)|\\$\\{(\\w+)(?::\\w+)?}");
    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

    private Markdown() {}

    /**
     * Renders a text.
     *
     * @param grafana knows what variables in the text stand for
     * @param rangeQuery what {@code ${__url_time_range}} stands for
     */
    static String html(String text, GrafanaSql grafana, String rangeQuery) {
        String filled = VARIABLE.matcher(text.replace("${__url_time_range}", rangeQuery))
                .replaceAll(found -> {
                    String value = grafana.expandText(found.group());
                    return Matcher.quoteReplacement(value.equals(found.group()) ? value : literal(value));
                });
        return RENDERER.render(PARSER.parse(filled));
    }

    /** A value is no Markdown. */
    private static String literal(String value) {
        return PUNCTUATION.matcher(value.replaceAll("\\s+", " ")).replaceAll("\\\\$0");
    }
}

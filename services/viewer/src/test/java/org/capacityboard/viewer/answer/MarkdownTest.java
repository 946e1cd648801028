package org.capacityboard.viewer.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.junit.jupiter.api.Test;

final class MarkdownTest {
    private static final GrafanaSql GRAFANA = new GrafanaSql(
            Map.of("plant", new Chosen(List.of("<img src=x>**P** [a](b)"), false)),
            Instant.parse("2026-11-09T00:00:00Z"),
            Instant.parse("2026-11-16T00:00:00Z"),
            Duration.ofMinutes(1));

    @Test
    void a_text_is_markdown_and_markup_in_it_is_shown() {
        assertThat(html("# What\n**bold** <script>alert(1)</script>"))
                .isEqualTo("<h1>What</h1>\n<p><strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    }

    @Test
    void a_link_that_would_run_a_script_leads_nowhere() {
        assertThat(html("[x](javascript:alert(1)) [y](/d/plant?${__url_time_range})"))
                .doesNotContain("javascript")
                .contains("href=\"/d/plant?from=now-1h&amp;to=now\"");
    }

    @Test
    void a_value_is_neither_markup_nor_markdown() {
        assertThat(html("Plant $plant, $unknown")).isEqualTo("<p>Plant &lt;img src=x&gt;**P** [a](b), $unknown</p>\n");
    }

    private static String html(String text) {
        return Markdown.html(text, GRAFANA, "from=now-1h&to=now");
    }
}

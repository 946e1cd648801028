package org.capacityboard.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.settings.Catalogue;
import org.capacityboard.process.settings.Program;
import org.capacityboard.process.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say of settings and metrics is what the catalogues say; {@code -Dtables.write} rewrites it. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void the_readme_lists_every_setting_as_it_is() throws IOException {
        String rows = Catalogue.ALL.stream().map(DocumentsTest::row).collect(Collectors.joining());

        assertTable(
                "README.md",
                "settings",
                "| setting | type | default | what it does | read by |\n|---|---|---|---|---|\n" + rows
                        + "| `kafka.properties.*` | text | | Handed to the Kafka clients untouched. | "
                        + commands(Catalogue.ALL.get(0).programs()) + " |\n");
    }

    @Test
    void the_operations_guide_lists_every_metric_as_it_is() throws IOException {
        String rows = Stream.of(Meters.values()).map(DocumentsTest::row).collect(Collectors.joining());

        assertTable(
                "docs/operations.md",
                "metrics",
                "| metric | kind | told apart by | what it says |\n|---|---|---|---|\n" + rows);
    }

    @Test
    void the_operations_guide_explains_every_tag() throws IOException {
        String rows = Stream.of(MeterTag.values())
                .map(tag -> "| `" + tag.key() + "` | " + tag.meaning() + " |\n")
                .collect(Collectors.joining());

        assertTable("docs/operations.md", "tags", "| tag | values |\n|---|---|\n" + rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/rationale.md", "docs/operations.md"})
    void every_link_leads_to_a_file(String document) throws IOException {
        Path file = ROOT.resolve(document);
        List<String> targets = LINK.matcher(Files.readString(file))
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();

        assertThat(targets)
                .allSatisfy(target -> assertThat(file.resolveSibling(target)).exists());
    }

    private static String row(Setting<?> setting) {
        String fallback = setting.defaultText();
        return "| `" + setting.key() + "` | " + setting.typeWord() + " | "
                + (fallback == null ? "" : "`" + fallback + "` ") + "| " + setting.description() + " | "
                + commands(setting.programs()) + " |\n";
    }

    private static String commands(List<Program> programs) {
        return programs.stream().map(Program::command).collect(Collectors.joining(", "));
    }

    private static String row(Meters meter) {
        String name = new PrometheusNamingConvention().name(meter.meterName(), meter.type(), meter.baseUnit());
        String shown = meter.type() == Meter.Type.COUNTER ? name + "_total" : name;
        return "| `" + shown + "` | " + meter.type().name().toLowerCase(Locale.ROOT) + " | "
                + meter.tags().stream().map(tag -> "`" + tag.key() + "` ").collect(Collectors.joining()) + "| "
                + meter.description() + " |\n";
    }

    private static void assertTable(String document, String name, String table) throws IOException {
        Path file = ROOT.resolve(document);
        String text = Files.readString(file);
        String start = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        assertThat(text).contains(start, end);
        int from = text.indexOf(start) + start.length();
        int to = text.indexOf(end);
        if (System.getProperty("tables.write") != null) {
            Files.writeString(file, text.substring(0, from) + table + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("table in %s, see -Dtables.write", document)
                    .isEqualTo(table);
        }
    }
}

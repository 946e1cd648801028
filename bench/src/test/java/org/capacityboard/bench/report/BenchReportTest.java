package org.capacityboard.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchReportTest {
    @ParameterizedTest
    @ValueSource(strings = {"ladder.md", "ladder.json", "ladder.svg"})
    void the_same_figures_make_the_same_file(String name, @TempDir Path directory) throws IOException {
        Reports.small().write(directory);

        assertThat(Files.readString(directory.resolve(name))).isEqualTo(expected(name));
    }

    @Test
    void the_picture_is_well_formed(@TempDir Path directory) throws Exception {
        Reports.small().write(directory);

        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(directory.resolve("ladder.svg").toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    private static String expected(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(BenchReportTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Grafana is given at its start. */
final class GrafanaProvisioningTest {
    private static final String DATA_SOURCES = "grafana/provisioning/datasources/capacity.yaml";
    private static final String DASHBOARDS = "grafana/provisioning/dashboards/capacity.yaml";
    private static final Pattern VARIABLE = Pattern.compile("\\$(?!__)\\{?(\\w+)");
    private static final Pattern FILE = Pattern.compile("\\$__file\\{([^}]+)\\}");

    static Map<String, String> typesByUid() {
        Map<String, String> types = new TreeMap<>();
        for (JsonNode source : ProjectFile.yaml(DATA_SOURCES).path("datasources")) {
            types.put(source.path("uid").asText(), source.path("type").asText());
        }
        return types;
    }

    @Test
    void data_sources_have_a_fixed_uid_and_only_one_is_the_default() {
        JsonNode sources = ProjectFile.yaml(DATA_SOURCES).path("datasources");
        assertThat(sources).isNotEmpty();
        assertThat(typesByUid()).hasSize(sources.size()).doesNotContainKey("");
        assertThat(sources)
                .filteredOn(source -> source.path("isDefault").asBoolean())
                .hasSize(1);
        assertThat(sources)
                .allSatisfy(source ->
                        assertThat(source.path("editable").asBoolean(true)).isFalse());
    }

    @Test
    void the_database_is_read_by_the_reader_with_a_password_from_a_file() {
        assertThat(ProjectFile.yaml(DATA_SOURCES).path("datasources"))
                .filteredOn(source -> source.path("type").asText().contains("postgresql"))
                .isNotEmpty()
                .allSatisfy(source -> {
                    assertThat(source.path("user").asText()).isEqualTo("capacity_reader");
                    assertThat(source.path("secureJsonData").path("password").asText())
                            .matches(FILE);
                });
    }

    @Test
    void every_variable_and_file_it_speaks_of_is_given_to_the_container() throws Exception {
        JsonNode grafana =
                ProjectFile.yaml(ComposeFileTest.FILE).path("services").path("grafana");
        List<String> secrets = grafana.path("secrets")
                .valueStream()
                .map(secret -> "/run/secrets/" + secret.asText())
                .toList();
        for (Path file : ProjectFile.in("grafana/provisioning", ".yaml")) {
            String text = Files.readString(file);
            assertThat(VARIABLE.matcher(text).results().map(found -> found.group(1)))
                    .as("variables of %s", file)
                    .allSatisfy(name -> assertThat(grafana.path("environment").has(name))
                            .as(name)
                            .isTrue());
            assertThat(FILE.matcher(text).results().map((MatchResult found) -> found.group(1)))
                    .isSubsetOf(secrets);
        }
    }

    @Test
    void dashboards_are_read_from_a_mounted_folder_and_cannot_be_changed_in_the_browser() {
        JsonNode grafana =
                ProjectFile.yaml(ComposeFileTest.FILE).path("services").path("grafana");
        assertThat(ProjectFile.yaml(DASHBOARDS).path("providers")).isNotEmpty().allSatisfy(provider -> {
            assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
            String folder = provider.path("options").path("path").asText();
            assertThat(grafana.path("volumes"))
                    .extracting(JsonNode::asText)
                    .contains("./grafana/dashboards:" + folder + ":ro");
            assertThat(grafana.path("environment")
                            .path("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                            .asText())
                    .startsWith(folder + "/")
                    .satisfies(
                            home -> assertThat(ProjectFile.of("grafana/dashboards" + home.substring(folder.length())))
                                    .exists());
        });
    }
}

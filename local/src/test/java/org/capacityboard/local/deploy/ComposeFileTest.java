package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.capacityboard.process.settings.Catalogue;
import org.capacityboard.process.settings.Setting;
import org.junit.jupiter.api.Test;

/** Nothing in the compose file hangs in the air. */
final class ComposeFileTest {
    static final String FILE = "docker-compose.yml";

    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");

    private final JsonNode compose = ProjectFile.yaml(FILE);

    @Test
    void every_image_is_pinned_by_a_tag() {
        eachService((name, service) -> assertThat(service.path("image").asText())
                .as("image of %s", name)
                .matches("[a-z0-9/._-]+:v?[0-9][A-Za-z0-9._-]*"));
        assertThat(baseImages()).isNotEmpty().allSatisfy(image -> assertThat(image)
                .matches("[a-z0-9/._-]+:v?[0-9][A-Za-z0-9._-]*"));
    }

    @Test
    void what_is_built_is_a_stage_of_the_dockerfile() throws Exception {
        List<String> stages = Files.readAllLines(ProjectFile.of("deploy/Dockerfile")).stream()
                .filter(line -> line.startsWith("FROM "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        eachService((name, service) -> {
            JsonNode build = service.path("build");
            if (!build.isMissingNode()) {
                assertThat(ProjectFile.of(build.path("dockerfile").asText())).exists();
                assertThat(stages)
                        .as("stages, for %s", name)
                        .contains(build.path("target").asText());
            }
        });
    }

    @Test
    void whatever_runs_on_is_watched_by_a_healthcheck_and_has_an_end_to_its_memory() {
        eachService((name, service) -> {
            assertThat(service.path("healthcheck").has("test"))
                    .as("%s, if it runs on, has a healthcheck", name)
                    .isEqualTo(runsOn(service));
            assertThat(service.path("mem_limit").asText())
                    .as("memory of %s", name)
                    .matches("[0-9]+[mg]");
        });
    }

    @Test
    void dependencies_exist_and_are_waited_for_in_the_way_they_end() {
        eachService((name, service) -> service.path("depends_on").properties().forEach(dependency -> {
            JsonNode needed = services().path(dependency.getKey());
            String condition = dependency.getValue().path("condition").asText();
            assertThat(needed.isMissingNode())
                    .as("%s needs %s, which is missing", name, dependency.getKey())
                    .isFalse();
            assertThat(CONDITIONS).contains(condition);
            assertThat(condition.equals("service_completed_successfully"))
                    .as("%s waits for the end of %s", name, dependency.getKey())
                    .isNotEqualTo(runsOn(needed));
        }));
    }

    @Test
    void volumes_and_mounted_files_exist_and_none_is_left_over() {
        Set<String> named = new TreeSet<>();
        eachService((name, service) -> service.path("volumes").forEach(volume -> {
            String source = volume.asText().split(":")[0];
            if (source.startsWith(".")) {
                assertThat(ProjectFile.of(source)).as("mounted into %s", name).exists();
                assertThat(volume.asText()).as("mounted into %s", name).endsWith(":ro");
            } else {
                named.add(source);
            }
        }));
        assertThat(named).isEqualTo(keys(compose.path("volumes")));
    }

    @Test
    void secrets_are_declared_written_by_deploy_secrets_and_given_to_whoever_reads_them() throws Exception {
        String script = Files.readString(ProjectFile.of("deploy/secrets"));
        Set<String> given = new TreeSet<>();
        eachService((name, service) -> {
            Set<String> mine = new TreeSet<>();
            service.path("secrets").forEach(secret -> mine.add(secret.asText()));
            given.addAll(mine);
            environment(service)
                    .filter(variable -> variable.getValue().startsWith("/run/secrets/"))
                    .forEach(variable -> assertThat(mine)
                            .as("%s of %s", variable.getKey(), name)
                            .contains(variable.getValue().substring("/run/secrets/".length())));
        });
        assertThat(given).isEqualTo(keys(compose.path("secrets")));
        compose.path("secrets").properties().forEach(secret -> {
            assertThat(secret.getValue().path("file").asText()).isEqualTo("./deploy/secrets.d/" + secret.getKey());
            assertThat(script).contains(secret.getKey().replace("_password", ""));
        });
        assertThat(Files.readAllLines(ProjectFile.of(".gitignore"))).contains("/deploy/secrets.d/");
        assertThat(Files.readAllLines(ProjectFile.of(".dockerignore"))).contains("deploy/secrets.d");
    }

    @Test
    void no_password_stands_in_the_file() {
        eachService((name, service) -> environment(service)
                .filter(variable -> variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN).*"))
                .forEach(variable -> assertThat(variable.getValue())
                        .as("%s of %s", variable.getKey(), name)
                        .startsWith("/run/secrets/")));
    }

    @Test
    void the_viewer_asks_for_a_token_and_knows_no_password_but_the_readers() {
        JsonNode viewer = services().path("viewer");
        assertThat(environment(viewer).map(Map.Entry::getKey))
                .contains("CAPACITY_VIEWER_ACCESS_TOKEN_FILE", "CAPACITY_DATABASE_READER_PASSWORD_FILE")
                .noneMatch(variable -> variable.matches(".*(WRITER|MIGRATOR).*"));
        assertThat(words(viewer.path("secrets"))).containsExactlyInAnyOrder("reader_password", "viewer_token");
    }

    @Test
    void ports_are_open_on_loopback_only_and_each_once() {
        List<String> ports = new ArrayList<>();
        eachService((name, service) -> service.path("ports").forEach(port -> {
            assertThat(port.asText()).as("port of %s", name).matches("127\\.0\\.0\\.1:[0-9]+:[0-9]+");
            ports.add(port.asText().split(":")[1]);
        }));
        assertThat(ports).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void every_variable_of_the_product_is_a_setting() {
        Set<String> known = Catalogue.ALL.stream().map(Setting::environmentName).collect(Collectors.toSet());
        known.add("CAPACITY_JAVA_OPTS");
        eachService((name, service) -> environment(service)
                .map(Map.Entry::getKey)
                .filter(variable -> variable.startsWith("CAPACITY_"))
                .forEach(variable ->
                        assertThat(known).as("variables of %s", name).contains(variable)));
    }

    @Test
    void addresses_name_services() {
        eachService((name, service) -> environment(service)
                .filter(variable -> variable.getKey().matches("CAPACITY_KAFKA_BOOTSTRAP|CAPACITY_DATABASE_URL"))
                .forEach(variable -> assertThat(services().has(host(variable.getValue())))
                        .as("%s of %s names a service: %s", variable.getKey(), name, variable.getValue())
                        .isTrue()));
    }

    @Test
    void job_classes_exist_and_their_task_managers_find_them() {
        eachService((name, service) -> {
            List<String> command = words(service.path("command"));
            if (command.contains("--job-classname")) {
                String job = command.get(command.indexOf("--job-classname") + 1);
                assertThat(Stream.of(job)).allSatisfy(type -> assertThat(
                                Class.forName(type, false, getClass().getClassLoader())
                                        .getMethod("main", String[].class))
                        .isNotNull());
                assertThat(flinkProperties(service)).containsEntry("jobmanager.rpc.address", name);
                assertThat(services()
                                .path(name.replace("-jobmanager", "-taskmanager"))
                                .path("environment"))
                        .isEqualTo(service.path("environment"));
            }
        });
    }

    @Test
    void flink_fits_into_the_memory_of_its_container() {
        eachService((name, service) -> {
            Map<String, String> properties = flinkProperties(service);
            if (!properties.isEmpty()) {
                String kind = name.substring(name.lastIndexOf('-') + 1);
                assertThat(mebibytes(properties.getOrDefault(kind + ".memory.process.size", "unset")))
                        .as("process of %s", name)
                        .isLessThan(mebibytes(service.path("mem_limit").asText()));
            }
        });
    }

    @Test
    void prometheus_asks_services_only() {
        JsonNode prometheus = ProjectFile.yaml("deploy/prometheus/prometheus.yml");
        List<String> targets = prometheus.path("scrape_configs").findValues("targets").stream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .toList();
        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target ->
                        assertThat(services().has(host(target))).as(target).isTrue());
        eachService((name, service) -> {
            String port = flinkProperties(service).get("metrics.reporter.micrometer.port");
            if (port != null) {
                assertThat(targets).contains(name + ":" + port);
            }
        });
        assertThat(targets).contains("viewer:9400");
    }

    private JsonNode services() {
        return compose.path("services");
    }

    private void eachService(BiConsumer<String, JsonNode> check) {
        assertThat(services().properties()).isNotEmpty();
        services().properties().forEach(entry -> check.accept(entry.getKey(), entry.getValue()));
    }

    /** A service that is not started again is one that ends. */
    private static boolean runsOn(JsonNode service) {
        return service.has("restart");
    }

    private static Stream<Map.Entry<String, String>> environment(JsonNode service) {
        return service.path("environment").properties().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().asText()));
    }

    private static Map<String, String> flinkProperties(JsonNode service) {
        return service.path("environment")
                .path("FLINK_PROPERTIES")
                .asText()
                .lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static List<String> baseImages() {
        try (Stream<String> lines = Files.lines(ProjectFile.of("deploy/Dockerfile"))) {
            return lines.filter(line -> line.startsWith("FROM "))
                    .map(line -> line.split(" ")[1])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the Dockerfile", e);
        }
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static Set<String> keys(JsonNode mapping) {
        return mapping.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String host(String address) {
        return address.replaceFirst("^.*//", "").replaceFirst(":.*$", "");
    }

    private static long mebibytes(String size) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return size.endsWith("g") ? number * 1024 : number;
    }
}

package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Posture;
import org.capacityboard.events.SurgeRequirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TopicTest {
    private static final Pattern UNIT = Pattern.compile(
            "(?i).*\\b(ms|microseconds?|seconds?|hours?|days?|units?|people|count|degrees|0\\.\\.1|unit).*");

    @Test
    void names_follow_prefix_name_version() {
        assertThat(Topic.LINE_TELEMETRY.topicName("capacity")).isEqualTo("capacity.line-telemetry.v1");
        assertThat(Topic.SURGE_REQUIREMENTS.fileName()).isEqualTo("surge-requirements.jsonl");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void every_topic_is_found_by_its_name(Topic topic) {
        assertThat(Topic.fromBaseName(topic.baseName())).isEqualTo(topic);
    }

    @Test
    void a_topic_that_does_not_exist_is_refused_with_the_nearest_name() {
        assertThatThrownBy(() -> Topic.fromBaseName("line-telemetrie"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'line-telemetrie'")
                .hasMessageEndingWith("\nMaybe you meant 'line-telemetry'.");
    }

    @Test
    void only_schemas_carries_no_events_and_is_compacted() {
        assertThat(Arrays.stream(Topic.values()).filter(topic -> topic.schema() == null))
                .containsExactly(Topic.SCHEMAS);
        assertThat(Arrays.stream(Topic.values())
                        .filter(topic -> "compact".equals(topic.configs().get("cleanup.policy"))))
                .containsExactly(Topic.SCHEMAS);
    }

    @Test
    void what_is_small_and_seen_whole_has_one_partition_and_is_kept_for_ever() {
        Stream<Topic> small =
                Stream.concat(Arrays.stream(Topic.values()).filter(Topic::isReference), Stream.of(Topic.SCHEMAS));

        assertThat(small).hasSize(9).allSatisfy(topic -> {
            assertThat(topic.partitions()).isEqualTo(1);
            assertThat(topic.configs()).containsEntry("retention.ms", "-1");
        });
        assertThat(Topic.LINE_TELEMETRY.partitions()).isEqualTo(8);
        assertThat(Topic.LINE_TELEMETRY.configs())
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete",
                        "message.timestamp.type", "LogAppendTime",
                        "retention.bytes", "-1",
                        "retention.ms", "604800000"));
    }

    @Test
    void every_input_carries_the_time_the_broker_took_it() {
        assertThat(Arrays.stream(Topic.values()).filter(Topic::isInput))
                .hasSize(13)
                .allSatisfy(
                        topic -> assertThat(topic.configs()).containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void keys_are_the_contract_s() {
        MaterialStock stock = (MaterialStock) EventJson.parse(
                        Topic.MATERIAL_STOCKS,
                        "{\"plantId\":\"AB123\",\"materialId\":\"powder\",\"eventTime\":\"2026-01-01T00:00:00Z\",\"onHand\":1}")
                .event();
        SurgeRequirement requirement = SurgeRequirement.newBuilder()
                .setProductId("round")
                .setPosture(Posture.CRISIS)
                .setUnitsPerMonth(1)
                .build();

        assertThat(Topic.MATERIAL_STOCKS.key(stock)).isEqualTo("AB123|powder");
        assertThat(Topic.SURGE_REQUIREMENTS.key(requirement)).isEqualTo("round|CRISIS");
    }

    @Test
    void an_event_of_another_topic_has_no_key() {
        Material material = Material.newBuilder()
                .setMaterialId("powder")
                .setName("Powder")
                .setUnit("kg")
                .setLeadTimeDays(90)
                .build();

        assertThatThrownBy(() -> Topic.PLANTS.key(material)).hasMessage("Topic 'plants' carries Plant, not Material.");
    }

    @ParameterizedTest
    @MethodSource("org.capacityboard.schemas.RandomEvents#topics")
    void every_field_is_documented_and_numbers_say_their_unit(Topic topic) {
        assertDocumented(topic.eventSchema());
    }

    private static void assertDocumented(Schema schema) {
        for (Schema.Field field : schema.getFields()) {
            assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
            Schema type = field.schema().isUnion() ? field.schema().getTypes().get(1) : field.schema();
            switch (type.getType()) {
                case LONG, DOUBLE ->
                    assertThat(field.doc())
                            .as("unit of " + schema.getName() + "." + field.name())
                            .matches(name -> UNIT.matcher(name).matches()
                                    || field.name().matches("sequence|revision|recordOffset|raise|clear|value|limit"));
                case RECORD -> assertDocumented(type);
                case ARRAY -> {
                    if (type.getElementType().getType() == Schema.Type.RECORD) {
                        assertDocumented(type.getElementType());
                    }
                }
                default -> {}
            }
        }
    }

    @Test
    void line_facts_carry_sixteen_facts() {
        assertThat(LineFacts.getClassSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .dropWhile(name -> !name.equals("plannedMs"))
                        .takeWhile(name -> !name.equals("generation")))
                .hasSize(16);
    }
}

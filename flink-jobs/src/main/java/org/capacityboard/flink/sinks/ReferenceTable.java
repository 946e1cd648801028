package org.capacityboard.flink.sinks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.capacityboard.schemas.Topic;

/** The table of a reference topic, named as the enum; rows come as JSON of {@link ColumnJson}. */
enum ReferenceTable {
    PLANT(Topic.PLANTS, "plant_id"),
    LINE(Topic.LINES, "line_id"),
    PRODUCT(Topic.PRODUCTS, "product_id"),
    MATERIAL(Topic.MATERIALS, "material_id"),
    SUPPLIER(Topic.SUPPLIERS, "supplier_id"),
    SURGE_REQUIREMENT(Topic.SURGE_REQUIREMENTS, "product_id, posture"),
    SHIFT_PLAN(Topic.SHIFT_PLANS, "plan_id"),
    ALERT_RULE(Topic.ALERT_RULES, "rule_id");

    private final Topic topic;
    private final String upsert;

    ReferenceTable(Topic topic, String id) {
        this.topic = topic;
        List<String> columns = ColumnJson.columns(schema(topic));
        String key = id + ", valid_from";
        upsert =
                """
                insert into store.%1$s as stored (%2$s)
                select distinct on (%3$s) %2$s from jsonb_populate_recordset(null::store.%1$s, ?::jsonb)
                order by %3$s, revision desc
                on conflict (%3$s) do update set %4$s, computed_at = excluded.computed_at
                where excluded.revision > stored.revision
                """
                        .formatted(
                                table(),
                                String.join(", ", columns),
                                key,
                                columns.stream()
                                        .map(column -> column + " = excluded." + column)
                                        .collect(Collectors.joining(", ")));
    }

    static ReferenceTable of(Topic topic) {
        return Arrays.stream(values())
                .filter(table -> table.topic == topic)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Topic '" + topic.baseName() + "' has no table."));
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Writes the rows of its one parameter. */
    String upsert() {
        return upsert;
    }

    private static Schema schema(Topic topic) {
        Schema schema = topic.schema();
        if (schema == null) {
            throw new IllegalArgumentException("Topic '" + topic.baseName() + "' carries no events.");
        }
        return schema;
    }
}

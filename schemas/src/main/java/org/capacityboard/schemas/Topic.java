package org.capacityboard.schemas;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.capacityboard.events.AlertRule;
import org.capacityboard.events.AlertTransition;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.LineStatus;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialCover;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderStatus;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.RejectedEvent;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeReadiness;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.jspecify.annotations.Nullable;

/** The topic catalogue: every topic of the board with its event, its key and the settings it is created with. */
public enum Topic {
    LINE_TELEMETRY(Role.INPUT, 7, LineTelemetry.getClassSchema(), "lineId"),
    ORDERS(Role.INPUT, Topic.FOR_EVER, OrderEvent.getClassSchema(), "orderId"),
    DELIVERIES(Role.INPUT, Topic.FOR_EVER, DeliveryEvent.getClassSchema(), "orderId"),
    MATERIAL_STOCKS(Role.INPUT, Topic.FOR_EVER, MaterialStock.getClassSchema(), "plantId", "materialId"),
    WORKFORCE(Role.INPUT, Topic.FOR_EVER, WorkforceReport.getClassSchema(), "lineId"),
    SHIFT_PLANS(Role.REFERENCE, Topic.FOR_EVER, ShiftPlan.getClassSchema(), "lineId"),
    PLANTS(Role.REFERENCE, Topic.FOR_EVER, Plant.getClassSchema(), "plantId"),
    LINES(Role.REFERENCE, Topic.FOR_EVER, Line.getClassSchema(), "lineId"),
    PRODUCTS(Role.REFERENCE, Topic.FOR_EVER, Product.getClassSchema(), "productId"),
    MATERIALS(Role.REFERENCE, Topic.FOR_EVER, Material.getClassSchema(), "materialId"),
    SUPPLIERS(Role.REFERENCE, Topic.FOR_EVER, Supplier.getClassSchema(), "supplierId"),
    SURGE_REQUIREMENTS(Role.REFERENCE, Topic.FOR_EVER, SurgeRequirement.getClassSchema(), "productId", "posture"),
    ALERT_RULES(Role.REFERENCE, Topic.FOR_EVER, AlertRule.getClassSchema(), "ruleId"),
    SCHEMAS(Role.SCHEMAS, Topic.FOR_EVER, null),
    /** Kept as long as surge readiness looks back (52 full weeks): a job that starts without a checkpoint must not take the past for idle. */
    LINE_FACTS(Role.OUTPUT, 400, LineFacts.getClassSchema(), "lineId", "productId"),
    LINE_STATUS(Role.OUTPUT, 2, LineStatus.getClassSchema(), "lineId"),
    ORDER_STATUS(Role.OUTPUT, 30, OrderStatus.getClassSchema(), "orderId"),
    MATERIAL_COVER(Role.OUTPUT, 30, MaterialCover.getClassSchema(), "plantId", "materialId", "posture"),
    SURGE_READINESS(Role.OUTPUT, 30, SurgeReadiness.getClassSchema(), "productId", "posture", "evidence"),
    ALERTS(Role.OUTPUT, 90, AlertTransition.getClassSchema(), "alertId"),
    REJECTED(Role.OUTPUT, 30, RejectedEvent.getClassSchema(), "topic", "recordPartition", "recordOffset");

    private static final int FOR_EVER = -1;
    private static final long MS_PER_DAY = 86_400_000L;

    private enum Role {
        INPUT,
        REFERENCE,
        SCHEMAS,
        OUTPUT
    }

    // Avro makes objects only of classes that the process trusts. Nobody reads an event without a topic, so the trust
    // is given here.
    static {
        String events = LineTelemetry.class.getPackageName();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(events)));
    }

    private final Role role;
    private final String baseName;
    private final int retentionDays;
    private final @Nullable Schema schema;
    private final int[] keyPositions;

    Topic(Role role, int retentionDays, @Nullable Schema schema, String... keyFields) {
        this.role = role;
        this.baseName = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.retentionDays = retentionDays;
        this.schema = schema;
        this.keyPositions = Arrays.stream(keyFields)
                .mapToInt(field -> eventSchema().getField(field).pos())
                .toArray();
    }

    /** The topic called {@code baseName}, such as {@code line-telemetry}. */
    public static Topic fromBaseName(String baseName) {
        return Arrays.stream(values())
                .filter(topic -> topic.baseName().equals(baseName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Topic '%s' is not in the catalogue: it has %s.\nMaybe you meant '%s'."
                                .formatted(baseName, names(), NearestName.of(baseName, names()))));
    }

    /** The topic that carries events of this record type. */
    public static Topic of(SpecificRecord event) {
        String name = event.getSchema().getFullName();
        return Arrays.stream(values())
                .filter(topic ->
                        topic.schema != null && topic.schema.getFullName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No topic carries " + name + "."));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(Topic::baseName).toList();
    }

    /** Its name without prefix and version, such as {@code line-telemetry}. */
    public String baseName() {
        return baseName;
    }

    /** Its name in Kafka, such as {@code capacity.line-telemetry.v1}. */
    public String topicName(String prefix) {
        return prefix + "." + baseName() + ".v1";
    }

    /** Name of the JSON Lines file that holds its events, such as {@code line-telemetry.jsonl}. */
    public String fileName() {
        return baseName() + ".jsonl";
    }

    /** Schema of its events as this release writes and reads them; null for {@link #SCHEMAS}, which carries schemas. */
    public @Nullable Schema schema() {
        return schema;
    }

    /** The schema of a topic that carries events. */
    Schema eventSchema() {
        if (schema == null) {
            throw new IllegalArgumentException("Topic '" + baseName() + "' carries schemas, not events.");
        }
        return schema;
    }

    /** The key of an event of this topic: the key fields joined with {@code |}. */
    public String key(SpecificRecord event) {
        if (!event.getSchema().equals(eventSchema())) {
            throw new IllegalArgumentException("Topic '%s' carries %s, not %s."
                    .formatted(
                            baseName(),
                            eventSchema().getName(),
                            event.getSchema().getName()));
        }
        String key = event.get(keyPositions[0]).toString();
        for (int i = 1; i < keyPositions.length; i++) {
            key = key + "|" + event.get(keyPositions[i]);
        }
        return key;
    }

    /** Whether plants and ministries write it: telemetry, orders, deliveries, stocks, workforce, reference data, plans, rules and requirements. */
    public boolean isInput() {
        return role == Role.INPUT || role == Role.REFERENCE;
    }

    /** Whether its events are versions of something, each valid from an instant on. */
    public boolean isReference() {
        return role == Role.REFERENCE;
    }

    /** How many partitions it is created with: what is small and must be seen whole has one. */
    public int partitions() {
        return role == Role.REFERENCE || role == Role.SCHEMAS ? 1 : 8;
    }

    /**
     * The topic settings it is created with. Time stamps are the broker's everywhere: the receive time of what comes in, and
     * retention counts from arrival, so that a past loaded at speed is not deleted at once.
     */
    public Map<String, String> configs() {
        return new TreeMap<>(Map.of(
                "cleanup.policy",
                role == Role.SCHEMAS ? "compact" : "delete",
                "message.timestamp.type",
                "LogAppendTime",
                "retention.ms",
                String.valueOf(retentionDays == FOR_EVER ? -1 : retentionDays * MS_PER_DAY),
                "retention.bytes",
                "-1"));
    }
}

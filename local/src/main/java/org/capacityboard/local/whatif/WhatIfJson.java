package org.capacityboard.local.whatif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.capacityboard.domain.surge.AddedHours;
import org.capacityboard.domain.surge.Comparison;
import org.capacityboard.domain.surge.ConstraintKind;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.ReadinessRow;
import org.jspecify.annotations.Nullable;

/** An answer for programs: one object, its fields named like the columns of the views {@code surge_readiness} and {@code surge_ladder}. */
public final class WhatIfJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final Names names;

    private WhatIfJson(JsonGenerator json, Names names) {
        this.json = json;
        this.names = names;
    }

    /** The answer as text of several lines. */
    public static String of(WhatIfAnswer answer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            new WhatIfJson(json, answer.names()).write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(WhatIfAnswer answer) throws IOException {
        KnownState state = answer.state();
        json.writeStartObject();
        json.writeStringField("as_of", state.asOf().toString());
        text("watermark", state.watermark() == null ? null : state.watermark().toString());
        json.writeStringField(
                "today", Instant.ofEpochMilli(state.snapshot().nowMs()).toString());
        json.writeStringField("source", state.source());
        json.writeStringField("evidence", answer.evidence().name());
        json.writeArrayFieldStart("assumed");
        for (Assumption assumption : answer.assumptions()) {
            json.writeStartObject();
            json.writeStringField("option", assumption.option());
            json.writeStringField("value", assumption.value());
            json.writeStringField("words", assumption.words(names));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("products");
        for (Comparison comparison : answer.comparisons()) {
            write(comparison);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("added_hours");
        for (AddedHours hours : answer.addedHours()) {
            write(hours);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Comparison comparison) throws IOException {
        ReadinessRow before = comparison.before();
        ReadinessRow after = comparison.after();
        json.writeStartObject();
        json.writeStringField("product_id", after.productId());
        json.writeStringField("product_name", names.product(after.productId()));
        json.writeStringField("posture", after.posture().name());
        json.writeBooleanField("changed", comparison.changed());
        if (before == null) {
            json.writeNullField("before");
        } else {
            json.writeFieldName("before");
            write(before, comparison.ladderBefore());
        }
        json.writeFieldName("after");
        write(after, comparison.ladderAfter());
        json.writeEndObject();
    }

    private void write(ReadinessRow row, List<LadderRow> ladder) throws IOException {
        json.writeStartObject();
        json.writeNumberField("required_per_month", row.requiredPerMonth());
        number("achievable_per_month", row.achievablePerMonth());
        number("readiness", row.readiness());
        number("readiness_low", row.readinessLow());
        number("readiness_high", row.readinessHigh());
        constraint("binding_constraint", row.bindingConstraint());
        text("binding_id", row.bindingId());
        constraint("next_constraint", row.nextConstraint());
        text("next_id", row.nextId());
        number("next_achievable_per_month", row.nextAchievablePerMonth());
        whole("time_to_surge_days", row.timeToSurgeDays());
        whole("sustained_days", row.sustainedDays());
        number("units_short", row.unitsShort());
        text("lost_parent", row.lostParent());
        json.writeStringField("why", row.why());
        json.writeArrayFieldStart("ladder");
        for (LadderRow step : ladder) {
            write(step);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(LadderRow step) throws IOException {
        json.writeStartObject();
        json.writeNumberField("step", step.step());
        json.writeStringField("constraint", step.constraint().name());
        json.writeStringField("node_id", step.nodeId());
        json.writeStringField("node_name", step.nodeName());
        json.writeNumberField("achievable_per_month", step.achievablePerMonth());
        json.writeNumberField("supplied_per_month", step.suppliedPerMonth());
        number("drawn_per_month", step.drawnPerMonth());
        json.writeStringField("unit", step.unit());
        json.writeEndObject();
    }

    private void write(AddedHours hours) throws IOException {
        json.writeStartObject();
        json.writeStringField("line_id", hours.lineId());
        json.writeStringField("posture", hours.posture().name());
        json.writeNumberField("hours_per_week_before", hours.hoursBefore());
        json.writeNumberField("hours_per_week_after", hours.hoursAfter());
        json.writeNumberField("units_per_month_before", hours.unitsBefore());
        json.writeNumberField("units_per_month_after", hours.unitsAfter());
        json.writeNumberField("equipment_units_per_month_after", hours.equipmentAfter());
        number("workforce_units_per_month", hours.workforce());
        json.writeBooleanField("workforce_binds", hours.workforceBinds());
        json.writeStringField("words", hours.words());
        json.writeEndObject();
    }

    private void number(String name, @Nullable Double value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private void whole(String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    private void constraint(String name, @Nullable ConstraintKind value) throws IOException {
        text(name, value == null ? null : value.name());
    }
}

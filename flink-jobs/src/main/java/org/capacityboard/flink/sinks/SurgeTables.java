package org.capacityboard.flink.sinks;

import java.sql.SQLException;
import java.util.List;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeRow.Constraint;
import org.capacityboard.flink.rows.SurgeRow.Cover;
import org.capacityboard.flink.rows.SurgeRow.Criticality;
import org.capacityboard.flink.rows.SurgeRow.Readiness;
import org.capacityboard.flink.rows.SurgeRow.Whole;
import org.jspecify.annotations.Nullable;

/** The tables of the surge readiness job. What says that a date is whole is written after its rows. */
final class SurgeTables implements RowBuffer<SurgeRow> {
    private final UpsertTable<Readiness> readiness = readiness();
    private final UpsertTable<Constraint> constraints = constraints();
    private final UpsertTable<Cover> covers = covers();
    private final UpsertTable<Criticality> criticalities = criticalities();
    private final UpsertTable<Whole> computations = computations();
    private final List<UpsertTable<?>> tables = List.of(readiness, constraints, covers, criticalities, computations);
    private final RowCount written;

    SurgeTables(RowCount written) {
        this.written = written;
    }

    @Override
    public void add(SurgeRow row) {
        if (row instanceof Readiness given) {
            readiness.add(given);
        } else if (row instanceof Constraint given) {
            constraints.add(given);
        } else if (row instanceof Cover given) {
            covers.add(given);
        } else if (row instanceof Criticality given) {
            criticalities.add(given);
        } else if (row instanceof Whole given) {
            computations.add(given);
        }
    }

    @Override
    public int size() {
        return tables.stream().mapToInt(UpsertTable::size).sum();
    }

    @Override
    public void write(DatabaseSession session) throws SQLException {
        for (UpsertTable<?> table : tables) {
            written.add(table.name(), table.write(session));
        }
    }

    @Override
    public void clear() {
        tables.forEach(UpsertTable::clear);
    }

    private static UpsertTable<Readiness> readiness() {
        return new UpsertTable.Shape<Readiness>("surge_readiness")
                .text("product_id", given -> given.row().productId())
                .text("posture", given -> given.row().posture().name())
                .text("evidence", given -> given.row().evidence().name())
                .day("as_of", Readiness::asOf)
                .number("required_per_month", given -> given.row().requiredPerMonth())
                .number("achievable_per_month", given -> given.row().achievablePerMonth())
                .number("readiness", given -> given.row().readiness())
                .number("readiness_low", given -> given.row().readinessLow())
                .number("readiness_high", given -> given.row().readinessHigh())
                .text("binding_constraint", given -> word(given.row().bindingConstraint()))
                .text("binding_id", given -> given.row().bindingId())
                .text("next_constraint", given -> word(given.row().nextConstraint()))
                .text("next_id", given -> given.row().nextId())
                .number("next_achievable_per_month", given -> given.row().nextAchievablePerMonth())
                .optionalCount("time_to_surge_days", given -> count(given.row().timeToSurgeDays()))
                .optionalCount("sustained_days", given -> count(given.row().sustainedDays()))
                .number("units_short", given -> given.row().unitsShort())
                .text("lost_parent", given -> given.row().lostParent())
                .text("why", given -> given.row().why())
                .flag("final", Readiness::isFinal)
                .keyed(
                        given -> new RowKey(
                                given.row().productId(),
                                given.asOf(),
                                given.row().posture().name(),
                                given.row().evidence().name()),
                        "product_id, posture, evidence, as_of");
    }

    private static UpsertTable<Constraint> constraints() {
        return new UpsertTable.Shape<Constraint>("surge_constraint")
                .text("line_id", given -> given.row().lineId())
                .text("posture", given -> given.row().posture().name())
                .text("constraint_kind", given -> given.row().constraint().name())
                .day("as_of", Constraint::asOf)
                .number("units_per_month", given -> given.row().unitsPerMonth())
                .flag("final", Constraint::isFinal)
                .keyed(
                        given -> new RowKey(
                                given.row().lineId(),
                                given.asOf(),
                                given.row().posture().name(),
                                given.row().constraint().name()),
                        "line_id, posture, constraint_kind, as_of");
    }

    private static UpsertTable<Cover> covers() {
        return new UpsertTable.Shape<Cover>("material_cover")
                .text("material_id", given -> given.row().materialId())
                .text("plant_id", given -> given.row().plantId())
                .text("posture", given -> given.row().posture().name())
                .day("as_of", Cover::asOf)
                .number("on_hand", given -> given.row().onHand())
                .number("daily_draw", given -> given.row().dailyDraw())
                .number("days_of_supply", given -> given.row().daysOfSupply())
                .optionalFlag("single_source", given -> given.row().singleSource())
                .flag("final", Cover::isFinal)
                .keyed(
                        given -> new RowKey(
                                given.row().materialId(),
                                given.asOf(),
                                given.row().plantId(),
                                given.row().posture().name()),
                        "material_id, plant_id, posture, as_of");
    }

    private static UpsertTable<Criticality> criticalities() {
        return new UpsertTable.Shape<Criticality>("supplier_criticality")
                .text("supplier_parent", given -> given.row().supplierParent())
                .text("product_id", given -> given.row().productId())
                .text("posture", given -> given.row().posture().name())
                .day("as_of", Criticality::asOf)
                .number("readiness_without", given -> given.row().readinessWithout())
                .number("criticality", given -> given.row().criticality())
                .flag("final", Criticality::isFinal)
                .keyed(
                        given -> new RowKey(
                                given.row().supplierParent(),
                                given.asOf(),
                                given.row().productId(),
                                given.row().posture().name()),
                        "supplier_parent, product_id, posture, as_of");
    }

    private static UpsertTable<Whole> computations() {
        return new UpsertTable.Shape<Whole>("surge_computation")
                .day("as_of", Whole::asOf)
                .flag("final", Whole::isFinal)
                .keyed(given -> new RowKey("", given.asOf(), "", ""), "as_of");
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable Long count(@Nullable Integer value) {
        return value == null ? null : Long.valueOf(value);
    }
}

package org.capacityboard.flink.sinks;

import java.sql.SQLException;
import java.util.List;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeRow.Constraint;
import org.capacityboard.flink.rows.SurgeRow.Cover;
import org.capacityboard.flink.rows.SurgeRow.Criticality;
import org.capacityboard.flink.rows.SurgeRow.Ladder;
import org.capacityboard.flink.rows.SurgeRow.Loss;
import org.capacityboard.flink.rows.SurgeRow.LossesWhole;
import org.capacityboard.flink.rows.SurgeRow.Readiness;
import org.capacityboard.flink.rows.SurgeRow.Snapshot;
import org.capacityboard.flink.rows.SurgeRow.Whole;
import org.jspecify.annotations.Nullable;

/** The tables of the surge readiness job. What says that a date is whole, or that its losses are, is written after its rows. */
final class SurgeTables implements RowBuffer<SurgeRow> {
    private final UpsertTable<Readiness> readiness = readiness();
    private final UpsertTable<Ladder> ladder = ladder();
    private final UpsertTable<Constraint> constraints = constraints();
    private final UpsertTable<Cover> covers = covers();
    private final UpsertTable<Criticality> criticalities = criticalities();
    private final UpsertTable<Snapshot> snapshots = snapshots();
    private final UpsertTable<Whole> computations = computations();
    private final UpsertTable<Loss> losses = losses();
    private final UpsertTable<LossesWhole> lossComputations = lossComputations();
    private final List<UpsertTable<?>> tables = List.of(
            readiness, ladder, constraints, covers, criticalities, snapshots, computations, losses, lossComputations);
    private final RowCount written;

    SurgeTables(RowCount written) {
        this.written = written;
    }

    @Override
    public void add(SurgeRow row) {
        if (row instanceof Readiness given) {
            readiness.add(given);
        } else if (row instanceof Ladder given) {
            ladder.add(given);
        } else if (row instanceof Constraint given) {
            constraints.add(given);
        } else if (row instanceof Cover given) {
            covers.add(given);
        } else if (row instanceof Criticality given) {
            criticalities.add(given);
        } else if (row instanceof Snapshot given) {
            snapshots.add(given);
        } else if (row instanceof Whole given) {
            computations.add(given);
        } else if (row instanceof Loss given) {
            losses.add(given);
        } else if (row instanceof LossesWhole given) {
            lossComputations.add(given);
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

    private static UpsertTable<Ladder> ladder() {
        return new UpsertTable.Shape<Ladder>("surge_ladder")
                .text("product_id", given -> given.row().productId())
                .text("posture", given -> given.row().posture().name())
                .text("evidence", given -> given.row().evidence().name())
                .day("as_of", Ladder::asOf)
                .count("step", given -> given.row().step())
                .text("constraint_kind", given -> given.row().constraint().name())
                .text("node_id", given -> given.row().nodeId())
                .text("node_name", given -> given.row().nodeName())
                .number("achievable_per_month", given -> given.row().achievablePerMonth())
                .number("supplied_per_month", given -> given.row().suppliedPerMonth())
                .number("drawn_per_month", given -> given.row().drawnPerMonth())
                .text("unit", given -> given.row().unit())
                .flag("final", Ladder::isFinal)
                .keyed(
                        given -> new RowKey(
                                given.row().productId(),
                                given.asOf(),
                                given.row().posture().name(),
                                given.row().evidence().name() + given.row().step()),
                        "product_id, posture, evidence, as_of, step");
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
                .text("main_parent", given -> given.row().mainParent())
                .number("main_parent_share", given -> given.row().mainParentShare())
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

    private static UpsertTable<Snapshot> snapshots() {
        return new UpsertTable.Shape<Snapshot>("surge_snapshot")
                .day("as_of", Snapshot::asOf)
                .text("snapshot", Snapshot::snapshot)
                .flag("final", Snapshot::isFinal)
                .keyed(given -> new RowKey("", given.asOf(), "", ""), "as_of");
    }

    private static UpsertTable<Loss> losses() {
        return new UpsertTable.Shape<Loss>("surge_loss")
                .text("product_id", given -> given.row().productId())
                .text("posture", given -> given.row().posture().name())
                .text("loss_kind", given -> given.row().kind().name())
                .text("loss_id", given -> given.row().lossId())
                .day("as_of", Loss::asOf)
                .number("readiness", given -> given.row().readiness())
                .number("readiness_after", given -> given.row().readinessAfter())
                .number("achievable_per_month", given -> given.row().achievablePerMonth())
                .number("achievable_after", given -> given.row().achievableAfter())
                .number("units_short_after", given -> given.row().unitsShortAfter())
                .text("binding_constraint_after", given -> word(given.row().bindingConstraintAfter()))
                .text("binding_id_after", given -> given.row().bindingIdAfter())
                .text("why_after", given -> given.row().whyAfter())
                .flag("final", Loss::isFinal)
                .keyed(
                        given -> new RowKey(
                                given.row().productId(),
                                given.asOf(),
                                given.row().posture().name(),
                                given.row().kind().name() + given.row().lossId()),
                        "product_id, posture, loss_kind, loss_id, as_of");
    }

    private static UpsertTable<LossesWhole> lossComputations() {
        return new UpsertTable.Shape<LossesWhole>("surge_loss_computation")
                .day("as_of", LossesWhole::asOf)
                .count("losses_tried", LossesWhole::lossesTried)
                .instant("tried_up_to", LossesWhole::triedUpToMs)
                .flag("final", LossesWhole::isFinal)
                .keyed(given -> new RowKey("", given.asOf(), "", ""), "as_of");
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

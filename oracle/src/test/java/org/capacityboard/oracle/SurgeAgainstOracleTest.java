package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.ConstraintRow;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.Crew;
import org.capacityboard.domain.surge.CriticalityRow;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.LastReport;
import org.capacityboard.domain.surge.LineOutput;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.ProductOutput;
import org.capacityboard.domain.surge.ReadinessRow;
import org.capacityboard.domain.surge.Receipt;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SupplierOffer;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code domain} says of a day is what the oracle says, over seeded networks. */
class SurgeAgainstOracleTest {
    private static final int STREAMS = 60;
    private static final int DAYS_OF_EACH = 4;

    static Stream<Integer> seeds() {
        return IntStream.range(1, 1 + Integer.getInteger("oracle.surges", STREAMS))
                .boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readiness_limits_cover_and_criticality_equal_the_oracle(int seed) {
        SurgeStream stream = SurgeStream.of(seed, SurgeStreamOptions.DEFAULT);
        List<SurgeWorld> worlds = new SurgeDays(stream.input()).worlds();
        for (int i = 1; i <= DAYS_OF_EACH; i++) {
            SurgeWorld world = worlds.get((worlds.size() - 1) * i / DAYS_OF_EACH);
            SurgeRows expected = new SurgeRows();
            new SurgeSums(world, expected).addRows();

            SurgeRows found = rows(SurgeReadiness.of(snapshot(world)), world);

            assertThat(SurgeDifference.describe(SurgeDifference.between(expected, found)))
                    .as("seed %d, %s", seed, world.asOf())
                    .isEmpty();
        }
    }

    private static SurgeRows rows(SurgeReadiness given, SurgeWorld world) {
        SurgeRows rows = new SurgeRows();
        LocalDate asOf = world.asOf();
        boolean isFinal = world.isFinal();
        for (ReadinessRow row : given.readiness()) {
            rows.add(
                    SurgeTable.SURGE_READINESS,
                    asOf,
                    row.productId(),
                    row.posture(),
                    row.evidence(),
                    row.requiredPerMonth(),
                    row.achievablePerMonth(),
                    row.readiness(),
                    row.readinessLow(),
                    row.readinessHigh(),
                    row.bindingConstraint(),
                    row.bindingId(),
                    row.nextConstraint(),
                    row.nextId(),
                    row.nextAchievablePerMonth(),
                    row.timeToSurgeDays(),
                    row.sustainedDays(),
                    row.unitsShort(),
                    row.lostParent(),
                    isFinal);
        }
        for (ConstraintRow row : given.constraints()) {
            rows.add(
                    SurgeTable.SURGE_CONSTRAINT,
                    asOf,
                    row.lineId(),
                    row.posture(),
                    row.constraint(),
                    row.unitsPerMonth(),
                    isFinal);
        }
        for (CoverRow row : given.covers()) {
            rows.add(
                    SurgeTable.MATERIAL_COVER,
                    asOf,
                    row.plantId(),
                    row.materialId(),
                    row.posture(),
                    row.daysOfSupply(),
                    row.singleSource(),
                    row.onHand(),
                    row.dailyDraw(),
                    isFinal);
        }
        for (CriticalityRow row : given.criticalities()) {
            rows.add(
                    SurgeTable.SUPPLIER_CRITICALITY,
                    asOf,
                    row.supplierParent(),
                    row.productId(),
                    row.posture(),
                    row.readinessWithout(),
                    row.criticality(),
                    isFinal);
        }
        return rows;
    }

    private static SurgeSnapshot snapshot(SurgeWorld world) {
        List<LineOutput> weeks = new ArrayList<>();
        world.weeks().forEach((lineId, told) -> {
            Set<String> products = new TreeSet<>();
            told.good().values().forEach(week -> products.addAll(week.keySet()));
            for (String product : products) {
                LocalDate first = told.newest().minusWeeks(51);
                List<Long> good = IntStream.range(0, 52)
                        .mapToObj(week -> told.units(first.plusWeeks(week), product))
                        .toList();
                weeks.add(new LineOutput(lineId, product, first.toEpochDay(), good));
            }
        });
        return new SurgeSnapshot(
                world.now().toEpochMilli(),
                14,
                world.lines().values().stream()
                        .map(line -> new SurgeLine(
                                line.getLineId(),
                                line.getPlantId(),
                                line.getProductId(),
                                line.getDeclaredUnitsPerHour(),
                                new HoursPerWeek(
                                        line.getHoursPerWeek().getPeacetime(),
                                        line.getHoursPerWeek().getCrisis(),
                                        line.getHoursPerWeek().getConflict()),
                                milliseconds(line.getAvailableFrom())))
                        .toList(),
                world.products().values().stream()
                        .map(product -> new SurgeProduct(
                                product.getProductId(),
                                product.getName(),
                                product.getInterchangeabilityGroup(),
                                product.getBillOfMaterials().stream()
                                        .map(item -> new BillItem(item.getInputId(), item.getQuantityPerUnit()))
                                        .toList()))
                        .toList(),
                world.materials().values().stream()
                        .map(material ->
                                new SurgeMaterial(material.getMaterialId(), material.getName(), material.getUnit()))
                        .toList(),
                world.suppliers().values().stream()
                        .map(supplier -> new SurgeSupplier(
                                supplier.getSupplierId(),
                                supplier.getParentEntity(),
                                supplier.getNation(),
                                supplier.getAllied(),
                                supplier.getSupplies().stream()
                                        .map(offer ->
                                                new SupplierOffer(offer.getMaterialId(), offer.getUnitsPerMonth()))
                                        .toList()))
                        .toList(),
                world.counts().stream()
                        .map(count -> new MaterialCount(
                                count.getPlantId(),
                                count.getMaterialId(),
                                count.getEventTime().toEpochMilli(),
                                count.getOnHand(),
                                count.getReceipts().stream()
                                        .map(receipt -> new Receipt(
                                                receipt.getDueAt().toEpochMilli(),
                                                receipt.getQuantity(),
                                                receipt.getSupplierId()))
                                        .toList()))
                        .toList(),
                List.of(),
                world.crews().values().stream()
                        .map(crew -> new Crew(crew.getLineId(), crew.getCertifiedPeople(), crew.getPeoplePerShift()))
                        .toList(),
                world.requirements().stream()
                        .map(requirement -> new Requirement(
                                requirement.getProductId(),
                                Posture.valueOf(requirement.getPosture().name()),
                                requirement.getUnitsPerMonth(),
                                requirement.getReachWithinDays(),
                                requirement.getSustainDays()))
                        .toList(),
                weeks,
                world.made().entrySet().stream()
                        .map(made -> new ProductOutput(
                                made.getKey(),
                                made.getValue().good(),
                                made.getValue().produced(),
                                made.getValue().days()))
                        .toList(),
                world.heard().entrySet().stream()
                        .map(heard ->
                                new LastReport(heard.getKey(), heard.getValue().toEpochMilli()))
                        .toList());
    }

    private static @Nullable Long milliseconds(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}

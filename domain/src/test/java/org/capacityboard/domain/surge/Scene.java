package org.capacityboard.domain.surge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small alliance, said in one line a fact. */
final class Scene {
    /** A Monday, 00:00 UTC: it closes the Sunday before. */
    static final long TODAY = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();

    static final long DAY = 86_400_000;
    static final String PLANT = "PLANT";

    /** Monday of the last full week, epoch day. */
    static final long LAST_WEEK = TODAY / DAY - 7;

    /** An hour of it is a day of a month: a rate an hour times 30.4375 is the rate a month. */
    private static final HoursPerWeek SEVEN_HOURS = new HoursPerWeek(7, 7, 7);

    final List<SurgeLine> lines = new ArrayList<>();
    final List<SurgeProduct> products = new ArrayList<>();
    final List<SurgeMaterial> materials = new ArrayList<>();
    final List<SurgeSupplier> suppliers = new ArrayList<>();
    final List<MaterialCount> counts = new ArrayList<>();
    final List<AddedStock> addedStocks = new ArrayList<>();
    final List<Crew> crews = new ArrayList<>();
    final List<Requirement> requirements = new ArrayList<>();
    final List<LineOutput> lineOutputs = new ArrayList<>();
    final List<ProductOutput> productOutputs = new ArrayList<>();
    final List<LastReport> lastReports = new ArrayList<>();

    static BillItem takes(String inputId, double quantity) {
        return new BillItem(inputId, quantity);
    }

    static Receipt due(double day, double quantity, String supplierId) {
        return new Receipt(TODAY + Math.round(day * DAY), quantity, supplierId);
    }

    Scene product(String id, BillItem... bill) {
        products.add(new SurgeProduct(id, id, null, List.of(bill)));
        return this;
    }

    Scene standIn(String id, String group, BillItem... bill) {
        products.add(new SurgeProduct(id, id, group, List.of(bill)));
        return this;
    }

    Scene material(String id, String unit) {
        materials.add(new SurgeMaterial(id, id, unit));
        return this;
    }

    /** A line that makes so many a month in every posture, heard of today. */
    Scene line(String id, String productId, double perMonth) {
        return line(id, PLANT, productId, perMonth, null);
    }

    Scene line(String id, String plantId, String productId, double perMonth, @Nullable Integer availableInDays) {
        return silentLine(id, plantId, productId, perMonth, availableInDays).heard(id, 0);
    }

    Scene silentLine(String id, String plantId, String productId, double perMonth, @Nullable Integer availableInDays) {
        Long from = availableInDays == null ? null : TODAY + availableInDays * DAY;
        lines.add(new SurgeLine(id, plantId, productId, perMonth / Days.IN_MONTH, SEVEN_HOURS, from));
        return this;
    }

    Scene heard(String lineId, double daysAgo) {
        lastReports.add(new LastReport(lineId, TODAY - Math.round(daysAgo * DAY)));
        return this;
    }

    Scene supplier(String id, String parent, boolean allied, String materialId, double perMonth) {
        suppliers.add(new SurgeSupplier(
                id, parent, allied ? "NOR" : "CHE", allied, List.of(new SupplierOffer(materialId, perMonth))));
        return this;
    }

    Scene stock(String plantId, String materialId, double daysAgo, double onHand, Receipt... receipts) {
        counts.add(new MaterialCount(
                plantId, materialId, TODAY - Math.round(daysAgo * DAY), onHand, Arrays.asList(receipts)));
        return this;
    }

    Scene crew(String lineId, int certified, int perShift) {
        crews.add(new Crew(lineId, certified, perShift));
        return this;
    }

    Scene need(String productId, Posture posture, double perMonth) {
        requirements.add(new Requirement(productId, posture, perMonth, null, null));
        return this;
    }

    Scene need(String productId, Posture posture, double perMonth, int reachDays, int holdDays) {
        requirements.add(new Requirement(productId, posture, perMonth, reachDays, holdDays));
        return this;
    }

    /** Weeks up to the last full one. */
    Scene weeks(String lineId, String productId, long... goodUnits) {
        List<Long> weeks = Arrays.stream(goodUnits).boxed().toList();
        lineOutputs.add(new LineOutput(lineId, productId, LAST_WEEK - 7L * (weeks.size() - 1), weeks));
        return this;
    }

    Scene made(String productId, long good, long produced, int days) {
        productOutputs.add(new ProductOutput(productId, good, produced, days));
        return this;
    }

    SurgeSnapshot snapshot() {
        return new SurgeSnapshot(
                TODAY,
                SurgeSnapshot.STALE_AFTER_DAYS,
                lines,
                products,
                materials,
                suppliers,
                counts,
                addedStocks,
                crews,
                requirements,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    SurgeReadiness readiness() {
        return SurgeReadiness.of(snapshot());
    }

    ReadinessRow row(String productId, Posture posture) {
        return row(snapshot(), productId, posture, Evidence.CONTRACTED);
    }

    ReadinessRow row(String productId, Posture posture, Evidence evidence) {
        return row(snapshot(), productId, posture, evidence);
    }

    static ReadinessRow row(SurgeSnapshot snapshot, String productId, Posture posture, Evidence evidence) {
        return SurgeReadiness.of(snapshot).readiness().stream()
                .filter(row ->
                        row.productId().equals(productId) && row.posture() == posture && row.evidence() == evidence)
                .findFirst()
                .orElseThrow();
    }

    CriticalityRow criticality(String parent, String productId, Posture posture) {
        return readiness().criticalities().stream()
                .filter(row -> row.supplierParent().equals(parent)
                        && row.productId().equals(productId)
                        && row.posture() == posture)
                .findFirst()
                .orElseThrow();
    }

    CoverRow cover(String plantId, String materialId, Posture posture) {
        return readiness().covers().stream()
                .filter(row -> row.plantId().equals(plantId)
                        && row.materialId().equals(materialId)
                        && row.posture() == posture)
                .findFirst()
                .orElseThrow();
    }

    @Nullable
    Double limit(String lineId, Posture posture, LineConstraint constraint) {
        return readiness().constraints().stream()
                .filter(row ->
                        row.lineId().equals(lineId) && row.posture() == posture && row.constraint() == constraint)
                .findFirst()
                .orElseThrow()
                .unitsPerMonth();
    }
}

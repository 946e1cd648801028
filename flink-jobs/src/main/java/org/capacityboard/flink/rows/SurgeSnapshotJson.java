package org.capacityboard.flink.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.capacityboard.domain.surge.AddedStock;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.Crew;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.LastReport;
import org.capacityboard.domain.surge.LineOutput;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.ProductOutput;
import org.capacityboard.domain.surge.Receipt;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SupplierOffer;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A surge snapshot as one line of JSON, the number of its format first. Fields are named as in the records, what is null is left out; equal snapshots make equal
 * texts, and a text read and written again is the same. Instants are ms since 1970 UTC, numbers are exact: each has as many digits as tell it from its neighbours.
 */
public final class SurgeSnapshotJson {
    /** Grows when a text can no longer be read by those who read the one before. */
    static final int FORMAT = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private SurgeSnapshotJson() {}

    /** The snapshot as text without line breaks. */
    public static String encode(SurgeSnapshot snapshot) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The snapshot that a text holds.
     *
     * @throws UserError if it is damaged or of another format
     */
    public static SurgeSnapshot decode(String text) {
        JsonPart part = JsonPart.of("surge snapshot", text);
        long format = part.whole("format");
        if (format != FORMAT) {
            throw UserError.failed(new Problem(
                    "Format of the surge snapshot",
                    Long.toString(format),
                    "is not known here, must be " + FORMAT,
                    "another version of Capacity Board wrote it: that version reads it"));
        }
        return part.read(SurgeSnapshotJson::snapshot);
    }

    private interface Writer<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private static <T> void list(JsonGenerator json, String name, List<T> values, Writer<T> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            json.writeStartObject();
            fields.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, SurgeSnapshot snapshot) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeNumberField("nowMs", snapshot.nowMs());
        json.writeNumberField("staleAfterDays", snapshot.staleAfterDays());
        list(json, "lines", snapshot.lines(), SurgeSnapshotJson::writeLine);
        list(json, "products", snapshot.products(), SurgeSnapshotJson::writeProduct);
        list(json, "materials", snapshot.materials(), SurgeSnapshotJson::writeMaterial);
        list(json, "suppliers", snapshot.suppliers(), SurgeSnapshotJson::writeSupplier);
        list(json, "counts", snapshot.counts(), SurgeSnapshotJson::writeCount);
        list(json, "addedStocks", snapshot.addedStocks(), SurgeSnapshotJson::writeAddedStock);
        list(json, "crews", snapshot.crews(), SurgeSnapshotJson::writeCrew);
        list(json, "requirements", snapshot.requirements(), SurgeSnapshotJson::writeRequirement);
        list(json, "lineOutputs", snapshot.lineOutputs(), SurgeSnapshotJson::writeLineOutput);
        list(json, "productOutputs", snapshot.productOutputs(), SurgeSnapshotJson::writeProductOutput);
        list(json, "lastReports", snapshot.lastReports(), SurgeSnapshotJson::writeLastReport);
        json.writeEndObject();
    }

    private static SurgeSnapshot snapshot(JsonPart part) {
        return new SurgeSnapshot(
                part.whole("nowMs"),
                part.count("staleAfterDays"),
                part.parts("lines", SurgeSnapshotJson::line),
                part.parts("products", SurgeSnapshotJson::product),
                part.parts("materials", SurgeSnapshotJson::material),
                part.parts("suppliers", SurgeSnapshotJson::supplier),
                part.parts("counts", SurgeSnapshotJson::materialCount),
                part.parts("addedStocks", SurgeSnapshotJson::addedStock),
                part.parts("crews", SurgeSnapshotJson::crew),
                part.parts("requirements", SurgeSnapshotJson::requirement),
                part.parts("lineOutputs", SurgeSnapshotJson::lineOutput),
                part.parts("productOutputs", SurgeSnapshotJson::productOutput),
                part.parts("lastReports", SurgeSnapshotJson::lastReport));
    }

    private static void writeLine(JsonGenerator json, SurgeLine line) throws IOException {
        json.writeStringField("lineId", line.lineId());
        json.writeStringField("plantId", line.plantId());
        json.writeStringField("productId", line.productId());
        json.writeNumberField("declaredUnitsPerHour", line.declaredUnitsPerHour());
        HoursPerWeek hours = line.hoursPerWeek();
        json.writeObjectFieldStart("hoursPerWeek");
        json.writeNumberField("peacetime", hours.peacetime());
        json.writeNumberField("crisis", hours.crisis());
        json.writeNumberField("conflict", hours.conflict());
        json.writeEndObject();
        Long availableFromMs = line.availableFromMs();
        if (availableFromMs != null) {
            json.writeNumberField("availableFromMs", availableFromMs);
        }
    }

    private static SurgeLine line(JsonPart part) {
        return new SurgeLine(
                part.text("lineId"),
                part.text("plantId"),
                part.text("productId"),
                part.number("declaredUnitsPerHour"),
                part.part("hoursPerWeek", SurgeSnapshotJson::hoursPerWeek),
                part.wholeIfAny("availableFromMs"));
    }

    private static HoursPerWeek hoursPerWeek(JsonPart part) {
        return new HoursPerWeek(part.number("peacetime"), part.number("crisis"), part.number("conflict"));
    }

    private static void writeProduct(JsonGenerator json, SurgeProduct product) throws IOException {
        json.writeStringField("productId", product.productId());
        json.writeStringField("name", product.name());
        if (product.interchangeabilityGroup() != null) {
            json.writeStringField("interchangeabilityGroup", product.interchangeabilityGroup());
        }
        list(json, "bill", product.bill(), (to, item) -> {
            to.writeStringField("inputId", item.inputId());
            to.writeNumberField("quantityPerUnit", item.quantityPerUnit());
        });
    }

    private static SurgeProduct product(JsonPart part) {
        return new SurgeProduct(
                part.text("productId"),
                part.text("name"),
                part.textIfAny("interchangeabilityGroup"),
                part.parts("bill", item -> new BillItem(item.text("inputId"), item.number("quantityPerUnit"))));
    }

    private static void writeMaterial(JsonGenerator json, SurgeMaterial material) throws IOException {
        json.writeStringField("materialId", material.materialId());
        json.writeStringField("name", material.name());
        json.writeStringField("unit", material.unit());
    }

    private static SurgeMaterial material(JsonPart part) {
        return new SurgeMaterial(part.text("materialId"), part.text("name"), part.text("unit"));
    }

    private static void writeSupplier(JsonGenerator json, SurgeSupplier supplier) throws IOException {
        json.writeStringField("supplierId", supplier.supplierId());
        json.writeStringField("parentEntity", supplier.parentEntity());
        json.writeStringField("nation", supplier.nation());
        json.writeBooleanField("allied", supplier.allied());
        list(json, "supplies", supplier.supplies(), (to, offer) -> {
            to.writeStringField("materialId", offer.materialId());
            to.writeNumberField("unitsPerMonth", offer.unitsPerMonth());
        });
    }

    private static SurgeSupplier supplier(JsonPart part) {
        return new SurgeSupplier(
                part.text("supplierId"),
                part.text("parentEntity"),
                part.text("nation"),
                part.flag("allied"),
                part.parts(
                        "supplies",
                        offer -> new SupplierOffer(offer.text("materialId"), offer.number("unitsPerMonth"))));
    }

    private static void writeCount(JsonGenerator json, MaterialCount count) throws IOException {
        json.writeStringField("plantId", count.plantId());
        json.writeStringField("materialId", count.materialId());
        json.writeNumberField("countedAtMs", count.countedAtMs());
        json.writeNumberField("onHand", count.onHand());
        list(json, "receipts", count.receipts(), (to, receipt) -> {
            to.writeNumberField("dueAtMs", receipt.dueAtMs());
            to.writeNumberField("quantity", receipt.quantity());
            to.writeStringField("supplierId", receipt.supplierId());
        });
    }

    private static MaterialCount materialCount(JsonPart part) {
        return new MaterialCount(
                part.text("plantId"),
                part.text("materialId"),
                part.whole("countedAtMs"),
                part.number("onHand"),
                part.parts(
                        "receipts",
                        receipt -> new Receipt(
                                receipt.whole("dueAtMs"), receipt.number("quantity"), receipt.text("supplierId"))));
    }

    private static void writeAddedStock(JsonGenerator json, AddedStock added) throws IOException {
        json.writeStringField("materialId", added.materialId());
        json.writeNumberField("quantity", added.quantity());
    }

    private static AddedStock addedStock(JsonPart part) {
        return new AddedStock(part.text("materialId"), part.number("quantity"));
    }

    private static void writeCrew(JsonGenerator json, Crew crew) throws IOException {
        json.writeStringField("lineId", crew.lineId());
        json.writeNumberField("certifiedPeople", crew.certifiedPeople());
        json.writeNumberField("peoplePerShift", crew.peoplePerShift());
    }

    private static Crew crew(JsonPart part) {
        return new Crew(part.text("lineId"), part.count("certifiedPeople"), part.count("peoplePerShift"));
    }

    private static void writeRequirement(JsonGenerator json, Requirement required) throws IOException {
        json.writeStringField("productId", required.productId());
        json.writeStringField("posture", required.posture().name());
        json.writeNumberField("unitsPerMonth", required.unitsPerMonth());
        writeIfAny(json, "reachWithinDays", required.reachWithinDays());
        writeIfAny(json, "sustainDays", required.sustainDays());
    }

    private static void writeIfAny(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private static Requirement requirement(JsonPart part) {
        return new Requirement(
                part.text("productId"),
                part.symbol("posture", Posture.class),
                part.number("unitsPerMonth"),
                part.countIfAny("reachWithinDays"),
                part.countIfAny("sustainDays"));
    }

    private static void writeLineOutput(JsonGenerator json, LineOutput output) throws IOException {
        json.writeStringField("lineId", output.lineId());
        json.writeStringField("productId", output.productId());
        json.writeNumberField("firstMonday", output.firstMonday());
        json.writeArrayFieldStart("weeklyGoodUnits");
        for (long units : output.weeklyGoodUnits()) {
            json.writeNumber(units);
        }
        json.writeEndArray();
    }

    private static LineOutput lineOutput(JsonPart part) {
        return new LineOutput(
                part.text("lineId"), part.text("productId"), part.whole("firstMonday"), part.wholes("weeklyGoodUnits"));
    }

    private static void writeProductOutput(JsonGenerator json, ProductOutput output) throws IOException {
        json.writeStringField("productId", output.productId());
        json.writeNumberField("goodUnits", output.goodUnits());
        json.writeNumberField("producedUnits", output.producedUnits());
        json.writeNumberField("days", output.days());
    }

    private static ProductOutput productOutput(JsonPart part) {
        return new ProductOutput(
                part.text("productId"), part.whole("goodUnits"), part.whole("producedUnits"), part.count("days"));
    }

    private static void writeLastReport(JsonGenerator json, LastReport report) throws IOException {
        json.writeStringField("lineId", report.lineId());
        json.writeNumberField("reportedAtMs", report.reportedAtMs());
    }

    private static LastReport lastReport(JsonPart part) {
        return new LastReport(part.text("lineId"), part.whole("reportedAtMs"));
    }
}

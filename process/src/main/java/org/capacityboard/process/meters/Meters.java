package org.capacityboard.process.meters;

import static org.capacityboard.process.meters.MeterTag.DASHBOARD;
import static org.capacityboard.process.meters.MeterTag.PATH;
import static org.capacityboard.process.meters.MeterTag.REASON;
import static org.capacityboard.process.meters.MeterTag.STATUS;
import static org.capacityboard.process.meters.MeterTag.TABLE;
import static org.capacityboard.process.meters.MeterTag.TOPIC;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every metric of the product; dots in the name become underscores on the Prometheus page. */
public enum Meters {
    INGEST_RECORDS(
            "capacity.ingest.records",
            Meter.Type.COUNTER,
            "records",
            "Records that refer to what is known, before duplicates and late ones are told apart.",
            TOPIC),
    INGEST_REJECTED(
            "capacity.ingest.rejected.records",
            Meter.Type.COUNTER,
            "records",
            "Records refused; each stands in `rejected_event`.",
            TOPIC,
            REASON),
    INGEST_LATE(
            "capacity.ingest.late.records",
            Meter.Type.COUNTER,
            "records",
            "Reports later than the correction horizon.",
            TOPIC),
    INGEST_DUPLICATES(
            "capacity.ingest.duplicate.records",
            Meter.Type.COUNTER,
            "records",
            "Records that were known already.",
            TOPIC),
    WAITING(
            "capacity.ingest.waiting",
            Meter.Type.GAUGE,
            "records",
            "Order events and deliveries that wait for the order, plant or product they name."),
    ROWS_WRITTEN(
            "capacity.written.rows", Meter.Type.COUNTER, "rows", "Rows handed to the database and accepted.", TABLE),
    DATABASE_RETRIES(
            "capacity.database.retries",
            Meter.Type.COUNTER,
            "retries",
            "Batches written again because the database failed.",
            TABLE),
    WATERMARK_AGE(
            "capacity.watermark.age",
            Meter.Type.GAUGE,
            "seconds",
            "How far a job's time is behind the wall clock; large while it catches up."),
    HTTP_REQUESTS(
            "capacity.http.requests",
            Meter.Type.TIMER,
            "seconds",
            "Requests to the health and metrics server.",
            PATH,
            STATUS),
    VIEWER_REQUESTS(
            "capacity.viewer.requests", Meter.Type.TIMER, "seconds", "Requests to the viewer, answered.", PATH, STATUS),
    VIEWER_QUERIES(
            "capacity.viewer.queries",
            Meter.Type.TIMER,
            "seconds",
            "Queries of panels, those that failed or were cut included.",
            DASHBOARD),
    VIEWER_ROWS("capacity.viewer.rows", Meter.Type.COUNTER, "rows", "Rows that panels were given.", DASHBOARD),
    VIEWER_ERRORS(
            "capacity.viewer.errors",
            Meter.Type.COUNTER,
            "errors",
            "Queries of panels that failed or were cut; the log says which and why.",
            DASHBOARD);

    private final String meterName;
    private final Meter.Type type;
    private final String baseUnit;
    private final String description;
    private final List<MeterTag> tags;

    Meters(String meterName, Meter.Type type, String baseUnit, String description, MeterTag... tags) {
        this.meterName = meterName;
        this.type = type;
        this.baseUnit = baseUnit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** The metric of this name; null if it is none of the product's own. */
    public static @Nullable Meters find(String meterName) {
        for (Meters meter : values()) {
            if (meter.meterName.equals(meterName)) {
                return meter;
            }
        }
        return null;
    }

    public String meterName() {
        return meterName;
    }

    public Meter.Type type() {
        return type;
    }

    public String baseUnit() {
        return baseUnit;
    }

    public String description() {
        return description;
    }

    public List<MeterTag> tags() {
        return tags;
    }

    /** The counter of these tag values, in the order of {@link #tags()}; the same one when asked again. */
    public Counter counter(MeterRegistry registry, String... tagValues) {
        require(Meter.Type.COUNTER);
        return Counter.builder(meterName)
                .baseUnit(baseUnit)
                .description(description)
                .tags(tagged(tagValues))
                .register(registry);
    }

    /** The timer of these tag values, in the order of {@link #tags()}; the same one when asked again. */
    public Timer timer(MeterRegistry registry, String... tagValues) {
        require(Meter.Type.TIMER);
        return Timer.builder(meterName)
                .description(description)
                .tags(tagged(tagValues))
                .register(registry);
    }

    /** Shows what {@code value} says whenever somebody looks; the registry keeps it. */
    public Gauge gauge(MeterRegistry registry, Supplier<Number> value, String... tagValues) {
        require(Meter.Type.GAUGE);
        return Gauge.builder(meterName, value)
                .baseUnit(baseUnit)
                .description(description)
                .tags(tagged(tagValues))
                .register(registry);
    }

    private void require(Meter.Type asked) {
        if (type != asked) {
            throw new IllegalArgumentException(meterName + " is a " + type + ", not a " + asked);
        }
    }

    private List<Tag> tagged(String... tagValues) {
        if (tagValues.length != tags.size()) {
            throw new IllegalArgumentException(
                    meterName + " has the tags " + tags + " but got " + tagValues.length + " values");
        }
        List<Tag> tagged = new ArrayList<>(tagValues.length);
        for (int i = 0; i < tagValues.length; i++) {
            tagged.add(Tag.of(tags.get(i).key(), tagValues[i]));
        }
        return tagged;
    }
}

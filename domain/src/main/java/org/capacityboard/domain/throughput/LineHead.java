package org.capacityboard.domain.throughput;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion.Break;
import org.jspecify.annotations.Nullable;

/** Everything of a line's timeline but its hours: what is known of the line, its newest report, and which windows changed since they were written. */
public final class LineHead {
    /** 2: hour numbers in runs, and the open block. */
    private static final int FORMAT_VERSION = 2;

    static final long DUE_UNKNOWN = Long.MIN_VALUE;
    static final long UNKNOWN_LINE = -1;

    // What was accepted. The lists are immutable: whoever changes one replaces it.
    List<Acting<LineVersion>> lines = List.of();
    List<Acting<PlantVersion>> plants = List.of();
    List<Acting<ShiftPlanVersion>> plans = List.of();
    long version;
    long lastChangeFromMs = Long.MIN_VALUE;

    /** Last report before the kept ones. */
    @Nullable
    Report anchor;

    /** Last report of all. */
    @Nullable
    Report last;

    /** The newest reports, all of one hour, until they are a block of it; may be empty. */
    ReportBlock openBlock = new ReportBlock(new Texts());

    /** Start of the run of equal states that the last report belongs to. */
    long stateSinceMs;
    /** All kept hours, and those that have reports. */
    HourNumbers hours = new HourNumbers();

    HourNumbers reportHours = new HourNumbers();

    /** Closed windows are written up to here; {@code Long.MIN_VALUE} if none was. */
    long watermarkMs = Long.MIN_VALUE;
    /** Time up to here is marked as passed. */
    long passedMs = Long.MIN_VALUE;
    /** Reports of earlier hours are gone: their rows are final. */
    long openFromMs = Long.MIN_VALUE;

    /** All windows of this range are marked as changed, and none was written since. Derived, never stored. */
    long markedFromMs = Long.MAX_VALUE;

    long markedToMs = Long.MIN_VALUE;

    /** What {@link LineTimeline#nextDue} said, while it holds. Derived, never stored. */
    long dueMs = DUE_UNKNOWN;

    MsRanges dirtyMinutes = new MsRanges();
    MsRanges dirtyHours = new MsRanges();
    List<OpenDay> days = new ArrayList<>(2);
    /** Watermark at which the next written window becomes final. */
    long finalDueMs = Long.MAX_VALUE;

    boolean currentDirty;
    /** Watermark at which the current state changes by itself. */
    long currentDueMs = Long.MAX_VALUE;

    private @Nullable Settings settings;
    private @Nullable PlannedTime planned;

    /** A piece of the settings, so that a report finds what it needs of them here; none until it is asked for. Derived, never stored. */
    private long pieceFromMs = Long.MAX_VALUE;

    private long pieceToMs = Long.MIN_VALUE;
    private long knownForMs;

    /** A line nothing is known of. */
    public LineHead() {}

    /** Some windows are written: they have to be marked anew when they change. */
    void forgetMarked() {
        markedFromMs = Long.MAX_VALUE;
        markedToMs = Long.MIN_VALUE;
        dueMs = DUE_UNKNOWN;
    }

    Settings settings() {
        Settings known = settings;
        if (known == null) {
            known = Settings.of(lines, plants);
            settings = known;
        }
        return known;
    }

    /**
     * Looks at what the next report will ask for, so that it comes into the cache. One line gains nothing by it; if many are looked at in a row, the processor
     * fetches them together. The number means nothing.
     */
    public int glance() {
        return (int) (version + dueMs + knownForMs) + (last == null ? 0 : last.glance()) + openBlock.glance();
    }

    /** The same for what is asked for when windows close. */
    public int glanceAtWindows() {
        int seen = glance() + dirtyMinutes.glance() + dirtyHours.glance() + hours.glance() + reportHours.glance();
        for (OpenDay day : days) {
            seen += (int) day.endMs;
        }
        return seen;
    }

    /** How long a report at an instant vouches for its state, ms; {@link #UNKNOWN_LINE} where the line is not known. */
    long knownForMsAt(long ms) {
        if (ms < pieceFromMs || ms >= pieceToMs) {
            Settings known = settings();
            int piece = known.indexAt(ms);
            Setting setting = known.get(piece);
            pieceFromMs = known.from(piece);
            pieceToMs = known.to(piece);
            knownForMs = setting == null ? UNKNOWN_LINE : setting.knownForMs();
        }
        return knownForMs;
    }

    private void forgetSettings() {
        dueMs = DUE_UNKNOWN;
        settings = null;
        pieceFromMs = Long.MAX_VALUE;
        pieceToMs = Long.MIN_VALUE;
    }

    PlannedTime planned() {
        PlannedTime known = planned;
        if (known == null) {
            known = PlannedTime.of(plans);
            planned = known;
        }
        return known;
    }

    void setLines(List<Acting<LineVersion>> changed) {
        lines = changed;
        forgetSettings();
    }

    void setPlants(List<Acting<PlantVersion>> changed) {
        plants = changed;
        forgetSettings();
    }

    void setPlans(List<Acting<ShiftPlanVersion>> changed) {
        plans = changed;
        dueMs = DUE_UNKNOWN;
        planned = null;
    }

    /** Compact bytes, format version first. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter(512);
        out.put(FORMAT_VERSION);
        out.varint(lines.size());
        for (Acting<LineVersion> line : lines) {
            out.zigzag(line.appliesFromMs());
            write(line.version(), out);
        }
        out.varint(plants.size());
        for (Acting<PlantVersion> plant : plants) {
            out.zigzag(plant.appliesFromMs());
            write(plant.version(), out);
        }
        out.varint(plans.size());
        for (Acting<ShiftPlanVersion> plan : plans) {
            out.zigzag(plan.appliesFromMs());
            write(plan.version(), out);
        }
        out.varint(version);
        out.zigzag(lastChangeFromMs);
        writeNullable(anchor, out);
        writeNullable(last, out);
        out.zigzag(stateSinceMs);
        hours.write(out);
        reportHours.write(out);
        out.zigzag(watermarkMs);
        out.zigzag(passedMs);
        out.zigzag(openFromMs);
        dirtyMinutes.write(out);
        dirtyHours.write(out);
        out.varint(days.size());
        for (OpenDay day : days) {
            day.write(out);
        }
        out.zigzag(finalDueMs);
        out.put(currentDirty ? 1 : 0);
        out.zigzag(currentDueMs);
        openBlock.write(out);
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    public static LineHead decode(byte[] bytes) {
        ByteReader in = ByteReader.of(bytes, FORMAT_VERSION, "head of a line");
        LineHead head = new LineHead();
        List<Acting<LineVersion>> lines = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            long appliesFromMs = in.zigzag();
            LineVersion line = readLine(in);
            lines.add(new Acting<>(line, line.validFromMs(), line.revision(), appliesFromMs));
        }
        head.lines = List.copyOf(lines);
        List<Acting<PlantVersion>> plants = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            long appliesFromMs = in.zigzag();
            PlantVersion plant = readPlant(in);
            plants.add(new Acting<>(plant, plant.validFromMs(), plant.revision(), appliesFromMs));
        }
        head.plants = List.copyOf(plants);
        List<Acting<ShiftPlanVersion>> plans = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            long appliesFromMs = in.zigzag();
            ShiftPlanVersion plan = readPlan(in);
            plans.add(new Acting<>(plan, plan.validFromMs(), plan.revision(), appliesFromMs));
        }
        head.plans = List.copyOf(plans);
        head.version = in.varint();
        head.lastChangeFromMs = in.zigzag();
        head.anchor = readNullable(in);
        head.last = readNullable(in);
        head.stateSinceMs = in.zigzag();
        boolean inRuns = in.formatVersion() > 1;
        head.hours = inRuns ? HourNumbers.read(in) : HourNumbers.readEach(in);
        head.reportHours = inRuns ? HourNumbers.read(in) : HourNumbers.readEach(in);
        head.watermarkMs = in.zigzag();
        head.passedMs = in.zigzag();
        head.openFromMs = in.zigzag();
        head.dirtyMinutes = MsRanges.read(in);
        head.dirtyHours = MsRanges.read(in);
        for (int i = in.count(); i > 0; i--) {
            head.days.add(OpenDay.read(in));
        }
        head.finalDueMs = in.zigzag();
        head.currentDirty = in.get() != 0;
        head.currentDueMs = in.zigzag();
        if (in.formatVersion() > 1) {
            head.openBlock = ReportBlock.read(in);
        }
        return head;
    }

    private static void writeNullable(@Nullable Report report, ByteWriter out) {
        out.put(report == null ? 0 : 1);
        if (report != null) {
            report.writeWhole(out);
        }
    }

    private static @Nullable Report readNullable(ByteReader in) {
        return in.get() == 0 ? null : Report.readWhole(in);
    }

    private static void write(LineVersion line, ByteWriter out) {
        out.text(line.lineId());
        out.zigzag(line.validFromMs());
        out.zigzag(line.revision());
        out.text(line.plantId());
        out.text(line.productId());
        out.zigzag(line.idealCycleUs());
        out.varint(line.cyclesUs().size());
        new TreeMap<>(line.cyclesUs()).forEach((product, cycleUs) -> {
            out.text(product);
            out.zigzag(cycleUs);
        });
        out.zigzag(line.heartbeatMs());
        out.put(line.calendar().ordinal());
        out.zigzag(Double.doubleToLongBits(line.declaredUnitsPerHour()));
    }

    private static LineVersion readLine(ByteReader in) {
        String lineId = in.text();
        long validFromMs = in.zigzag();
        long revision = in.zigzag();
        String plantId = in.text();
        String productId = in.text();
        long idealCycleUs = in.zigzag();
        Map<String, Long> cyclesUs = new HashMap<>();
        for (int i = in.count(); i > 0; i--) {
            String product = in.text();
            cyclesUs.put(product, in.zigzag());
        }
        return new LineVersion(
                lineId,
                validFromMs,
                revision,
                plantId,
                productId,
                idealCycleUs,
                cyclesUs,
                in.zigzag(),
                LineCalendar.values()[in.get()],
                Double.longBitsToDouble(in.zigzag()));
    }

    private static void write(PlantVersion plant, ByteWriter out) {
        out.text(plant.plantId());
        out.zigzag(plant.validFromMs());
        out.zigzag(plant.revision());
        out.text(plant.zone().getId());
        out.varint(plant.dayStartsAtMinute());
    }

    private static PlantVersion readPlant(ByteReader in) {
        return new PlantVersion(in.text(), in.zigzag(), in.zigzag(), ZoneId.of(in.text()), in.count());
    }

    private static void write(ShiftPlanVersion plan, ByteWriter out) {
        out.text(plan.planId());
        out.text(plan.lineId());
        out.zigzag(plan.validFromMs());
        out.zigzag(plan.revision());
        out.zigzag(plan.startMs());
        out.zigzag(plan.endMs());
        out.varint(plan.breaks().size());
        for (Break pause : plan.breaks()) {
            out.zigzag(pause.startMs());
            out.zigzag(pause.endMs());
        }
        out.put(plan.cancelled() ? 1 : 0);
    }

    private static ShiftPlanVersion readPlan(ByteReader in) {
        String planId = in.text();
        String lineId = in.text();
        long validFromMs = in.zigzag();
        long revision = in.zigzag();
        long startMs = in.zigzag();
        long endMs = in.zigzag();
        Break[] breaks = new Break[in.count()];
        for (int i = 0; i < breaks.length; i++) {
            breaks[i] = new Break(in.zigzag(), in.zigzag());
        }
        return new ShiftPlanVersion(
                planId, lineId, validFromMs, revision, startMs, endMs, Arrays.asList(breaks), in.get() != 0);
    }
}

package org.capacityboard.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.RowDigest;
import org.capacityboard.bench.load.RowSource;
import org.jspecify.annotations.Nullable;

/** Looks at a run's progress, takes its time, and judges its rows. */
public final class Course {
    /** Most memory of the run's process, heap and all else. */
    public static final String PEAK_PROCESS_MEGABYTES = "peakProcessMegabytes";

    /** How long the clock ran. */
    public static final String MEASURED_SECONDS = "measuredSeconds";

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration STALLED = Duration.ofSeconds(90);

    private final RunPlan plan;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Map<String, Double> figures = new TreeMap<>();

    Course(RunPlan plan) {
        this.plan = plan;
    }

    /**
     * Returns when a run is done. The clock starts when the warm-up has been taken and stops when everything has, and what followed from it is out.
     *
     * @param taken records taken so far
     * @param total how many there are
     * @param isOut whether all that follows is out; asked when everything has been taken
     */
    public void time(LongSupplier taken, long total, Callable<Boolean> isOut) throws Exception {
        long warm = total * plan.warmUp() / plan.size().reports();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        long movedAt = System.nanoTime();
        long last = 0;
        long first = 0;
        long startedAt = 0;
        long cpuAtStart = 0;
        long peak = 0;
        long looks = 0;
        while (true) {
            long now = System.nanoTime();
            long count = taken.getAsLong();
            if (count != last) {
                last = count;
                movedAt = now;
            }
            if (startedAt == 0 && count >= warm) {
                startedAt = now;
                first = count;
                cpuAtStart = process.getProcessCpuTime();
            }
            if (looks++ % 16 == 0) {
                peak = Math.max(peak, usedHeap());
            }
            if (count >= total && startedAt != 0 && isOut.call()) {
                break;
            }
            if (now > giveUpAt || now - movedAt > STALLED.toNanos()) {
                throw new IllegalStateException(
                        "The run stands still: " + count + " of " + total + " records were taken");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        double millionEvents = (total - first) / 1e6;
        double cpuSeconds = (process.getProcessCpuTime() - cpuAtStart) / 1e9;
        figure(MEASURED_SECONDS, seconds);
        figure("eventsPerSecond", (total - first) / seconds);
        figure("cpuSecondsPerMillion", cpuSeconds / millionEvents);
        figure("peakHeapMegabytes", peak / 1e6);
        Long peakOfProcess = peakOfProcess();
        if (peakOfProcess != null) {
            figure(PEAK_PROCESS_MEGABYTES, peakOfProcess / 1e6);
        }
    }

    /** Measures what is alive while the run still holds its state. */
    public void weigh(long atStartBytes) {
        figure("liveHeapMegabytes", liveHeap() / 1e6);
        figure(
                "liveHeapBytesPerLine",
                (double) (liveHeap() - atStartBytes) / plan.load().lines());
    }

    /** Bytes that are alive now. */
    public static long liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return usedHeap();
    }

    /** Most memory that the whole process ever had, heap and all else, bytes; null where the system does not tell. */
    private static @Nullable Long peakOfProcess() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** A figure of this run. */
    public void figure(String name, double value) {
        figures.put(name, value);
    }

    /** Compares the rows of the windows that closed with the oracle's. */
    public void judge(RowSource rows) throws IOException, SQLException {
        RowDigest expected = RowDigest.read(plan.load(), plan.digest());
        String differences = LoadOracle.differences(plan.load(), expected, rows);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("The rows are not the oracle's:\n" + differences);
        }
        figure("rowsVerified", expected.rows());
    }

    Map<String, Double> figures() {
        return figures;
    }
}

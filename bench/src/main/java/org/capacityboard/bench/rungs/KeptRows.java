package org.capacityboard.bench.rungs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;

/** The newest row of every window, in memory: cheap enough to leave the computation as it is, and enough to compare. */
final class KeptRows implements LoopRows {
    private record Window(int size, String lineId, String subject, long start, String reasonCode) {}

    private static final int MINUTE = 0;
    private static final int HOUR = 1;
    private static final int DAY = 2;
    private static final int LOSS = 3;

    private final Map<Window, long[]> rows = new HashMap<>();
    private String lineId = "";

    @Override
    public void line(String id, long version, long watermarkMs) {
        lineId = id;
    }

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        rows.put(new Window(MINUTE, lineId, productId, windowStartMs, ""), facts);
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        rows.put(new Window(HOUR, lineId, productId, windowStartMs, ""), facts);
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        rows.put(new Window(DAY, lineId, productId, productionDay, ""), facts);
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        rows.put(new Window(LOSS, lineId, category.name(), productionDay, reasonCode), new long[] {lostMs});
    }

    @Override
    public void flush() {}

    @Override
    public boolean isOut() {
        return true;
    }

    @Override
    public void close() {}

    void into(Map<OracleKey, OracleRow> all) {
        rows.forEach((window, values) -> all.put(key(window), OracleRow.of(false, values)));
    }

    private static OracleKey key(Window window) {
        return switch (window.size) {
            case MINUTE -> OracleKey.minute(window.lineId, window.subject, Instant.ofEpochMilli(window.start));
            case HOUR -> OracleKey.hour(window.lineId, window.subject, Instant.ofEpochMilli(window.start));
            case DAY -> OracleKey.day(window.lineId, window.subject, LocalDate.ofEpochDay(window.start));
            default ->
                OracleKey.loss(window.lineId, LocalDate.ofEpochDay(window.start), window.subject, window.reasonCode);
        };
    }
}

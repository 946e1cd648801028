package org.capacityboard.bench.rungs;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.flink.rows.FactWindow;

/** The hand loop's rows in a file: cheap enough to leave the computation as it is, and enough to compare. */
final class KeptRows implements LoopRows {
    private final RowFile rows;
    private String lineId = "";

    KeptRows(RowFile rows) {
        this.rows = rows;
    }

    @Override
    public void line(String id, long version, long watermarkMs) {
        lineId = id;
    }

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        keep(FactWindow.MINUTE, productId, windowStartMs, facts);
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        keep(FactWindow.HOUR, productId, windowStartMs, facts);
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        keep(FactWindow.DAY, productId, productionDay, facts);
    }

    private void keep(FactWindow window, String productId, long windowStart, long[] facts) {
        try {
            rows.facts(window, lineId, productId, windowStart, facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        try {
            rows.loss(lineId, productionDay, category.name(), reasonCode, lostMs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public boolean isOut() {
        return true;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

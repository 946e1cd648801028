package org.capacityboard.bench.rungs;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Rows into the product's own tables by COPY: the fastest way in, for whoever writes every row once only. */
final class CopyRows implements LoopRows {
    private static final String FACTS =
            Arrays.stream(Fact.values()).map(Fact::column).collect(Collectors.joining(", "));

    private final Connection connection;
    private final CopyManager copy;
    private final Table minutes = new Table("line_product_minute", "line_id, product_id, window_start, " + FACTS);
    private final Table hours = new Table("line_product_hour", "line_id, product_id, window_start, " + FACTS);
    private final Table days = new Table("line_product_day", "line_id, product_id, production_day, " + FACTS);
    private final Table losses = new Table("line_loss_day", "line_id, category, production_day, reason_code, lost_ms");
    private String lineId = "";
    private String stamp = "";
    private volatile boolean out = true;

    CopyRows(RunPlan plan) throws SQLException {
        connection = connect(plan);
        connection.setAutoCommit(false);
        copy = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Makes the partitions of the days that a load touches. */
    static void prepare(RunPlan plan) throws SQLException {
        LocalDate first = LocalDate.ofInstant(plan.load().start(), ZoneOffset.UTC);
        try (Connection connection = connect(plan);
                Statement statement = connection.createStatement()) {
            statement.execute("select store.ensure_minute_partitions(date '" + first + "', date '"
                    + LocalDate.ofInstant(plan.load().closedUntil(), ZoneOffset.UTC) + "')");
        }
    }

    private static Connection connect(RunPlan plan) {
        DatabaseSettings database = plan.boardSettings().database();
        return new DatabaseAccess(database.url(), "writer", database.writer()).connect();
    }

    @Override
    public void line(String id, long version, long watermarkMs) {
        lineId = id;
        stamp = "\t0\t" + version + "\t" + Instant.ofEpochMilli(watermarkMs) + "\tf\n";
    }

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        minutes.facts(productId, Instant.ofEpochMilli(windowStartMs), facts);
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        hours.facts(productId, Instant.ofEpochMilli(windowStartMs), facts);
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        days.facts(productId, LocalDate.ofEpochDay(productionDay), facts);
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        losses.begin(category.name(), LocalDate.ofEpochDay(productionDay));
        losses.text.append('\t').append(reasonCode).append('\t').append(lostMs).append(stamp);
    }

    @Override
    public void flush() throws Exception {
        out = false;
        minutes.write();
        hours.write();
        days.write();
        losses.write();
        connection.commit();
        out = true;
    }

    @Override
    public boolean isOut() {
        return out;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Lines of COPY that wait for one table. */
    private final class Table {
        private final String sql;
        private final StringBuilder text = new StringBuilder();

        Table(String name, String columns) {
            sql = "copy store." + name + " (" + columns + ", generation, version, watermark, final) from stdin";
        }

        void begin(String subject, Object window) {
            text.append(lineId).append('\t').append(subject).append('\t').append(window);
        }

        void facts(String productId, Object window, long[] facts) {
            begin(productId, window);
            for (long fact : facts) {
                text.append('\t').append(fact);
            }
            text.append(stamp);
        }

        void write() throws Exception {
            if (text.length() > 0) {
                copy.copyIn(sql, new StringReader(text.toString()), 1 << 20);
                text.setLength(0);
            }
        }
    }
}

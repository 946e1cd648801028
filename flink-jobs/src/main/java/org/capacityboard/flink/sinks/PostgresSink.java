package org.capacityboard.flink.sinks;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.MinuteRetention;
import org.capacityboard.process.settings.SinkSettings;

/**
 * Rows into PostgreSQL. Every row is written at least once before the checkpoint that covers it completes, and writing it again changes nothing, so it
 * counts once. While the database is gone rows wait and the streams before them slow down; nothing is lost and no job restarts.
 */
public final class PostgresSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final DatabaseSettings database;
    private final SinkSettings settings;
    private final String tables;
    private final Buffers<T> buffers;

    private PostgresSink(DatabaseSettings database, SinkSettings settings, String tables, Buffers<T> buffers) {
        this.database = database;
        this.settings = settings;
        this.tables = tables;
        this.buffers = buffers;
    }

    /** What makes the buffers of one writer. */
    private interface Buffers<T> extends Serializable {
        Supplier<RowBuffer<T>> of(WriterInitContext context, RowCount written);
    }

    /** Facts, losses and current states; minutes older than the retention, in event time, are dropped. */
    public static PostgresSink<ThroughputRow> throughput(
            DatabaseSettings database, SinkSettings settings, MinuteRetention retention) {
        return new PostgresSink<>(database, settings, "throughput", (context, written) -> {
            MinuteDays days =
                    new MinuteDays(retention.days(), context.getTaskInfo().getIndexOfThisSubtask() == 0);
            return () -> new ThroughputTables(days, written);
        });
    }

    /** Percentiles, curves, backlog and on-time weeks of groups of orders, and where each order stands. */
    public static PostgresSink<LeadTimeRow> leadTimes(DatabaseSettings database, SinkSettings settings) {
        return new PostgresSink<>(
                database, settings, "lead_time", (context, written) -> () -> new LeadTimeTables(written));
    }

    /** Surge readiness, limits of lines, cover of materials and criticality of suppliers. Of one writer only: a date is whole when all before is written. */
    public static PostgresSink<SurgeRow> surge(DatabaseSettings database, SinkSettings settings) {
        return new PostgresSink<>(database, settings, "surge", (context, written) -> () -> new SurgeTables(written));
    }

    /** Versions of reference data, shift plans, rules and requirements, each into the table of its topic. */
    public static PostgresSink<Ingested.Reference> references(DatabaseSettings database, SinkSettings settings) {
        return new PostgresSink<>(
                database, settings, "reference", (context, written) -> () -> new ReferenceTables(written));
    }

    /** Refused records, into {@code rejected_event}; the first refusal of a record stands. */
    public static PostgresSink<Rejection> rejections(DatabaseSettings database, SinkSettings settings) {
        return new PostgresSink<>(
                database, settings, RejectionTable.NAME, (context, written) -> () -> new RejectionTable(written));
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new PostgresWriter<>(
                buffers.of(context, new RowCount(context.metricGroup())),
                new Database(
                        database,
                        context.metricGroup()
                                .addGroup(MeterTag.TABLE.key(), tables)
                                .counter(Meters.DATABASE_RETRIES.meterName())),
                settings,
                context.getProcessingTimeService());
    }
}

package org.capacityboard.flink.sinks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.util.ExceptionUtils;
import org.capacityboard.process.settings.SinkSettings;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows and writes them when enough wait, when the oldest has waited long enough, and before every checkpoint. While some are being written the next
 * are collected; when those are enough too, the task waits. So a slow database slows the job down, and no more than two loads of rows are ever at hand.
 */
final class PostgresWriter<T> implements SinkWriter<T> {
    private static final long PATIENCE_SECONDS = 2;

    private final Database database;
    private final SinkSettings settings;
    private final ProcessingTimeService clock;
    private final ExecutorService writing;
    private RowBuffer<T> waiting;
    /** Rows that are being written, or empty. */
    private RowBuffer<T> leaving;

    private @Nullable Future<?> underWay;
    private boolean alarmSet;

    /** @param buffers makes buffers; rows are put into one after the other, and a buffer is written before the next */
    PostgresWriter(
            Supplier<? extends RowBuffer<T>> buffers,
            Database database,
            SinkSettings settings,
            ProcessingTimeService clock) {
        this.waiting = buffers.get();
        this.leaving = buffers.get();
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.writing = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "rows of " + Thread.currentThread().getName());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void write(T row, Context context) throws IOException, InterruptedException {
        waiting.add(row);
        if (waiting.size() >= settings.flushRows()) {
            send();
        } else if (!alarmSet) {
            alarmSet = true;
            clock.registerTimer(
                    clock.getCurrentProcessingTime() + settings.flushAge().toMillis(), time -> {
                        alarmSet = false;
                        send();
                    });
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        send();
        awaitWritten();
    }

    /** Has what waits written, after what is being written. */
    private void send() throws IOException, InterruptedException {
        awaitWritten();
        if (waiting.size() > 0) {
            RowBuffer<T> rows = waiting;
            waiting = leaving;
            leaving = rows;
            underWay = writing.submit(() -> {
                database.transact(rows::write);
                rows.clear();
                return null;
            });
        }
    }

    private void awaitWritten() throws IOException, InterruptedException {
        if (underWay != null) {
            try {
                underWay.get();
            } catch (ExecutionException e) {
                ExceptionUtils.rethrowIOException(e.getCause());
            }
            underWay = null;
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        writing.shutdownNow();
        if (!writing.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            // It listens to a database that says nothing, and no interruption ends that.
            database.abort();
            writing.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        database.close();
    }
}

package org.capacityboard.flink.sinks;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.capacityboard.process.settings.SinkSettings;

/** Collects rows and writes them when enough wait, when the oldest has waited long enough, and before every checkpoint. */
final class PostgresWriter<T> implements SinkWriter<T> {
    private final RowBuffer<T> waiting;
    private final Database database;
    private final SinkSettings settings;
    private final ProcessingTimeService clock;
    private boolean alarmSet;

    PostgresWriter(RowBuffer<T> waiting, Database database, SinkSettings settings, ProcessingTimeService clock) {
        this.waiting = waiting;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void write(T row, Context context) throws IOException, InterruptedException {
        waiting.add(row);
        if (waiting.size() >= settings.flushRows()) {
            flush(false);
        } else if (!alarmSet) {
            alarmSet = true;
            clock.registerTimer(
                    clock.getCurrentProcessingTime() + settings.flushAge().toMillis(), time -> {
                        alarmSet = false;
                        flush(false);
                    });
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (waiting.size() > 0) {
            database.transact(waiting::write);
            waiting.clear();
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}

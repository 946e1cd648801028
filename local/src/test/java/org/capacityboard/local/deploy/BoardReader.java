package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A board that is filled once for all tests of a class, and who asks it as the reader. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class BoardReader {
    static final Instant LAST_INSTANT = FilledBoard.WEEK_END.minusMillis(1);

    /** A result, as much of it as the checks need. */
    record Answer(Map<String, String> types, List<Map<String, @Nullable Object>> rows) {
        List<String> columns() {
            return List.copyOf(types.keySet());
        }

        List<@Nullable Object> values(String column) {
            List<@Nullable Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(column)));
            return values;
        }
    }

    /** What is asked in a session. */
    interface Question<T> {
        T ask(Connection session) throws SQLException;
    }

    private FilledBoard board;
    private Connection reader;

    @BeforeAll
    void fillTheBoard(@TempDir Path directory) throws SQLException {
        board = new FilledBoard(directory);
        reader = board.reader();
    }

    @AfterAll
    void stop() throws SQLException {
        reader.close();
        board.close();
    }

    final Connection reader() {
        return reader;
    }

    final Answer ask(String sql) throws SQLException {
        return ask(reader, sql);
    }

    /** What is answered once more has been written, which is taken back. */
    final Answer askAfter(String writes, String sql) throws SQLException {
        return after(writes, session -> ask(session, sql));
    }

    /** What is answered once more has been written, which is taken back. */
    final <T> T after(String writes, Question<T> question) throws SQLException {
        try (Connection superuser = board.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'; SET search_path = store");
            superuser.setAutoCommit(false);
            statement.execute(writes);
            T answer = question.ask(superuser);
            superuser.rollback();
            return answer;
        }
    }

    static Answer ask(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData meta = result.getMetaData();
            Map<String, String> types = new LinkedHashMap<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                assertThat(types.put(meta.getColumnLabel(i), meta.getColumnTypeName(i)))
                        .as("column %s stands once in %s", meta.getColumnLabel(i), sql)
                        .isNull();
            }
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (String column : types.keySet()) {
                    row.put(column, result.getObject(column));
                }
                rows.add(row);
            }
            return new Answer(types, rows);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + sql, e);
        }
    }
}

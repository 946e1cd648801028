package org.capacityboard.flink.sinks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.capacityboard.process.settings.RoleLogin;
import org.postgresql.Driver;

/** One connection of the writer, with the statements that it has prepared. */
final class DatabaseSession implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    DatabaseSession(String url, RoleLogin writer) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", writer.user());
        if (writer.password() != null) {
            properties.setProperty("password", writer.password().reveal());
        }
        properties.setProperty("ApplicationName", "capacity-board");
        // Named and binary from the first use: every statement runs thousands of times.
        properties.setProperty("prepareThreshold", "1");
        // A database that accepts and then says nothing is gone too; seconds.
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        // Not over DriverManager: on a cluster it does not see drivers inside a job's jar.
        Connection opened = new Driver().connect(url, properties);
        if (opened == null) {
            throw new SQLException("database.url '" + url + "' is no address of PostgreSQL", "08001");
        }
        connection = opened;
        connection.setAutoCommit(false);
    }

    /** The statement, prepared once. */
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Ends the connection while another thread may be using it. */
    void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

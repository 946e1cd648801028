package org.capacityboard.process.settings;

import java.io.Serializable;

/**
 * Where the rows go.
 *
 * @param url JDBC address, without user and password
 * @param migrator owns the tables and changes their shape
 * @param writer writes rows
 * @param reader reads the views, nothing else
 */
public record DatabaseSettings(String url, RoleLogin migrator, RoleLogin writer, RoleLogin reader)
        implements Serializable {}

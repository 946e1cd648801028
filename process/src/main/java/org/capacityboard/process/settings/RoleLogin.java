package org.capacityboard.process.settings;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How one of the database's roles logs in.
 *
 * @param user name of the role
 * @param password null if the database asks for none
 */
public record RoleLogin(String user, @Nullable Secret password) implements Serializable {}

package org.capacityboard.viewer.dashboard;

/**
 * A query as it stands in a dashboard file.
 *
 * @param ref its letter within the panel
 * @param sql with variables and macros
 */
public record StoredQuery(String ref, String sql, FrameFormat format) {}

package org.capacityboard.viewer.dashboard;

/**
 * A file that should be a dashboard and cannot be shown.
 *
 * @param file its name
 * @param problem why
 */
public record BrokenFile(String file, String problem) {}

package org.capacityboard.viewer.answer;

/**
 * Something to pick for a variable.
 *
 * @param text what people see
 * @param value what the query gets
 */
public record Option(String text, String value) {}

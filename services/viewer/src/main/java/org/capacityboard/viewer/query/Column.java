package org.capacityboard.viewer.query;

/** A column of an answer, by its name in the query. */
public record Column(String name, ColumnType type) {}

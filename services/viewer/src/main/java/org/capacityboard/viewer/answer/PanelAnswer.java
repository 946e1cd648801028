package org.capacityboard.viewer.answer;

import java.util.List;

/**
 * The figures of a panel.
 *
 * @param intervalMs length of time that a point stands for
 * @param tookMs how long the queries took together
 */
public record PanelAnswer(RangeMs range, long intervalMs, long tookMs, List<Frame> frames) {}

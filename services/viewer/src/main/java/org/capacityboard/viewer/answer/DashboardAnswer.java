package org.capacityboard.viewer.answer;

import java.util.List;

/**
 * A dashboard without its figures.
 *
 * @param timezone {@code utc}, {@code browser} or a zone by its name
 * @param refresh how often it asks anew, such as {@code 30s}; empty for never
 * @param time the range it has if nobody says otherwise
 * @param weekStart {@code monday}
 * @param range the range that was asked for
 */
public record DashboardAnswer(
        String uid,
        String title,
        String description,
        String timezone,
        String refresh,
        TimeTexts time,
        String weekStart,
        List<Link> links,
        RangeMs range,
        List<VariableAnswer> variables,
        List<PanelOutline> panels) {

    /** A range as people write it: {@code now-7d}. */
    public record TimeTexts(String from, String to) {}

    /**
     * Where else to look.
     *
     * @param keepTime whether the range goes along
     * @param includeVars whether the picked values go along
     */
    public record Link(
            String title, String url, boolean keepTime, boolean includeVars, String tooltip, boolean targetBlank) {}
}

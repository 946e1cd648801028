package org.capacityboard.domain.leadtime;

/**
 * Order lines of a group that fell due in a week, and how many were on time in full.
 *
 * @param isoWeek week of the plant's production day on which the first promise falls, such as {@code 2026-W46}
 * @param linesDue order lines whose day of the first promise is past and that were not cancelled before its end
 * @param linesOnTimeInFull those of which everything ordered was accepted by the end of that day
 * @param unitsDue ordered units of those lines
 * @param unitsOnTime accepted by then, at most what was ordered
 * @param version how many distinct records the group ever accepted
 */
public record OnTimeWeek(
        String isoWeek,
        Group group,
        long linesDue,
        long linesOnTimeInFull,
        long unitsDue,
        long unitsOnTime,
        boolean isFinal,
        long version) {}

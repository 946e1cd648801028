package org.capacityboard.domain.reference;

import java.time.ZoneId;

/**
 * The clock of a plant from an instant on: its zone and the local time at which its production day starts.
 *
 * @param plantId NCAGE code
 * @param validFromMs instant from which this version holds, ms since 1970 UTC; {@link Versions#ALWAYS} if it always held
 * @param revision highest wins among versions of one {@code validFromMs}
 * @param zone IANA zone of the plant
 * @param dayStartsAtMinute local minute of the day at which the production day starts, 0..1439
 */
public record PlantVersion(String plantId, long validFromMs, long revision, ZoneId zone, int dayStartsAtMinute) {
    public PlantVersion {
        if (dayStartsAtMinute < 0 || dayStartsAtMinute >= 24 * 60) {
            throw new IllegalArgumentException(
                    "dayStartsAtMinute of plant " + plantId + " is " + dayStartsAtMinute + ", must be 0..1439");
        }
    }
}

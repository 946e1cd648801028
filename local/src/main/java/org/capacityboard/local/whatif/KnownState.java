package org.capacityboard.local.whatif;

import java.time.Instant;
import java.time.LocalDate;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * All that was known for the surge readiness of a day.
 *
 * @param asOf the UTC date that it is about
 * @param watermark how far events had been seen; null: the source does not tell
 * @param source the database or folder it was read from
 * @param snapshot what was known
 */
public record KnownState(LocalDate asOf, @Nullable Instant watermark, String source, SurgeSnapshot snapshot) {}

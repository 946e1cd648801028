package org.capacityboard.domain.leadtime;

import java.util.Locale;

/** By what orders are looked at together. */
public enum GroupKind {
    PRODUCT,
    CAPABILITY_AREA,
    PLANT,
    /** Nation of the plant. */
    NATION,
    BUYER_NATION,
    /** All orders; its id is {@code alliance}. */
    ALLIANCE;

    /** As it stands in tables: {@code buyer_nation}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

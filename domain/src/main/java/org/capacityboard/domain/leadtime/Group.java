package org.capacityboard.domain.leadtime;

import java.util.Comparator;

/** Orders that are looked at together, such as those of a product or of a buyer. */
public record Group(GroupKind kind, String id) implements Comparable<Group> {
    /** All orders. */
    public static final Group ALLIANCE = new Group(GroupKind.ALLIANCE, "alliance");

    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::kind).thenComparing(Group::id);

    @Override
    public int compareTo(Group other) {
        return ORDER.compare(this, other);
    }
}

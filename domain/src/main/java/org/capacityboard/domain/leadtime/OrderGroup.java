package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The orders that stand or once stood in a group, and what of it is still to be shown. */
final class OrderGroup {
    private static final long NEVER = OrderStanding.NEVER;

    final Group group;
    final int kind;
    /** Mondays of weeks whose row is still to be written. */
    final TreeSet<Long> changedWeeks = new TreeSet<>();

    /** Distinct records of all orders that ever stood in it. */
    long version;
    /** Those of orders that are in it no more. */
    private long goneVersion;

    DroppedOrders dropped = DroppedOrders.NONE;
    /** Days that end after this instant changed since they were shown; {@link OrderStanding#NEVER}: none. */
    long changedFromMs = NEVER;
    /** Event time of the newest change that is not shown. */
    long changedToMs = Long.MIN_VALUE;

    long refreshDueMs = Long.MIN_VALUE;
    long curveDueMs = Long.MIN_VALUE;
    private final List<OrderLine> lively = new ArrayList<>();
    private final PackedOrders packed = new PackedOrders();
    private int packedCount;
    private boolean hasLeft;
    private long knownAtMs = NEVER;
    private long rowsFromMs = NEVER;

    OrderGroup(Group group) {
        this.group = group;
        this.kind = group.kind().ordinal();
    }

    void restore(GroupRemains remains) {
        goneVersion = remains.version();
        version = goneVersion;
        dropped = remains.dropped();
        rowsFromMs = remains.firstKnownAtMs();
        knownAtMs = dropped.firstKnownAtMs();
    }

    GroupRemains remains() {
        return new GroupRemains(group, goneVersion, Math.min(rowsFromMs, knownAtMs), dropped);
    }

    /** An order stands in it, and did so first at an instant. */
    void add(OrderLine line, long sinceMs) {
        lively.add(line);
        version += line.history.version();
        knownAtMs = Math.min(knownAtMs, sinceMs);
    }

    /** An order is in it no more; its records stay counted. */
    void leave(OrderLine line) {
        goneVersion += line.history.version();
    }

    /** Orders that may stand differently on one day than on another. */
    List<OrderLine> lively() {
        return lively;
    }

    /** All others. */
    PackedOrders packed() {
        if (hasLeft) {
            packed.clearLeft();
            hasLeft = false;
        }
        return packed;
    }

    /** All of them. */
    List<OrderLine> lines() {
        List<OrderLine> all = new ArrayList<>(lively);
        packed().addLinesTo(all);
        return all;
    }

    int size() {
        return lively.size() + packedCount;
    }

    /** Packs an order that is lively; the caller takes it from those. */
    boolean pack(OrderLine line, OrderWait wait) {
        boolean isPacked = packed().add(line, wait);
        packedCount += isPacked ? 1 : 0;
        return isPacked;
    }

    /** An order that was packed is so no more; it is lively, or gone. */
    void unpack(OrderLine line, boolean isLively) {
        hasLeft = true;
        packedCount--;
        if (isLively) {
            lively.add(line);
        }
    }

    /** Removes lively orders that never stood in it after all. */
    void removeStrangers() {
        lively.removeIf(line -> !line.standsIn(this));
        lookWhenKnown();
    }

    /** Removes orders from the lively ones that were packed or dropped. */
    void removeSettled() {
        lively.removeIf(line -> line.isPacked || line.isDropped);
    }

    /** An order turns out to have come into it at another instant. */
    void move(long beforeMs, long sinceMs) {
        if (sinceMs > beforeMs && beforeMs == knownAtMs) {
            lookWhenKnown();
        }
        knownAtMs = Math.min(knownAtMs, sinceMs);
    }

    /** Looks for its first order again. */
    void lookWhenKnown() {
        long known = dropped.firstKnownAtMs();
        for (OrderLine line : lines()) {
            known = Math.min(known, line.sinceMs(this));
        }
        knownAtMs = known;
    }

    /** Whether it has a row that tells how it stood at an instant. */
    boolean hasRowAt(long instantMs) {
        return instantMs > knownAtMs || instantMs > rowsFromMs;
    }

    /** First instant after which it has rows; {@link OrderStanding#NEVER} if it has none. */
    long rowsFromMs() {
        return Math.min(rowsFromMs, knownAtMs);
    }

    /** A row is written: from now on there is one every day, even if it turns out that no order stood in it so early. */
    boolean keepRows() {
        if (knownAtMs >= rowsFromMs) {
            return false;
        }
        rowsFromMs = knownAtMs;
        return true;
    }

    /** Since when it was known, as seen from an instant at which it has a row. */
    long knownAtMs(long instantMs) {
        return instantMs > knownAtMs ? knownAtMs : rowsFromMs;
    }

    /** Its orders changed: from an instant on, by something that happened at another. */
    void change(long fromMs, long toMs) {
        changedFromMs = Math.min(changedFromMs, fromMs);
        changedToMs = Math.max(changedToMs, toMs);
    }

    /** All that happened before an instant is shown. */
    void shownUpTo(long instantMs) {
        if (changedToMs < instantMs) {
            changedFromMs = NEVER;
            changedToMs = Long.MIN_VALUE;
        } else {
            changedFromMs = Math.max(changedFromMs, instantMs);
        }
    }

    boolean hasChangedDays() {
        return changedFromMs != NEVER;
    }
}

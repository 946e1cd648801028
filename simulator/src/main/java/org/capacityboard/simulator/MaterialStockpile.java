package org.capacityboard.simulator;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;

/**
 * One material in one plant. It lives by production days, numbered from 0, the day of the start: receipts come in, the lines take
 * what they use, and receipts are ordered ahead so that the stock stays near what is meant.
 */
final class MaterialStockpile {
    /** So many days of use, from its arrival on, say how large a receipt must be; whole campaigns of the lines. */
    static final int RATE_DAYS = 28;
    /** So many days before a receipt is due its plant learns that it will be late. */
    private static final int NOTICE_DAYS = 4;

    private static final double LARGEST_RECEIPT = 3;
    private static final double SMALLEST_RECEIPT = 0.1;

    /** What the lines will use on coming days. */
    interface Plan {
        /** Quantity on one production day, today or later. */
        double on(long day);
    }

    /**
     * A receipt that is on order.
     *
     * @param plannedDay production day on which it was to come
     * @param day production day on which it comes
     */
    record Coming(long plannedDay, long day, double quantity, String supplierId) {
        /** When its plant expects it, as known at the end of a day. */
        long dayKnownOn(long today) {
            return today < plannedDay - NOTICE_DAYS ? plannedDay : day;
        }
    }

    /** Who delivers, and how much a month it could. */
    private record Source(String supplierId, double unitsPerMonth) {}

    final String materialId;
    private final MaterialSupply.Stock rule;
    private final List<Source> sources = new ArrayList<>();
    private final long seed;
    private final Plan plan;
    private final List<Coming> coming = new ArrayList<>();
    private double onHand;
    private double receivedToday;
    private double usedToday;
    private long nextDueDay;

    MaterialStockpile(MaterialSupply.Stock rule, List<Supplier> suppliers, long seed, Plan plan) {
        this.materialId = rule.materialId();
        this.rule = rule;
        this.seed = seed;
        this.plan = plan;
        for (Supplier supplier : suppliers) {
            for (SupplierOffer offer : supplier.getSupplies()) {
                if (offer.getMaterialId().equals(materialId)) {
                    sources.add(new Source(supplier.getSupplierId(), offer.getUnitsPerMonth()));
                }
            }
        }
    }

    /** Back to the start: a stock, and receipts that were ordered before. */
    void begin() {
        coming.clear();
        Dice dice = new Dice(seed, -1, 3);
        onHand = rule.stockDays() * rateFrom(0) * spread(dice);
        nextDueDay = 1 + (long) (dice.next() * rule.receiptEveryDays());
        order(-1);
    }

    /** Lives one day; days come one after the other, from 0. */
    void live(long day) {
        receivedToday = 0;
        usedToday = plan.on(day);
        for (int i = coming.size() - 1; i >= 0; i--) {
            if (coming.get(i).day <= day) {
                receivedToday += coming.remove(i).quantity;
            }
        }
        double missing = usedToday - onHand - receivedToday;
        if (missing > 0) {
            // By express: the lines do not stand still for it.
            receivedToday += missing + rateFrom(day);
        }
        onHand = Math.max(0, onHand + receivedToday - usedToday);
        order(day);
    }

    private void order(long today) {
        for (; nextDueDay <= today + rule.firmDays(); nextDueDay += rule.receiptEveryDays()) {
            double rate = rateFrom(nextDueDay);
            double usual = rate * rule.receiptEveryDays();
            double expected = onHand;
            for (Coming it : coming) {
                expected += it.quantity;
            }
            for (long day = today + 1; day < nextDueDay; day++) {
                expected -= plan.on(day);
            }
            Dice dice = new Dice(seed, nextDueDay, 4);
            double wanted = (rule.stockDays() * rate + usual / 2 - expected) * spread(dice);
            long late = dice.next() < rule.lateRatio() ? 1 + (long) (dice.next() * rule.lateDays()) : 0;
            String supplierId = supplier(dice);
            if (usual > 0 && wanted > SMALLEST_RECEIPT * usual) {
                double quantity = Math.ceil(Math.min(wanted, LARGEST_RECEIPT * usual));
                coming.add(new Coming(nextDueDay, nextDueDay + late, quantity, supplierId));
            }
        }
    }

    private double rateFrom(long day) {
        double sum = 0;
        for (int i = 0; i < RATE_DAYS; i++) {
            sum += plan.on(day + i);
        }
        return sum / RATE_DAYS;
    }

    private double spread(Dice dice) {
        return 1 + rule.spreadRatio() * (2 * dice.next() - 1);
    }

    private String supplier(Dice dice) {
        double whole = 0;
        for (Source it : sources) {
            whole += it.unitsPerMonth;
        }
        double left = dice.next() * whole;
        for (Source it : sources) {
            left -= it.unitsPerMonth;
            if (left < 0) {
                return it.supplierId;
            }
        }
        return sources.get(sources.size() - 1).supplierId;
    }

    /** In stock at the end of the day, in the unit of the material. */
    double onHand() {
        return onHand;
    }

    /** What came in on the day. */
    double receivedToday() {
        return receivedToday;
    }

    /** What the lines used on the day. */
    double usedToday() {
        return usedToday;
    }

    /** What is on order. */
    List<Coming> coming() {
        return coming;
    }
}

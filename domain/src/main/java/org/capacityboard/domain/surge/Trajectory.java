package org.capacityboard.domain.surge;

import java.util.Arrays;
import java.util.List;

/**
 * Stock of a material day by day from today on, run down at the current rate, and what comes in. One is filled again and again; not for several threads.
 *
 * <p>stock(d) = max(0, stock(d - 1) - used) + inflow(d). The supply from day s over h days is the least over k = 1 ... h of (stock(s) + inflow of days s + 1
 * ... s + k) / k: what can be drawn a day from day s + 1 on without ever running dry.
 */
final class Trajectory {
    private double[] stock = new double[0];
    private double[] cumulatedInflow = new double[0];
    private double[] rateStep = new double[0];
    private int[] chain = new int[0];
    private double[] margin = new double[0];

    /**
     * Fills it.
     *
     * @param lostParent whose deliveries do not come; -1: all come
     * @param days last day
     */
    void fill(double stockToday, double usedPerDay, List<SupplierFlow> flows, int lostParent, int days) {
        clear(days);
        for (SupplierFlow flow : flows) {
            if (flow.parent() != lostParent) {
                for (SupplierFlow.Due due : flow.due()) {
                    if (due.day() <= days) {
                        cumulatedInflow[due.day()] += due.quantity();
                    }
                }
                if (flow.rateFromDay() <= days) {
                    rateStep[flow.rateFromDay()] += flow.perMonth() / Days.IN_MONTH;
                }
            }
        }
        stock[0] = stockToday;
        double received = 0;
        double perDay = 0;
        double beforeStep = 0;
        int stepDay = 0;
        for (int day = 1; day <= days; day++) {
            if (rateStep[day] != 0) {
                beforeStep += (day - 1 - stepDay) * perDay;
                stepDay = day - 1;
                perDay += rateStep[day];
            }
            double receivedToday = cumulatedInflow[day];
            received += receivedToday;
            stock[day] = Math.max(0, stock[day - 1] - usedPerDay) + receivedToday + perDay;
            // Days times rate, not rate added day by day: a steady inflow stays exact.
            cumulatedInflow[day] = received + beforeStep + (day - stepDay) * perDay;
        }
    }

    private void clear(int days) {
        if (stock.length <= days) {
            stock = new double[days + 1];
            cumulatedInflow = new double[days + 1];
            rateStep = new double[days + 1];
        } else {
            Arrays.fill(cumulatedInflow, 0, days + 1, 0);
            Arrays.fill(rateStep, 0, days + 1, 0);
        }
    }

    /** Supply from a day over some days, units a day; filled at least to the end of them. */
    double supplyPerDay(int from, int days) {
        double before = stock[from] - cumulatedInflow[from];
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= days; k++) {
            least = Math.min(least, (before + cumulatedInflow[from + k]) / k);
        }
        return Math.max(0, least);
    }

    /**
     * Says for each day s of 0 ... {@link Days#LOOKED_AHEAD} the most days over which the supply from s is at least a draw, at most {@code longest}; filled at
     * least to {@code Days.LOOKED_AHEAD + longest}.
     *
     * <p>It breaks off at the first day j after s with inflow(1 ... j) - j draw below what that was at s, less the stock at s. From the last day backwards a
     * chain is kept of days each of which is the next lower one after the one before it; the first that is low enough is found in it by halving.
     */
    void endurance(double drawPerDay, int longest, short[] endurance) {
        int last = Days.LOOKED_AHEAD + longest;
        if (chain.length <= last) {
            chain = new int[last + 1];
            margin = new double[last + 1];
        }
        for (int day = 0; day <= last; day++) {
            margin[day] = cumulatedInflow[day] - day * drawPerDay;
        }
        int length = 0;
        for (int day = last; day > 0; day--) {
            while (length > 0 && margin[chain[length - 1]] >= margin[day]) {
                length--;
            }
            chain[length++] = day;
            int from = day - 1;
            if (from <= Days.LOOKED_AHEAD) {
                int brokenOn = firstBelow(margin[from] - stock[from], length);
                endurance[from] = (short) Math.min(longest, brokenOn - from - 1);
            }
        }
    }

    /** First day of the chain, whose nearest day is its last entry, with a margin below; {@link Integer#MAX_VALUE} if there is none. */
    private int firstBelow(double least, int length) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (margin[chain[middle]] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Integer.MAX_VALUE : chain[low - 1];
    }
}

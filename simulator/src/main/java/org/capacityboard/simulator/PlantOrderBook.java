package org.capacityboard.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEventType;
import org.jspecify.annotations.Nullable;

/**
 * What is ordered of one product at one plant, and how it is delivered. It lives day by day (UTC, Monday to Friday), each day
 * following from the day before and the dice of that day: units that the lines have made go to the orders by priority, then
 * promise, a lot at a time.
 */
final class PlantOrderBook {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final double WEEK_MS = 7 * DAY_MS;
    private static final double DAYS_PER_WEEK = 7;
    /** Buyers order this part of the usual when the book is too full, and this much of it when it is too empty. */
    private static final double LEAST_DEMAND = 0.4;

    private static final double MOST_DEMAND = 1.6;
    /** A book that is this many times too full takes no more orders. */
    private static final double FULL_BOOK = 4;
    /** Lots that wait in the yard when nobody has ordered them; what is made beyond goes elsewhere. */
    private static final int LOTS_IN_YARD = 2;
    /** An urgent order is this part of a usual one. */
    private static final double URGENT_SIZE = 0.4;

    private static final double LEAST_TROUBLED_RATE = 0.25;
    private static final double LONGEST_SLIP_DAYS = 84;

    /**
     * A lot on its way to the buyer, or, if rejected, back in the plant until it is sent again.
     *
     * @param dueDay day on which it arrives or is sent again, days since 1970
     */
    private record Lot(long dueDay, long number, OpenOrder order, long units, String deliveryId, Place place) {
        enum Place {
            FIRST_WAY,
            BACK_IN_PLANT,
            SECOND_WAY
        }
    }

    private final OrderBooks books;
    private final OrderBooks.Book book;
    private final OrderBooks.Terms terms;
    private final PlantOutput output;
    private final String plantId;
    private final long seed;
    private final long startMs;
    private final double intervalMs;
    private final long firstDay;

    private final List<OpenOrder> queue = new ArrayList<>();
    private final PriorityQueue<Lot> lots =
            new PriorityQueue<>(Comparator.comparingLong(Lot::dueDay).thenComparingLong(Lot::number));
    /** Units for orders of the last four weeks' production days, were there no trouble. */
    private final long[] made = new long[PlantOutput.PATTERN_DAYS];

    private LocalDate nextProductionDate;
    private long stock;
    private long orderNumber;
    private long lotNumber;
    private double nextArrivalMs;

    /**
     * @param ordersPerWeek its share of the orders of the product
     * @param startMs start of the scenario, for the troubles that are counted from it
     * @param firstDay day on which it begins to live, days since 1970
     */
    PlantOrderBook(
            OrderBooks books,
            OrderBooks.Book book,
            PlantOutput output,
            String plantId,
            double ordersPerWeek,
            long seed,
            long startMs,
            long firstDay) {
        this.books = books;
        this.book = book;
        this.terms = books.termsOf(book);
        this.output = output;
        this.plantId = plantId;
        this.seed = seed;
        this.startMs = startMs;
        this.intervalMs = WEEK_MS / ordersPerWeek;
        this.firstDay = firstDay;
        this.nextProductionDate = output.productionDate(firstDay * DAY_MS);
        for (int i = 1; i <= made.length; i++) {
            keep(nextProductionDate.minusDays(i), forOrders(nextProductionDate.minusDays(i)));
        }
        nextArrivalMs = firstDay * DAY_MS + intervalMs * terms.paceSpreadRatio() * Dice.share(seed, -1);
    }

    /** Lives one day; days come one after the other, from the first. */
    void live(long day, OrderPost post) {
        LocalDate date = LocalDate.ofEpochDay(day);
        fetch(day);
        Dice dice = new Dice(seed, day, 0);
        if (day == firstDay) {
            enterBacklog(dice, post);
        }
        if (!isWorkday(date)) {
            return;
        }
        settle(day, dice, post);
        review(day, dice, post);
        while (nextArrivalMs < (day + 1) * DAY_MS) {
            nextArrivalMs += intervalMs * (1 + terms.paceSpreadRatio() * (2 * dice.next() - 1));
            order(day, buyer(dice), null, dice, post);
        }
        dispatch(day, dice, post);
    }

    /** A nation calls off a framework contract. */
    void callOff(long day, String nation, String frameworkId, Dice dice, OrderPost post) {
        order(day, nation, frameworkId, dice, post);
    }

    /** Units a week that can be promised, as the last four weeks were. */
    double weeklyUnits() {
        long sum = 0;
        for (long units : made) {
            sum += units;
        }
        return sum * DAYS_PER_WEEK / made.length;
    }

    static boolean isWorkday(LocalDate date) {
        return date.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
    }

    /** Brings what production days that have ended have made. */
    private void fetch(long day) {
        while (output.dayStartMs(nextProductionDate.plusDays(1)) <= day * DAY_MS) {
            long units = forOrders(nextProductionDate);
            keep(nextProductionDate, units);
            stock += (long) (units * deliveredRatio(output.dayStartMs(nextProductionDate)));
            nextProductionDate = nextProductionDate.plusDays(1);
        }
    }

    private long forOrders(LocalDate date) {
        return (long) (output.units(date) * book.soldRatio());
    }

    private void keep(LocalDate date, long units) {
        made[Math.floorMod(date.toEpochDay(), made.length)] = units;
    }

    private double deliveredRatio(long atMs) {
        return books.deliveredRatio(plantId, book.productId(), (atMs - startMs) / WEEK_MS);
    }

    /** Orders that are older than the history: entered when it begins, confirmed before. */
    private void enterBacklog(Dice dice, OrderPost post) {
        double wanted = terms.firstBacklogWeeks() * weeklyUnits();
        while (backlogUnits(OpenOrder.NO_PRIORITY) < wanted) {
            long ageMs = (long) ((0.1 + dice.next()) * terms.firstBacklogWeeks() * WEEK_MS);
            long entryMs = during(firstDay, 5, 7, dice);
            long units = size(1, dice);
            long promisedMs = promise(entryMs, OpenOrder.NO_PRIORITY, units, dice);
            OpenOrder order = newOrder(buyer(dice), null, entryMs - ageMs, OpenOrder.NO_PRIORITY, units, promisedMs);
            confirm(order, entryMs, entryMs, dice, post);
        }
    }

    private void order(long day, String nation, @Nullable String frameworkId, Dice dice, OrderPost post) {
        double weeks = backlogUnits(OpenOrder.NO_PRIORITY) / Math.max(1, weeklyUnits());
        if (weeks > FULL_BOOK * terms.backlogWeeks()) {
            return;
        }
        long atMs = during(day, 7, 13, dice);
        if (frameworkId == null && dice.next() < terms.fromStockRatio() && stock > 0) {
            sellFromStock(day, atMs, nation, dice, post);
            return;
        }
        int priority = frameworkId == null ? priority(dice) : OpenOrder.NO_PRIORITY;
        double demand = Math.min(MOST_DEMAND, Math.max(LEAST_DEMAND, terms.backlogWeeks() / Math.max(0.1, weeks)));
        long units = size(priority == OpenOrder.NO_PRIORITY ? demand : URGENT_SIZE, dice);
        OpenOrder order = newOrder(nation, frameworkId, atMs, priority, units, promise(atMs, priority, units, dice));
        confirm(order, atMs, atMs, dice, post);
    }

    /** Delivered the same day; the paper follows the goods. */
    private void sellFromStock(long day, long atMs, String nation, Dice dice, OrderPost post) {
        long units = Math.max(1, (long) (stock * (0.3 + 0.7 * dice.next())));
        long leastMs =
                (long) ((terms.transportDays().max() + terms.acceptanceDays().max() + 3) * DAY_MS);
        OpenOrder order = newOrder(nation, null, atMs, OpenOrder.NO_PRIORITY, units, atMs + leastMs);
        long sentMs = send(order, units, Lot.Place.FIRST_WAY, day, dice, post);
        stock -= units;
        confirm(order, atMs, sentMs + (long) ((1 + 5 * dice.next()) * HOUR_MS), dice, post);
    }

    private OpenOrder newOrder(
            String nation,
            @Nullable String frameworkId,
            long confirmedAtMs,
            int priority,
            long units,
            long promisedAtMs) {
        orderNumber++;
        return new OpenOrder(
                plantId,
                book.productId(),
                nation,
                frameworkId,
                orderNumber,
                confirmedAtMs,
                priority,
                units,
                promisedAtMs);
    }

    private void confirm(OpenOrder order, long atMs, long notBeforeMs, Dice dice, OrderPost post) {
        long day = Math.floorDiv(atMs, DAY_MS);
        double leadDays = Math.max(1, (order.promisedAtMs - atMs) / (double) DAY_MS);
        if (dice.next() < terms.amendedRatio()) {
            order.amendDay = day + 1 + (long) (leadDays * (0.1 + 0.5 * dice.next()));
        }
        if (dice.next() < terms.cancelledRatio()) {
            order.cancelDay = day + 1 + (long) (leadDays * (0.1 + dice.next()));
        }
        if (dice.next() < terms.slippedRatio()) {
            order.slipDay = day + 1 + (long) (leadDays * (0.7 + 0.25 * dice.next()));
        }
        queue.add(order);
        post.take(order.event(OrderEventType.CONFIRMED, atMs), atMs, notBeforeMs);
    }

    /** Lots arrive at their buyers, and rejected ones are sent again. */
    private void settle(long day, Dice dice, OrderPost post) {
        for (Lot lot = lots.peek(); lot != null && lot.dueDay <= day; lot = lots.peek()) {
            lots.remove();
            OpenOrder order = lot.order;
            if (lot.place == Lot.Place.BACK_IN_PLANT) {
                if (order.cancelled) {
                    stock += lot.units;
                } else {
                    send(order, lot.units, Lot.Place.SECOND_WAY, day, dice, post);
                }
                continue;
            }
            boolean rejected = lot.place == Lot.Place.FIRST_WAY && dice.next() < terms.rejectedLotRatio();
            long atMs = during(day, 7, 13, dice);
            post.take(
                    new DeliveryEvent(
                            lot.deliveryId,
                            order.orderId,
                            Instant.ofEpochMilli(atMs),
                            rejected ? DeliveryStage.REJECTED : DeliveryStage.ACCEPTED,
                            lot.units),
                    atMs,
                    atMs);
            if (rejected) {
                long backDay =
                        day + Math.max(1, Math.round(terms.redeliveryDays().drawn(dice)));
                lots.add(new Lot(backDay, ++lotNumber, order, lot.units, lot.deliveryId, Lot.Place.BACK_IN_PLANT));
            } else {
                order.acceptedUnits += lot.units;
                closeIfComplete(order);
            }
        }
    }

    private void closeIfComplete(OpenOrder order) {
        if (order.acceptedUnits >= order.quantity) {
            queue.remove(order);
        }
    }

    /** Buyers change their minds, and the plant sees what will be late. One thing a day happens to an order. */
    private void review(long day, Dice dice, OrderPost post) {
        for (OpenOrder order : List.copyOf(queue)) {
            if (order.cancelDay <= day) {
                long atMs = during(day, 7, 13, dice);
                order.cancelled = true;
                queue.remove(order);
                post.take(order.event(OrderEventType.CANCELLED, atMs), atMs, atMs);
            } else if (order.amendDay <= day) {
                order.amendDay = OpenOrder.NEVER;
                amend(order, day, dice, post);
            } else if (order.slipDay <= day) {
                order.slipDay = OpenOrder.NEVER;
                slip(order, day, dice, post);
            }
        }
    }

    private void amend(OpenOrder order, long day, Dice dice, OrderPost post) {
        long atMs = during(day, 7, 13, dice);
        boolean becomesUrgent = dice.next() < 0.25;
        double factor = 0.6 + 0.9 * dice.next();
        List<OrderBooks.Priority> priorities = terms.priorities();
        if (becomesUrgent && !priorities.isEmpty()) {
            if (order.priority == OpenOrder.NO_PRIORITY) {
                order.priority = priorities.get(priorities.size() - 1).priority();
                post.take(order.event(OrderEventType.AMENDED, atMs), atMs, atMs);
            }
            return;
        }
        long units = Math.max(Math.max(1, order.sentUnits), round(order.quantity * factor));
        if (units != order.quantity) {
            order.quantity = units;
            post.take(order.event(OrderEventType.AMENDED, atMs), atMs, atMs);
            closeIfComplete(order);
        }
    }

    private void slip(OpenOrder order, long day, Dice dice, OrderPost post) {
        long atMs = during(day, 7, 13, dice);
        double before = 0;
        for (OpenOrder other : queue) {
            before += OpenOrder.QUEUE.compare(other, order) <= 0 ? other.unsentUnits() : 0;
        }
        double rate = weeklyUnits() * Math.max(LEAST_TROUBLED_RATE, deliveredRatio(atMs));
        double reckonedMs = atMs + reckonedDays(before / Math.max(1, rate), order.priority) * DAY_MS;
        double laterDays = (reckonedMs - order.promisedAtMs) / DAY_MS;
        if (laterDays > 2) {
            order.promisedAtMs += (long) (Math.min(LONGEST_SLIP_DAYS, laterDays * (0.7 + 0.5 * dice.next())) * DAY_MS);
            post.take(order.event(OrderEventType.AMENDED, atMs), atMs, atMs);
        }
    }

    /** Sends lots as long as there are units for the order that comes first. */
    private void dispatch(long day, Dice dice, OrderPost post) {
        queue.sort(OpenOrder.QUEUE);
        for (OpenOrder order : queue) {
            while (order.unsentUnits() > 0) {
                long units = Math.min(order.unsentUnits(), book.lotUnits());
                if (stock < units) {
                    return;
                }
                stock -= units;
                send(order, units, Lot.Place.FIRST_WAY, day, dice, post);
            }
        }
        stock = Math.min(stock, (long) LOTS_IN_YARD * book.lotUnits());
    }

    /** Puts a lot on its way; returns when it leaves. */
    private long send(OpenOrder order, long units, Lot.Place way, long day, Dice dice, OrderPost post) {
        String deliveryId = order.nextDeliveryId();
        long atMs = during(day, 13, 16, dice);
        post.take(
                new DeliveryEvent(
                        deliveryId, order.orderId, Instant.ofEpochMilli(atMs), DeliveryStage.DISPATCHED, units),
                atMs,
                atMs);
        if (way == Lot.Place.FIRST_WAY) {
            order.sentUnits += units;
        }
        double days = terms.transportDays().drawn(dice) + terms.acceptanceDays().drawn(dice);
        lots.add(new Lot(day + Math.max(1, Math.round(days)), ++lotNumber, order, units, deliveryId, way));
        return atMs;
    }

    private long promise(long atMs, int priority, long units, Dice dice) {
        double spread = 1 + terms.promisedSpreadRatio() * (2 * dice.next() - 1);
        double weeks = (backlogUnits(priority) + units) / Math.max(1, weeklyUnits());
        return atMs + (long) (reckonedDays(weeks, priority) * terms.promisedMarginRatio() * spread * DAY_MS);
    }

    /** Days until weeks of work are done and accepted, if others keep coming in between. */
    private double reckonedDays(double weeks, int priority) {
        return weeks * DAYS_PER_WEEK / Math.max(0.1, 1 - URGENT_SIZE * terms.shareBefore(priority))
                + terms.transportDays().mean()
                + terms.acceptanceDays().mean();
    }

    /** Units still to be sent of orders with this priority or a better one. */
    private double backlogUnits(int priority) {
        double units = 0;
        for (OpenOrder order : queue) {
            units += order.priority <= priority ? order.unsentUnits() : 0;
        }
        return units;
    }

    private long size(double demand, Dice dice) {
        double exponent = StrictMath.log(terms.sizeFactor());
        // The mean of exp(u) over u in -exponent .. exponent is sinh(exponent) / exponent.
        double mean = exponent == 0 ? 1 : StrictMath.sinh(exponent) / exponent;
        double chance = StrictMath.exp(exponent * (2 * dice.next() - 1)) / mean;
        Integer fixed = book.orderUnits();
        double usual = fixed == null ? weeklyUnits() * intervalMs / WEEK_MS * demand : fixed;
        return Math.max(1, round(usual * chance));
    }

    /** To two digits: nobody orders 2,931 shells. */
    private static long round(double units) {
        long step = 1;
        while (units / step >= 100) {
            step *= 10;
        }
        return Math.round(units / step) * step;
    }

    private int priority(Dice dice) {
        double left = dice.next();
        for (OrderBooks.Priority it : terms.priorities()) {
            left -= it.share();
            if (left < 0) {
                return it.priority();
            }
        }
        return OpenOrder.NO_PRIORITY;
    }

    private String buyer(Dice dice) {
        double left = dice.next();
        List<OrderBooks.Buyer> buyers = book.buyers();
        for (OrderBooks.Buyer it : buyers) {
            left -= it.share();
            if (left < 0) {
                return it.nation();
            }
        }
        return buyers.get(buyers.size() - 1).nation();
    }

    /** An instant between two hours of a day. */
    private static long during(long day, int fromHour, int toHour, Dice dice) {
        return day * DAY_MS + (long) ((fromHour + (toHour - fromHour) * dice.next()) * HOUR_MS);
    }
}

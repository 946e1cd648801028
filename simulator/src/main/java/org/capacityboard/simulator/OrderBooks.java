package org.capacityboard.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.jspecify.annotations.Nullable;

/**
 * What nations order of the plants of a scenario, and how the plants keep their word.
 *
 * @param historyWeeks how long before the start orders and deliveries already happened; they are sent at the start
 * @param terms how books of a kind behave
 * @param books what is ordered
 * @param frameworks contracts from which several nations order together
 * @param troubles plants that deliver less than they make
 */
public record OrderBooks(
        int historyWeeks, List<Terms> terms, List<Book> books, List<Framework> frameworks, List<Trouble> troubles) {
    private static final double SHARE_TOLERANCE = 1e-6;
    private static final int LONGEST_HISTORY_WEEKS = 260;

    public OrderBooks {
        Scenario.require(
                historyWeeks >= 0 && historyWeeks <= LONGEST_HISTORY_WEEKS,
                "historyWeeks",
                historyWeeks,
                "must be 0.." + LONGEST_HISTORY_WEEKS);
        Scenario.require(!books.isEmpty(), "books of orderBooks", "empty", "there must be at least one book");
        Set<String> places = new HashSet<>();
        for (Book book : books) {
            Scenario.find("terms of the book of " + book.productId, book.terms, terms, Terms::name);
            String place = book.plantId == null ? "any plant" : book.plantId;
            Scenario.require(
                    places.add(book.productId + " of " + place),
                    "productId of the books",
                    book.productId,
                    "must have one book only for " + place);
        }
        for (Framework framework : frameworks) {
            Scenario.find(
                    "productId of framework " + framework.frameworkId, framework.productId, books, Book::productId);
        }
    }

    /**
     * How books of a kind behave.
     *
     * @param backlogWeeks weeks of output that buyers keep on order: they order more while it is less, and less while it is more
     * @param firstBacklogWeeks weeks of output on order when the history begins, entered then from an older system: confirmed before
     * @param paceSpreadRatio how far the time between two orders strays from its mean, 0..1
     * @param sizeFactor how many times the typical order the largest is; the smallest is as many times smaller
     * @param priorities shares of the orders that have a priority; the others come after them
     * @param promisedMarginRatio promised time as a share of what the plant reckons
     * @param promisedSpreadRatio the promise lies within this share around that
     * @param amendedRatio share of orders of which the buyer changes quantity or priority
     * @param slippedRatio share of the orders seen to be late that get a new promise
     * @param cancelledRatio share of orders that the buyer cancels, unless they are complete by then
     * @param rejectedLotRatio share of lots that the buyer rejects at first; they come again
     * @param fromStockRatio share of orders that are small and delivered at once from what stands in the yard
     */
    public record Terms(
            String name,
            double backlogWeeks,
            double firstBacklogWeeks,
            double paceSpreadRatio,
            double sizeFactor,
            List<Priority> priorities,
            double promisedMarginRatio,
            double promisedSpreadRatio,
            double amendedRatio,
            double slippedRatio,
            double cancelledRatio,
            double rejectedLotRatio,
            double fromStockRatio,
            Days transportDays,
            Days acceptanceDays,
            Days redeliveryDays) {
        public Terms {
            String of = " of terms " + name;
            Scenario.require(backlogWeeks > 0, "backlogWeeks" + of, backlogWeeks, "must be above 0");
            Scenario.require(firstBacklogWeeks >= 0, "firstBacklogWeeks" + of, firstBacklogWeeks, "must be 0 or more");
            Scenario.require(sizeFactor >= 1, "sizeFactor" + of, sizeFactor, "must be 1 or more");
            Scenario.require(
                    promisedMarginRatio > 0, "promisedMarginRatio" + of, promisedMarginRatio, "must be above 0");
            Scenario.requireRatio("paceSpreadRatio" + of, paceSpreadRatio);
            Scenario.requireRatio("promisedSpreadRatio" + of, promisedSpreadRatio);
            Scenario.requireRatio("amendedRatio" + of, amendedRatio);
            Scenario.requireRatio("slippedRatio" + of, slippedRatio);
            Scenario.requireRatio("cancelledRatio" + of, cancelledRatio);
            Scenario.requireRatio("rejectedLotRatio" + of, rejectedLotRatio);
            Scenario.requireRatio("fromStockRatio" + of, fromStockRatio);
            Scenario.requireRatio("The sum of the shares of the priorities" + of, sum(priorities, Priority::share));
        }

        /** Share of the orders that come before those with this priority, or before those without one. */
        double shareBefore(int priority) {
            return sum(priorities.stream().filter(it -> it.priority < priority).toList(), Priority::share);
        }
    }

    /** A place in the queue, lowest first, and the share of orders that have it. */
    public record Priority(int priority, double share) {
        public Priority {
            Scenario.require(priority >= 0, "priority", priority, "must be 0 or more");
            Scenario.requireRatio("share of priority " + priority, share);
        }
    }

    /** A time between two bounds, days. */
    public record Days(double min, double max) {
        public Days {
            Scenario.require(
                    min >= 0 && max >= min && max <= 365,
                    "Days from " + min + " to",
                    max,
                    "must be 0..365, least first");
        }

        double drawn(Dice dice) {
            return min + (max - min) * dice.next();
        }

        double mean() {
            return (min + max) / 2;
        }
    }

    /**
     * What is ordered of a product, at one plant or at all that make it and have no book of their own.
     *
     * @param ordersPerWeek orders a week, of all its plants together; a plant's share is that of its output
     * @param orderUnits units of the typical order; absent: as many as use up the output
     * @param lotUnits units that are dispatched together
     * @param soldRatio share of the good units that go to orders; the rest is built into other products
     * @param terms name of its terms
     */
    public record Book(
            String productId,
            @Nullable String plantId,
            double ordersPerWeek,
            @Nullable Integer orderUnits,
            int lotUnits,
            double soldRatio,
            String terms,
            List<Buyer> buyers) {
        public Book {
            String of = " of the book of " + productId;
            Scenario.require(
                    ordersPerWeek > 0 && ordersPerWeek <= 500,
                    "ordersPerWeek" + of,
                    ordersPerWeek,
                    "must be above 0, up to 500");
            Scenario.require(
                    orderUnits == null || orderUnits > 0,
                    "orderUnits" + of,
                    String.valueOf(orderUnits),
                    "must be above 0");
            Scenario.require(lotUnits > 0, "lotUnits" + of, lotUnits, "must be above 0");
            Scenario.requireRatio("soldRatio" + of, soldRatio);
            double shares = sum(buyers, Buyer::share);
            Scenario.require(
                    Math.abs(shares - 1) < SHARE_TOLERANCE,
                    "The sum of the shares of the buyers" + of,
                    shares,
                    "must be 1");
        }
    }

    /** A nation and the share of orders that it gives. */
    public record Buyer(String nation, double share) {
        public Buyer {
            requireNation(nation);
            Scenario.requireRatio("share of buyer " + nation, share);
        }
    }

    /** A contract of several nations: every so many weeks each of them orders one line of the product. */
    public record Framework(String frameworkId, String productId, List<String> nations, double everyWeeks) {
        private static final String ID = "[A-Za-z0-9._-]{1,64}";

        public Framework {
            Scenario.require(frameworkId.matches(ID), "frameworkId", frameworkId, "must match " + ID);
            nations.forEach(OrderBooks::requireNation);
            Scenario.require(nations.size() > 1, "nations of framework " + frameworkId, nations, "must be two or more");
            Scenario.require(
                    everyWeeks >= 1, "everyWeeks of framework " + frameworkId, everyWeeks, "must be 1 or more");
        }
    }

    /**
     * A time in which a plant delivers less than it makes, because lots are held at proof. It goes on promising as before.
     *
     * @param productId absent: all its products
     * @param fromWeek first week, counted from the start of the scenario; below 0: before it
     * @param untilWeek the week in which it is over; absent: never
     * @param deliveredRatio share of its output that it delivers
     */
    public record Trouble(
            String plantId,
            @Nullable String productId,
            int fromWeek,
            @Nullable Integer untilWeek,
            double deliveredRatio) {
        public Trouble {
            Scenario.requireRatio("deliveredRatio of the trouble of " + plantId, deliveredRatio);
            Scenario.require(
                    untilWeek == null || untilWeek > fromWeek,
                    "untilWeek of the trouble of " + plantId,
                    String.valueOf(untilWeek),
                    "must come after fromWeek " + fromWeek);
        }

        private boolean holds(String plant, String product, double week) {
            return plantId.equals(plant)
                    && (productId == null || productId.equals(product))
                    && week >= fromWeek
                    && (untilWeek == null || week < untilWeek);
        }
    }

    /** Share of its output that a plant delivers in a week, counted from the start of the scenario. */
    double deliveredRatio(String plantId, String productId, double week) {
        double ratio = 1;
        for (Trouble trouble : troubles) {
            if (trouble.holds(plantId, productId, week)) {
                ratio = Math.min(ratio, trouble.deliveredRatio);
            }
        }
        return ratio;
    }

    Terms termsOf(Book book) {
        return Scenario.find("terms of the book of " + book.productId, book.terms, terms, Terms::name);
    }

    /** The book that says what is ordered of a product at a plant; null if nothing is. */
    @Nullable
    Book bookOf(String productId, String plantId) {
        Book found = null;
        for (Book book : books) {
            if (book.productId.equals(productId)
                    && (plantId.equals(book.plantId) || (book.plantId == null && found == null))) {
                found = book;
            }
        }
        return found;
    }

    /** Throws unless every product is one, and somebody makes what is ordered. */
    void requireKnown(List<Product> products, List<Plant> plants, List<Scenario.LineGroup> lines) {
        for (Book book : books) {
            Scenario.find("productId of the books", book.productId, products, Product::getProductId);
            requireMade(book.productId, book.plantId, "of the books", plants, lines);
        }
        for (Trouble trouble : troubles) {
            Scenario.find("plantId of the troubles", trouble.plantId, plants, Plant::getPlantId);
            if (trouble.productId != null) {
                requireMade(trouble.productId, trouble.plantId, "of the troubles", plants, lines);
            }
        }
    }

    private static void requireMade(
            String productId,
            @Nullable String plantId,
            String where,
            List<Plant> plants,
            List<Scenario.LineGroup> lines) {
        if (plantId != null) {
            Scenario.find("plantId " + where, plantId, plants, Plant::getPlantId);
        }
        Scenario.require(
                lines.stream()
                        .anyMatch(it -> it.makes(productId)
                                && (plantId == null || it.plantId().equals(plantId))),
                "productId " + where,
                productId,
                "must be made by a line of " + (plantId == null ? "the scenario" : plantId));
    }

    private static void requireNation(String nation) {
        Scenario.require(
                nation.matches("[A-Z]{3}"), "nation of a buyer", nation, "must be three capital letters of ISO 3166-1");
    }

    private static <T> double sum(List<T> all, ToDoubleFunction<T> share) {
        return all.stream().mapToDouble(share).sum();
    }
}

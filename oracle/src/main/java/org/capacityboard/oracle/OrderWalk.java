package org.capacityboard.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.oracle.OrderIntake.Party;
import org.capacityboard.oracle.OrderTale.Stand;
import org.capacityboard.oracle.WaitingTimes.End;
import org.jspecify.annotations.Nullable;

/** All rows on orders: day after day, group after group, everything is looked at anew. */
final class OrderWalk {
    private static final long DAY_MS = 86_400_000;
    private static final long WEEK_MS = 7 * DAY_MS;
    private static final long RATE_MS = 13 * WEEK_MS;
    private static final long YEAR_MS = 365 * DAY_MS;
    private static final long HOUR_MS = 3_600_000;
    private static final int LONGEST_CURVE = 1_461;

    private final OrderIntake intake;
    private final long untilMs;
    private final long finalMs;
    private final Map<LeadTimeKey, List<String>> rows = new HashMap<>();
    private final SortedMap<String, Long> firstKnownMs = new TreeMap<>();
    private final Map<String, Party> parties = new HashMap<>();

    OrderWalk(OracleInput input) {
        this.intake = new OrderIntake(input);
        this.untilMs = input.until().toEpochMilli();
        this.finalMs = input.until().minus(input.horizon()).toEpochMilli();
    }

    LeadTimeRows rows() {
        long lastDay = Math.floorDiv(untilMs - 1, DAY_MS);
        findParties();
        firstKnownMs.values().stream().min(Long::compare).ifPresent(firstMs -> {
            for (long day = Math.floorDiv(firstMs, DAY_MS); day <= lastDay; day++) {
                walkDay(day, day == lastDay);
            }
        });
        walkPromises();
        walkBooks();
        return new LeadTimeRows(rows);
    }

    /** Every group in which an order ever stood, and since when one did. */
    private void findParties() {
        for (OrderTale tale : intake.orders.values()) {
            for (long turnMs : tale.turnsMs()) {
                @Nullable Stand stand = tale.at(turnMs + 1);
                if (stand != null) {
                    for (Party party : intake.parties(stand)) {
                        parties.put(party.name(), party);
                        firstKnownMs.merge(party.name(), turnMs, Math::min);
                    }
                }
            }
        }
    }

    /** The closing midnight of a day; of the last one the end of time. */
    private long endMs(long day) {
        return Math.min(untilMs, (day + 1) * DAY_MS);
    }

    private void put(LeadTimeKey key, @Nullable Object... values) {
        List<String> texts = new ArrayList<>();
        for (@Nullable Object value : values) {
            texts.add(value == null ? "" : value.toString());
        }
        if (texts.size() != key.table().columns().size()) {
            throw new IllegalStateException("Row of " + key + " has " + texts.size() + " values");
        }
        rows.put(key, List.copyOf(texts));
    }

    private void walkDay(long day, boolean isLast) {
        long atMs = endMs(day);
        Map<String, List<Stand>> members = new HashMap<>();
        for (OrderTale tale : intake.orders.values()) {
            @Nullable Stand stand = tale.at(atMs);
            if (stand != null) {
                for (Party party : intake.parties(stand)) {
                    members.computeIfAbsent(party.name(), name -> new ArrayList<>())
                            .add(stand);
                }
            }
        }
        boolean isFinal = (day + 1) * DAY_MS <= finalMs;
        firstKnownMs.forEach((name, firstMs) -> {
            if (firstMs < atMs) {
                List<Stand> stands = members.getOrDefault(name, List.of());
                Party party = Objects.requireNonNull(parties.get(name));
                backlog(day, atMs, party, stands, firstMs, isFinal);
                for (String basis : List.of("LAST_UNIT", "FIRST_UNIT", "PER_UNIT")) {
                    for (String cohort : List.of("all", "trailing")) {
                        leadTime(day, atMs, party, stands, cohort, basis, isLast, isFinal);
                    }
                }
            }
        });
    }

    private void backlog(long day, long atMs, Party party, List<Stand> stands, long firstMs, boolean isFinal) {
        List<Stand> open = stands.stream().filter(Stand::isOpen).toList();
        List<Stand> overdue =
                open.stream().filter(stand -> intake.dueDayEndMs(stand) <= atMs).toList();
        long fromMs = Math.max(atMs - RATE_MS, firstMs);
        long accepted = 0;
        for (Stand stand : stands) {
            for (DeliveryEvent delivery : stand.accepted()) {
                if (delivery.getEventTime().toEpochMilli() >= fromMs) {
                    accepted += delivery.getQuantity();
                }
            }
        }
        long backlog = open.stream().mapToLong(Stand::missing).sum();
        double rateWeeks = (atMs - fromMs) / (double) WEEK_MS;
        put(
                LeadTimeKey.of(LeadTimeTable.ORDER_BACKLOG, LocalDate.ofEpochDay(day), party.kind(), party.id()),
                open.size(),
                backlog,
                overdue.size(),
                overdue.stream().mapToLong(Stand::missing).sum(),
                accepted,
                rateWeeks,
                accepted == 0 ? null : backlog / (accepted / rateWeeks),
                isFinal);
    }

    /** How one order, or each of its units, waited. */
    private record Share(@Nullable Long doneMs, long count) {}

    private void leadTime(
            long day,
            long atMs,
            Party party,
            List<Stand> stands,
            String cohort,
            String basis,
            boolean isLast,
            boolean isFinal) {
        WaitingTimes waits = new WaitingTimes();
        long total = 0;
        long completed = 0;
        long cancelled = 0;
        for (Stand stand : stands) {
            boolean isSeen = cohort.equals("all");
            long fromMs = Math.max(0, stand.knownMs() - stand.confirmedMs());
            if (!isSeen) {
                fromMs = Math.max(fromMs, atMs - YEAR_MS - stand.confirmedMs());
            }
            @Nullable Long cancelledMs = stand.cancelledMs();
            for (Share share : shares(stand, basis)) {
                boolean counted;
                if (share.doneMs != null) {
                    counted = waits.add(fromMs, share.doneMs - stand.confirmedMs(), End.SERVED, share.count);
                } else if (cancelledMs != null) {
                    counted = waits.add(fromMs, cancelledMs - stand.confirmedMs(), End.GAVE_UP, share.count);
                } else {
                    counted = waits.add(fromMs, atMs - stand.confirmedMs(), End.STILL_WAITS, share.count);
                }
                isSeen |= counted;
            }
            if (isSeen) {
                total++;
                if (basis.equals("FIRST_UNIT") ? stand.firstAcceptedMs() != null : stand.completedMs() != null) {
                    completed++;
                } else if (cancelledMs != null) {
                    cancelled++;
                }
            }
        }
        @Nullable Double p50 = waits.daysUntil(.5);
        put(
                LeadTimeKey.of(
                        LeadTimeTable.LEAD_TIME, LocalDate.ofEpochDay(day), party.kind(), party.id(), cohort, basis),
                p50,
                waits.daysUntil(.2),
                waits.daysUntil(.1),
                total,
                completed,
                total - completed - cancelled,
                cancelled,
                p50 == null ? waits.waitingAtLast() : waits.waitingAt(.5),
                waits.waitingAt(.2),
                waits.waitingAt(.1),
                waits.gaveUpShare(),
                waits.servedMeanDays(),
                isFinal);
        if (isLast) {
            curve(day, party, cohort, basis, waits, isFinal);
        }
    }

    private static List<Share> shares(Stand stand, String basis) {
        switch (basis) {
            case "LAST_UNIT":
                return List.of(new Share(stand.completedMs(), 1));
            case "FIRST_UNIT":
                return List.of(new Share(stand.firstAcceptedMs(), 1));
            default:
                List<Share> shares = new ArrayList<>();
                long missing = stand.ordered();
                for (DeliveryEvent delivery : stand.own()) {
                    long units = Math.min(missing, delivery.getQuantity());
                    if (units > 0) {
                        shares.add(new Share(delivery.getEventTime().toEpochMilli(), units));
                        missing -= units;
                    }
                }
                if (missing > 0) {
                    shares.add(new Share(null, missing));
                }
                return shares;
        }
    }

    private void curve(long asOf, Party party, String cohort, String basis, WaitingTimes waits, boolean isFinal) {
        for (int day = 0; day < Math.min(LONGEST_CURVE, waits.days()); day++) {
            double endMs = (day + 1) * WaitingTimes.DAY_MS;
            put(
                    LeadTimeKey.of(LeadTimeTable.LEAD_TIME_CURVE, party.kind(), party.id(), cohort, basis, day),
                    LocalDate.ofEpochDay(asOf),
                    waits.waitingShare(endMs),
                    waits.waitingAfter(endMs),
                    waits.gaveUpShare(endMs),
                    isFinal);
        }
    }

    private void walkPromises() {
        SortedMap<LeadTimeKey, long[]> sums = new TreeMap<>();
        Map<LeadTimeKey, Boolean> finals = new HashMap<>();
        for (OrderTale tale : intake.orders.values()) {
            @Nullable Long dueMs = dueMs(tale);
            @Nullable Stand then = dueMs == null || dueMs > untilMs ? null : tale.at(dueMs);
            if (then == null || then.state().equals("CANCELLED")) {
                continue;
            }
            LocalDate day = intake.dueDay(then);
            long lastMs = day.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli()
                    + 36 * HOUR_MS;
            long onTime = Math.min(then.ordered(), then.ownUnits());
            for (Party party : intake.parties(then)) {
                LeadTimeKey key = LeadTimeKey.of(LeadTimeTable.ON_TIME_WEEK, isoWeek(day), party.kind(), party.id());
                long[] sum = sums.computeIfAbsent(key, absent -> new long[4]);
                sum[0]++;
                sum[1] += onTime == then.ordered() ? 1 : 0;
                sum[2] += then.ordered();
                sum[3] += onTime;
                finals.put(key, lastMs <= finalMs);
            }
        }
        sums.forEach((key, sum) -> put(
                key,
                sum[0],
                sum[1],
                sum[2],
                sum[3],
                sum[1] / (double) sum[0],
                sum[3] / (double) sum[2],
                finals.get(key)));
    }

    /** The first instant at which the day of the first promise ends, by all that was said before it; null if there is none. */
    private @Nullable Long dueMs(OrderTale tale) {
        SortedSet<Long> due = new TreeSet<>();
        for (long turnMs : tale.turnsMs()) {
            @Nullable Stand stand = tale.at(turnMs + 1);
            if (stand != null) {
                long endMs = intake.dueDayEndMs(stand);
                @Nullable Stand then = tale.at(endMs);
                if (then != null && intake.dueDayEndMs(then) == endMs) {
                    due.add(endMs);
                }
            }
        }
        return due.isEmpty() ? null : due.first();
    }

    private static String isoWeek(LocalDate day) {
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** An order as it stands at the end of time. */
    private record Standing(String orderId, Stand stand) {
        private static final Comparator<Standing> QUEUE = Comparator.comparingLong(Standing::turn)
                .thenComparing(standing -> standing.stand.counts().getPromisedAt())
                .thenComparing(Standing::orderId);

        private long turn() {
            @Nullable Integer priority = stand.counts().getPriority();
            return priority == null ? Long.MAX_VALUE : priority;
        }
    }

    private void walkBooks() {
        Map<List<String>, List<Standing>> books = new HashMap<>();
        intake.orders.values().forEach(tale -> {
            @Nullable Stand stand = tale.at(untilMs + 1);
            if (stand != null) {
                books.computeIfAbsent(
                                List.of(
                                        stand.counts().getPlantId(),
                                        stand.counts().getProductId()),
                                book -> new ArrayList<>())
                        .add(new Standing(tale.orderId(), stand));
            }
        });
        books.forEach((book, orders) -> {
            orders.sort(Standing.QUEUE);
            LocalDate today =
                    Instant.ofEpochMilli(untilMs).atZone(ZoneOffset.UTC).toLocalDate();
            List<Long> output = output(orders, today);
            @Nullable DeliveryDice dice = DeliveryDice.of(output, book.get(0), book.get(1), isoWeek(today));
            boolean isStalled = DeliveryDice.nothingComes(output);
            long queue = 0;
            for (Standing order : orders) {
                if (order.stand.isOpen()) {
                    queue += order.stand.missing();
                }
                status(order, queue, today, dice, isStalled);
            }
        });
    }

    /** Output of each whole week before today's, from the first that brought any. */
    private static List<Long> output(List<Standing> orders, LocalDate today) {
        LocalDate thisMonday = monday(today);
        SortedMap<LocalDate, Long> units = new TreeMap<>();
        for (Standing order : orders) {
            for (DeliveryEvent delivery : order.stand.accepted()) {
                LocalDate day = delivery.getEventTime().atZone(ZoneOffset.UTC).toLocalDate();
                units.merge(monday(day), delivery.getQuantity(), Long::sum);
            }
        }
        List<Long> output = new ArrayList<>();
        if (!units.isEmpty()) {
            for (LocalDate week = units.firstKey(); week.isBefore(thisMonday); week = week.plusWeeks(1)) {
                output.add(units.getOrDefault(week, 0L));
            }
        }
        return output;
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private void status(Standing order, long queue, LocalDate today, @Nullable DeliveryDice dice, boolean isStalled) {
        Stand stand = order.stand;
        boolean isOpen = stand.isOpen();
        @Nullable Instant p50 = isOpen ? forecast(dice, queue, 500, today) : null;
        @Nullable Instant p80 = isOpen ? forecast(dice, queue, 800, today) : null;
        @Nullable Long endMs = stand.endMs();
        put(
                LeadTimeKey.of(LeadTimeTable.ORDER_STATUS, order.orderId),
                stand.counts().getProductId(),
                stand.counts().getPlantId(),
                stand.counts().getBuyerNation(),
                stand.counts().getFrameworkId(),
                stand.counts().getPriority(),
                stand.state(),
                stand.ordered(),
                Stand.units(stand.dispatched()),
                stand.ownUnits(),
                Stand.units(stand.rejected()),
                isOpen ? stand.missing() : 0,
                isOpen ? queue : null,
                stand.counts().getConfirmedAt(),
                stand.firstPromise(),
                stand.counts().getPromisedAt(),
                instant(stand.firstAcceptedMs()),
                instant(stand.completedMs()),
                instant(stand.cancelledMs()),
                p50,
                p80,
                p50 == null ? null : ChronoUnit.MILLIS.between(stand.firstPromise(), p50) / (double) DAY_MS,
                isOpen && intake.dueDayEndMs(stand) <= untilMs,
                isOpen && isStalled,
                stand.flags(),
                endMs != null && endMs <= finalMs);
    }

    private static @Nullable Instant instant(@Nullable Long ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }

    private static @Nullable Instant forecast(@Nullable DeliveryDice dice, long queue, int futures, LocalDate today) {
        @Nullable Integer weeks = dice == null ? null : dice.weeksUntil(queue, futures);
        return weeks == null
                ? null
                : today.plusWeeks(weeks).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

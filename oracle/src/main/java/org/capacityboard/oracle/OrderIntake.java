package org.capacityboard.oracle;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.jspecify.annotations.Nullable;

/** What of the input counts for lead times: orders with their deliveries, and the versions of plants and products. */
final class OrderIntake {
    private static final Pattern NATION = Pattern.compile("[A-Z]{3}");
    private static final Instant YEAR_1900 = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant YEAR_2200 = Instant.parse("2200-01-01T00:00:00Z");

    /** Contents of one thing over time. */
    static final class Past<T> {
        private record Version<T>(T content, long fromMs, long revision) {}

        private final List<Version<T>> versions = new ArrayList<>();

        void add(T content, @Nullable Instant from, long revision) {
            long fromMs = from == null ? Long.MIN_VALUE : from.toEpochMilli();
            if (versions.stream().noneMatch(known -> known.fromMs == fromMs && known.revision == revision)) {
                versions.add(new Version<>(content, fromMs, revision));
            }
        }

        /** What holds at an instant; before the first version, that one. */
        T at(long instantMs) {
            Version<T> best = versions.get(0);
            for (Version<T> version : versions) {
                boolean isNearer = best.fromMs > instantMs
                        ? version.fromMs < best.fromMs
                        : version.fromMs > best.fromMs && version.fromMs <= instantMs;
                if (isNearer || (version.fromMs == best.fromMs && version.revision > best.revision)) {
                    best = version;
                }
            }
            return best.content;
        }
    }

    final SortedMap<String, OrderTale> orders = new TreeMap<>();
    final Map<String, Past<Plant>> plants = new TreeMap<>();
    final Map<String, Past<Product>> products = new TreeMap<>();

    OrderIntake(OracleInput input) {
        for (OracleEvent arrived : input.events()) {
            if (arrived.event() instanceof Plant plant && isAcceptable(plant)) {
                plants.computeIfAbsent(plant.getPlantId(), id -> new Past<>())
                        .add(plant, plant.getValidFrom(), plant.getRevision());
            } else if (arrived.event() instanceof Product product
                    && Intake.PRODUCT_ID.matcher(product.getProductId()).matches()) {
                products.computeIfAbsent(product.getProductId(), id -> new Past<>())
                        .add(product, product.getValidFrom(), product.getRevision());
            }
        }
        for (OracleEvent arrived : input.events()) {
            if (arrived.event() instanceof OrderEvent order && counts(order, arrived, input)) {
                tale(order.getOrderId()).add(order);
            } else if (arrived.event() instanceof DeliveryEvent delivery && counts(delivery, arrived, input)) {
                tale(delivery.getOrderId()).add(delivery);
            }
        }
        orders.values().removeIf(tale -> !tale.isConfirmed());
    }

    private OrderTale tale(String orderId) {
        return orders.computeIfAbsent(orderId, OrderTale::new);
    }

    private boolean counts(OrderEvent order, OracleEvent arrived, OracleInput input) {
        return isAcceptable(order, arrived.receivedAt())
                && !order.getEventTime().isAfter(input.until())
                && plants.containsKey(order.getPlantId())
                && products.containsKey(order.getProductId());
    }

    private static boolean counts(DeliveryEvent delivery, OracleEvent arrived, OracleInput input) {
        return isAcceptable(delivery, arrived.receivedAt())
                && !delivery.getEventTime().isAfter(input.until());
    }

    private static boolean isAcceptable(OrderEvent order, Instant receivedAt) {
        return isId(order.getOrderId())
                && (order.getFrameworkId() == null || isId(order.getFrameworkId()))
                && Intake.PLANT_ID.matcher(order.getPlantId()).matches()
                && Intake.PRODUCT_ID.matcher(order.getProductId()).matches()
                && NATION.matcher(order.getBuyerNation()).matches()
                && isInTime(order.getEventTime(), receivedAt)
                && order.getQuantity() > 0
                && (order.getPriority() == null || order.getPriority() >= 0)
                && order.getRevision() >= 0
                && isDate(order.getConfirmedAt())
                && isDate(order.getPromisedAt())
                && !order.getPromisedAt().isBefore(order.getConfirmedAt())
                && !order.getConfirmedAt().isAfter(order.getEventTime().plus(Intake.AHEAD));
    }

    private static boolean isAcceptable(DeliveryEvent delivery, Instant receivedAt) {
        return isId(delivery.getDeliveryId())
                && isId(delivery.getOrderId())
                && isInTime(delivery.getEventTime(), receivedAt)
                && delivery.getQuantity() > 0;
    }

    private static boolean isAcceptable(Plant plant) {
        if (!Intake.PLANT_ID.matcher(plant.getPlantId()).matches()
                || !NATION.matcher(plant.getNation()).matches()) {
            return false;
        }
        try {
            ZoneId.of(plant.getTimeZone());
            dayStartsAt(plant);
            return true;
        } catch (DateTimeException noSuchZoneOrTime) {
            return false;
        }
    }

    private static boolean isId(String id) {
        return Intake.OTHER_ID.matcher(id).matches();
    }

    private static boolean isInTime(Instant eventTime, Instant receivedAt) {
        return !eventTime.isBefore(Intake.YEAR_2000) && !eventTime.isAfter(receivedAt.plus(Intake.AHEAD));
    }

    private static boolean isDate(Instant instant) {
        return !instant.isBefore(YEAR_1900) && instant.isBefore(YEAR_2200);
    }

    private static LocalTime dayStartsAt(Plant plant) {
        return plant.getDayStartsAt() == null ? LocalTime.MIDNIGHT : LocalTime.parse(plant.getDayStartsAt());
    }

    /** The day of the first promise, by the clock that the plant had then. */
    LocalDate dueDay(OrderTale.Stand stand) {
        return dueDay(plant(stand), stand.firstPromise());
    }

    /** The end of that day. */
    long dueDayEndMs(OrderTale.Stand stand) {
        return startOf(plant(stand), dueDay(stand).plusDays(1)).toEpochMilli();
    }

    private Plant plant(OrderTale.Stand stand) {
        return Objects.requireNonNull(plants.get(stand.counts().getPlantId()))
                .at(stand.firstPromise().toEpochMilli());
    }

    private static LocalDate dueDay(Plant plant, Instant promise) {
        LocalDate date = promise.atZone(ZoneId.of(plant.getTimeZone())).toLocalDate();
        return promise.isBefore(startOf(plant, date)) ? date.minusDays(1) : date;
    }

    private static Instant startOf(Plant plant, LocalDate day) {
        return day.atTime(dayStartsAt(plant))
                .atZone(ZoneId.of(plant.getTimeZone()))
                .toInstant();
    }

    /** Whom an order is counted with: kind and id of each group. */
    List<Party> parties(OrderTale.Stand stand) {
        OrderEvent order = stand.counts();
        long confirmedMs = order.getConfirmedAt().toEpochMilli();
        Product product =
                Objects.requireNonNull(products.get(order.getProductId())).at(confirmedMs);
        Plant plant = Objects.requireNonNull(plants.get(order.getPlantId())).at(confirmedMs);
        return List.of(
                new Party("product", order.getProductId()),
                new Party("capability_area", product.getCapabilityArea().name()),
                new Party("plant", order.getPlantId()),
                new Party("nation", plant.getNation()),
                new Party("buyer_nation", order.getBuyerNation()),
                new Party("alliance", "alliance"));
    }

    /** Orders that are looked at together. */
    record Party(String kind, String id) {
        String name() {
            return kind + " " + id;
        }
    }
}

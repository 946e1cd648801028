package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;

/** What is said of one order line, with all that goes wrong at the buyer, in the plant and on the way. */
final class OrderLife {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    /**
     * A record, when it is said.
     *
     * @param reachesBackMs no instant up to this is changed by it
     */
    record Saying(SpecificRecord event, long eventMs, long reachesBackMs, boolean confirms) {}

    private final String orderId;
    private final OrderScene scene;
    private final Chance chance;
    private final List<Saying> sayings = new ArrayList<>();
    private final OrderEvent.Builder order;
    private final long knownMs;
    private final int plant;
    private long revision;
    private int deliveries;

    OrderLife(String orderId, long knownMs, OrderScene scene, Chance chance) {
        this.orderId = orderId;
        this.scene = scene;
        this.chance = chance;
        this.knownMs = onGrid(knownMs);
        this.plant = chance.upTo(scene.plants().size() - 1);
        long confirmedMs = confirmedMs();
        this.order = OrderEvent.newBuilder()
                .setOrderId(orderId)
                .setPlantId(scene.plants().get(plant))
                .setProductId(chance.oneOf(scene.products()))
                .setBuyerNation(chance.oneOf(OrderScene.BUYERS))
                .setQuantity(chance.inPercent(10) ? 1 : chance.between(2, 400))
                .setConfirmedAt(Instant.ofEpochMilli(confirmedMs))
                .setPromisedAt(
                        Instant.ofEpochMilli(chance.inPercent(4) ? confirmedMs : onGrid(confirmedMs + between(2, 80))))
                .setPriority(chance.inPercent(40) ? null : (Integer) chance.upTo(3))
                .setFrameworkId(chance.inPercent(60) ? null : "frame-" + chance.upTo(2));
    }

    private long confirmedMs() {
        if (chance.inPercent(12)) {
            return onGrid(knownMs - between(1, chance.oneOf(20, 200, 500)));
        }
        if (chance.inPercent(4)) {
            return knownMs + chance.between(1, 4 * 60_000);
        }
        return chance.inPercent(50) ? knownMs : knownMs - chance.upTo(Duration.ofHours(30));
    }

    /** Some things happen on the hour, some at midnight in UTC, so that they happen at one instant. */
    private long onGrid(long instantMs) {
        long grid = chance.inPercent(30) ? HOUR_MS : chance.inPercent(8) ? DAY_MS : 1;
        return -Math.floorDiv(-instantMs, grid) * grid;
    }

    private long between(int leastDays, int mostDays) {
        return chance.between(leastDays * DAY_MS, mostDays * DAY_MS);
    }

    List<Saying> sayings() {
        say(OrderEventType.CONFIRMED, knownMs);
        long lastMs = deliver();
        change(lastMs);
        if (chance.inPercent(18)) {
            cancel(lastMs);
        }
        sayings.removeIf(saying -> saying.eventMs > scene.endMs());
        return sayings;
    }

    private void say(OrderEventType type, long eventMs) {
        order.setType(type).setEventTime(Instant.ofEpochMilli(eventMs)).setRevision(revision);
        sayings.add(new Saying(order.build(), eventMs, eventMs, type == OrderEventType.CONFIRMED));
    }

    /** Lot after lot; when the last one came. */
    private long deliver() {
        long missing = order.getQuantity();
        long nowMs = knownMs + between(0, 25);
        if (chance.inPercent(4)) {
            lot(knownMs - chance.between(1, scene.horizon().toMillis() / 3), Math.max(1, missing / 3));
        }
        double least = 1.0 / chance.between(1, 8);
        while (missing > 0 && !chance.inPercent(4)) {
            long units =
                    Math.max(1, Math.min(missing, (long) (order.getQuantity() * chance.share(least / 2, least * 2))));
            boolean isTooMuch = units == missing && chance.inPercent(10);
            lot(nowMs, isTooMuch ? units + chance.between(1, 30) : units);
            missing -= units;
            nowMs += between(0, 14);
        }
        if (chance.inPercent(5)) {
            lot(nowMs, chance.between(1, 20));
        }
        return nowMs;
    }

    private void lot(long sentMs, long units) {
        String deliveryId = chance.inPercent(20) ? "lot-" + deliveries : orderId + "." + deliveries;
        deliveries++;
        if (sentMs >= scene.outputEndsMs().get(plant)) {
            return;
        }
        long dispatchedMs = onGrid(sentMs);
        long acceptedMs = onGrid(dispatchedMs + chance.upTo(Duration.ofDays(4)));
        if (chance.inPercent(5)) {
            acceptedMs = dispatchedMs - chance.between(1, HOUR_MS);
        }
        if (!chance.inPercent(8)) {
            long sent = chance.inPercent(5) ? Math.max(1, units - chance.upTo(3)) : units;
            say(deliveryId, DeliveryStage.DISPATCHED, dispatchedMs, sent);
        }
        if (chance.inPercent(8)) {
            say(deliveryId, DeliveryStage.REJECTED, acceptedMs, Math.max(1, units / chance.between(1, 3)));
            acceptedMs = onGrid(acceptedMs + between(0, 10));
            if (chance.inPercent(30)) {
                return;
            }
            if (chance.inPercent(50)) {
                deliveryId += "-again";
                say(deliveryId, DeliveryStage.DISPATCHED, acceptedMs - chance.upTo(Duration.ofHours(1)), units);
            }
        }
        if (!chance.inPercent(3)) {
            say(deliveryId, DeliveryStage.ACCEPTED, acceptedMs, units);
        }
    }

    private void say(String deliveryId, DeliveryStage stage, long eventMs, long units) {
        DeliveryEvent.Builder delivery = DeliveryEvent.newBuilder()
                .setDeliveryId(deliveryId)
                .setOrderId(orderId)
                .setStage(stage)
                .setEventTime(Instant.ofEpochMilli(eventMs))
                .setQuantity(units);
        boolean isSaidTwice = chance.inPercent(4);
        long otherMs = eventMs
                + (chance.inPercent(40) ? 0 : chance.upTo(scene.horizon().dividedBy(4)));
        // The second content takes the first one's place, so it changes all from there on.
        sayings.add(new Saying(delivery.build(), eventMs, eventMs, false));
        if (isSaidTwice && otherMs <= scene.endMs()) {
            delivery.setEventTime(Instant.ofEpochMilli(otherMs))
                    .setQuantity(Math.max(1, units + chance.between(-1, 2)));
            sayings.add(new Saying(delivery.build(), otherMs, eventMs, false));
        }
    }

    private void change(long lastMs) {
        while (chance.inPercent(30)) {
            revision = chance.inPercent(70) ? revision + 1 : chance.upTo(2);
            long atMs = onGrid(chance.between(knownMs, Math.max(knownMs, lastMs) + 10 * DAY_MS));
            atMs = Math.max(atMs, knownMs + 1);
            switch (chance.upTo(9)) {
                case 0, 1 -> order.setQuantity(order.getQuantity() + chance.between(1, 100));
                case 2, 3 -> order.setQuantity(Math.max(1, order.getQuantity() - chance.between(1, 100)));
                case 4, 5 -> promiseAnew();
                case 6 -> order.setPriority(chance.inPercent(30) ? null : (Integer) chance.upTo(3));
                case 7 -> order.setProductId(chance.oneOf(scene.products()));
                case 8 -> order.setBuyerNation(chance.oneOf(OrderScene.BUYERS));
                default -> moveConfirmation();
            }
            say(chance.inPercent(92) ? OrderEventType.AMENDED : OrderEventType.CONFIRMED, atMs);
        }
        if (chance.inPercent(4)) {
            order.setPlantId(chance.oneOf(scene.plants()));
            revision++;
            say(OrderEventType.AMENDED, onGrid(lastMs + chance.upTo(Duration.ofDays(5))));
        }
    }

    private void promiseAnew() {
        long promisedMs = order.getPromisedAt().toEpochMilli() + chance.between(-20 * DAY_MS, 40 * DAY_MS);
        order.setPromisedAt(Instant.ofEpochMilli(Math.max(order.getConfirmedAt().toEpochMilli(), onGrid(promisedMs))));
    }

    private void moveConfirmation() {
        order.setConfirmedAt(order.getConfirmedAt().minusMillis(chance.upTo(Duration.ofDays(3))));
    }

    private void cancel(long lastMs) {
        revision = chance.inPercent(60) ? revision + 1 : revision;
        long atMs = chance.inPercent(25)
                ? lastMs + chance.upTo(Duration.ofDays(10))
                : chance.between(knownMs + 1, Math.max(knownMs + 2, lastMs));
        long units = order.getQuantity();
        String productId = order.getProductId();
        if (chance.inPercent(50)) {
            order.setQuantity(chance.between(1, units + 1)).setProductId(chance.oneOf(scene.products()));
        }
        say(OrderEventType.CANCELLED, onGrid(atMs));
        order.setQuantity(units).setProductId(productId);
        if (chance.inPercent(25)) {
            revision++;
            say(chance.inPercent(60) ? OrderEventType.AMENDED : OrderEventType.CONFIRMED, atMs + between(0, 12));
        }
    }
}

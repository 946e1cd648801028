package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.oracle.StreamOptions.References;
import org.jspecify.annotations.Nullable;

/**
 * When and where a stream plays, and all that is known of its plants.
 *
 * @param lines first version of every line
 * @param references every version of plants, lines and plans
 */
record StreamScene(
        long startMs,
        long endMs,
        Duration horizon,
        Duration step,
        List<Plant> plants,
        List<Line> lines,
        List<Dispatch> references) {
    private static final long TEN_MINUTES_MS = 600_000;

    static final List<String> PRODUCTS = List.of("shell-155", "fuze-m9", "1320-01-TST-0001", "charge-b");

    /** A clock change or another instant at which calendars go wrong, and zones that it concerns. */
    private record Landmark(String instant, String... zones) {}

    private static final List<Landmark> LANDMARKS = List.of(
            new Landmark("2026-03-29T01:00:00Z", "Europe/Vienna", "Europe/London", "Europe/Helsinki"),
            new Landmark("2025-10-26T01:00:00Z", "Europe/Warsaw", "Europe/Lisbon", "Europe/Athens"),
            new Landmark("2026-03-08T07:00:00Z", "America/New_York", "America/Chicago", "America/Toronto"),
            new Landmark("2025-11-02T06:00:00Z", "America/New_York", "America/Denver"),
            new Landmark("2026-04-04T15:00:00Z", "Australia/Sydney", "Australia/Lord_Howe"),
            new Landmark("2025-12-31T20:00:00Z", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland", "UTC"));

    static StreamScene drawn(Chance chance, StreamOptions options, Duration horizon) {
        Landmark landmark = chance.oneOf(LANDMARKS);
        Duration span = Duration.ofHours(chance.oneOf(3, 8, 20, 36, 60, 96));
        long startMs =
                Instant.parse(landmark.instant).toEpochMilli() - (long) (span.toMillis() * chance.share(0.2, 0.8));
        long endMs = startMs + span.toMillis();
        Duration step = span.dividedBy(options.reportsPerLine());
        List<Plant> plants = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        StreamScene scene = new StreamScene(startMs, endMs, horizon, step, plants, lines, new ArrayList<>());
        References arrive = options.references();
        int plantCount = chance.between(1, 3);
        for (int i = 0; i < plantCount; i++) {
            String zone = i == 0 ? chance.oneOf(landmark.zones) : chance.oneOf(chance.oneOf(LANDMARKS).zones);
            plants.add(scene.plant("PL00" + i, zone, chance, arrive));
        }
        int lineCount = chance.between(1, options.maxLines());
        for (int i = 0; i < lineCount; i++) {
            lines.add(scene.line("line-" + i, chance.oneOf(plants).getPlantId(), chance, arrive));
            scene.plans("line-" + i, chance, arrive);
        }
        return scene;
    }

    private Plant plant(String plantId, String zone, Chance chance, References arrive) {
        Plant.Builder plant = Plant.newBuilder()
                .setPlantId(plantId)
                .setName("Plant " + plantId)
                .setNation("AUT")
                .setParentEntity("Synthetic works")
                .setLatitude(48)
                .setLongitude(16)
                .setTimeZone(zone)
                .setDayStartsAt(dayStart(chance));
        Plant first = plant.build();
        List<Plant> changes = new ArrayList<>();
        while (chance.inPercent(30)) {
            plant.setDayStartsAt(dayStart(chance)).setValidFrom(instant(chance)).setRevision(changes.size() + 1);
            if (chance.inPercent(50)) {
                plant.setTimeZone(chance.oneOf(chance.oneOf(LANDMARKS).zones));
            }
            changes.add(plant.build());
        }
        changes.sort(Comparator.comparing(Plant::getValidFrom).thenComparing(Plant::getRevision));
        send(first, null, 0, chance, arrive);
        // A production day that is final must not come back, so a clock that goes back a day is known beforehand.
        long latestMs = neverGoesBack(first, changes) ? endMs : 0;
        changes.forEach(change -> send(change, change.getValidFrom(), latestMs, chance, arrive));
        return first;
    }

    /** Whether each version counts the same production day as the one before it, or a later one. */
    private boolean neverGoesBack(Plant first, List<Plant> changes) {
        Plant before = first;
        for (Plant change : changes) {
            if (secondsIntoDay(change, startMs) < secondsIntoDay(before, startMs)
                    || secondsIntoDay(change, endMs) < secondsIntoDay(before, endMs)) {
                return false;
            }
            before = change;
        }
        return true;
    }

    /** How much more of its production day a plant has behind it than one in UTC whose day starts at midnight. */
    private static int secondsIntoDay(Plant plant, long instantMs) {
        String dayStartsAt = plant.getDayStartsAt();
        return ZoneId.of(plant.getTimeZone())
                        .getRules()
                        .getOffset(Instant.ofEpochMilli(instantMs))
                        .getTotalSeconds()
                - (dayStartsAt == null ? 0 : LocalTime.parse(dayStartsAt).toSecondOfDay());
    }

    private static @Nullable String dayStart(Chance chance) {
        return chance.inPercent(30) ? null : chance.oneOf("00:00", "06:00", "05:45", "22:00", "13:30");
    }

    private Line line(String lineId, String plantId, Chance chance, References arrive) {
        Line.Builder line = Line.newBuilder()
                .setLineId(lineId)
                .setPlantId(plantId)
                .setProductId(chance.oneOf(PRODUCTS))
                .setDeclaredUnitsPerHour(100)
                .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                .setCalendar(chance.inPercent(75) ? LineCalendar.PLANNED : LineCalendar.AROUND_THE_CLOCK);
        pace(line, chance);
        Line first = line.build();
        send(first, null, 0, chance, arrive);
        for (int change = 1; chance.inPercent(60); change++) {
            @Nullable Instant validFrom = chance.inPercent(10) ? null : instant(chance);
            line.setValidFrom(validFrom).setRevision(change);
            switch (chance.upTo(3)) {
                case 0 -> line.setProductId(chance.oneOf(PRODUCTS));
                case 1 -> line.setCalendar(chance.inPercent(50) ? LineCalendar.PLANNED : LineCalendar.AROUND_THE_CLOCK);
                default -> pace(line, chance);
            }
            send(line.build(), validFrom, endMs, chance, arrive);
        }
        return first;
    }

    private void pace(Line.Builder line, Chance chance) {
        List<ProductCycle> cycles = new ArrayList<>();
        for (String product : PRODUCTS) {
            if (chance.inPercent(40)) {
                cycles.add(new ProductCycle(product, cycleSeconds(chance)));
            }
        }
        line.setIdealCycleSeconds(cycleSeconds(chance)).setCycles(cycles).setHeartbeatSeconds((int)
                Math.max(1, step.toSeconds() * chance.share(0.3, 2)));
    }

    private static double cycleSeconds(Chance chance) {
        return chance.between(1, 90_000_000) / 1e6;
    }

    private void plans(String lineId, Chance chance, References arrive) {
        long shiftMs = startMs - chance.upTo(Duration.ofHours(8));
        for (int number = 0; shiftMs < endMs + Duration.ofHours(4).toMillis(); number++) {
            plan(lineId, "plan-" + number, shiftMs, chance, arrive);
            long later = chance.upTo(Duration.ofHours(chance.inPercent(70) ? 12 : 3));
            shiftMs += Duration.ofHours(1).toMillis() + later;
        }
    }

    private void plan(String lineId, String planId, long fromMs, Chance chance, References arrive) {
        ShiftPlan.Builder plan = ShiftPlan.newBuilder().setLineId(lineId).setPlanId(lineId + "." + planId);
        times(plan, fromMs, chance);
        List<ShiftPlan> versions = new ArrayList<>(List.of(plan.build()));
        while (chance.inPercent(25)) {
            plan.setValidFrom(chance.inPercent(40) ? null : instant(chance))
                    .setRevision(versions.size())
                    .setCancelled(chance.inPercent(30));
            times(plan, fromMs + chance.upTo(Duration.ofHours(1)), chance);
            versions.add(plan.build());
        }
        versions.sort(Comparator.comparing(ShiftPlan::getValidFrom, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(ShiftPlan::getRevision));
        // A plan may be forgotten a horizon after its end, so what another version of it outranks comes before that.
        long rememberedMs = fromMs + horizon.toMillis() - TEN_MINUTES_MS;
        ShiftPlan highest = versions.remove(versions.size() - 1);
        versions.forEach(version -> send(version, version.getValidFrom(), rememberedMs, chance, arrive));
        send(highest, highest.getValidFrom(), endMs, chance, arrive);
    }

    private static void times(ShiftPlan.Builder plan, long fromMs, Chance chance) {
        // Most shifts start and end on a minute, some anywhere.
        long grid = chance.inPercent(80) ? 60_000 : 1;
        long startMs = fromMs / grid * grid;
        long endMs = startMs + (chance.upTo(Duration.ofHours(9)) / grid + 1) * grid;
        List<PlanBreak> breaks = new ArrayList<>();
        while (chance.inPercent(50)) {
            long breakMs = chance.between(startMs, endMs - 1);
            long breakEndMs = Math.min(endMs, breakMs + 1 + chance.upTo(Duration.ofMinutes(50)));
            breaks.add(new PlanBreak(Instant.ofEpochMilli(breakMs), Instant.ofEpochMilli(breakEndMs)));
        }
        plan.setStart(Instant.ofEpochMilli(startMs))
                .setEnd(Instant.ofEpochMilli(endMs))
                .setBreaks(breaks);
    }

    private Instant instant(Chance chance) {
        long instantMs = chance.between(startMs, endMs);
        return Instant.ofEpochMilli(chance.inPercent(50) ? instantMs / 60_000 * 60_000 : instantMs);
    }

    /** A plant and a line are known before anything is heard of them (latestMs 0); all else comes by latestMs. */
    private void send(
            SpecificRecord version, @Nullable Instant validFrom, long latestMs, Chance chance, References arrive) {
        long firstMs = startMs - Duration.ofHours(1).toMillis() + references.size();
        long actsInTimeMs =
                validFrom == null ? firstMs : validFrom.plus(horizon).toEpochMilli() - TEN_MINUTES_MS;
        boolean inTime = arrive == References.IN_TIME || chance.inPercent(50);
        long mostMs = arrive == References.FIRST ? firstMs : Math.min(latestMs, inTime ? actsInTimeMs : endMs);
        long anyMs = chance.between(startMs, endMs);
        references.add(Dispatch.valid(anyMs <= mostMs ? anyMs : firstMs, Dispatch.NOTHING, version));
        if (chance.inPercent(5)) {
            references.add(Dispatch.valid(endMs, Dispatch.NOTHING, version));
        }
    }
}

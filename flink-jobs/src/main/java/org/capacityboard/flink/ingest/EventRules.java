package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * What every event must hold by itself, without knowing any other. Ids, limits of numbers (from the schemas' {@code minimum} and {@code maximum}), texts
 * and instants are judged by name and type of their field; a few events have rules of their own.
 */
final class EventRules {
    /** No plant of the alliance reports from before. */
    static final long EARLIEST_EVENT_MS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    /** Beyond this a cumulative counter is not one; sums of such counts still fit into 64 bits. */
    static final long LARGEST_COUNT = 1_000_000_000_000L;

    /** Sums and products of such amounts are still numbers. */
    private static final double LARGEST_AMOUNT = 1e15;

    /** Divided by so little, any amount is still a number. */
    private static final double LEAST_QUANTITY = 1e-9;

    private static final Instant EARLIEST_DATE = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST_DATE = Instant.parse("2200-01-01T00:00:00Z");
    private static final int LONGEST_PROMISE_YEARS = 30;
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_QUOTE = 60;
    private static final Pattern PLANT_ID = Pattern.compile("[0-9A-Z]{5}");
    private static final Pattern STOCK_NUMBER = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9A-Z]{3}-[0-9A-Z]{4}");
    private static final Pattern LOCAL_PRODUCT_ID = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern NATION = Pattern.compile("[A-Z]{3}");
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final long futureGuardMs;

    EventRules(Duration futureGuard) {
        this.futureGuardMs = futureGuard.toMillis();
    }

    /** Throws at the first broken rule. */
    void require(Topic topic, SpecificRecord event, long receivedAtMs) {
        requireFields(topic, event, "", receivedAtMs);
        if (event instanceof LineTelemetry report) {
            requireTelemetry(topic, report);
        } else if (event instanceof Plant plant) {
            requirePlant(topic, plant);
        } else if (event instanceof Line line) {
            requireLine(topic, line);
        } else if (event instanceof Product product) {
            requireProduct(topic, product);
        } else if (event instanceof Supplier supplier) {
            require(
                    !supplier.getParentEntity().isBlank(),
                    RejectReason.BAD_VALUE,
                    topic,
                    "parentEntity",
                    supplier.getParentEntity(),
                    "the company or agency that owns the supplier",
                    "nobody does: then write the supplier's own name");
        } else if (event instanceof ShiftPlan plan) {
            requireShiftPlan(topic, plan);
        } else if (event instanceof OrderEvent order) {
            requireOrder(topic, order);
        } else if (event instanceof WorkforceReport report) {
            require(
                    report.getPeoplePerShift() >= 1,
                    RejectReason.BAD_VALUE,
                    topic,
                    "peoplePerShift",
                    report.getPeoplePerShift(),
                    "1 or more",
                    "the line runs unattended: then leave its report out, for people do not limit it");
        } else if (event instanceof SurgeRequirement requirement) {
            double unitsPerMonth = requirement.getUnitsPerMonth();
            require(
                    unitsPerMonth == 0 || unitsPerMonth >= LEAST_QUANTITY,
                    RejectReason.BAD_VALUE,
                    topic,
                    "unitsPerMonth",
                    unitsPerMonth,
                    "0, or at least 0.000000001",
                    "nothing is required any more: then write 0");
            requireDays(topic, "reachWithinDays", requirement.getReachWithinDays());
            requireDays(topic, "sustainDays", requirement.getSustainDays());
        } else if (event instanceof DeliveryEvent delivery) {
            requireQuantity(topic, delivery.getQuantity(), "nothing was delivered: then leave it out");
        }
    }

    /** Whether a report keeps every rule; says so without a sentence, and faster. Of its line's id it looks at the bytes in the record alone. */
    boolean hold(TelemetryDecoder report, byte[] record, long receivedAtMs) {
        return isOtherId(record, report.lineIdFrom(), report.lineIdTo())
                && report.eventTimeMs() >= EARLIEST_EVENT_MS
                && report.eventTimeMs() <= receivedAtMs + futureGuardMs
                && isCount(report.sessionId(), Long.MAX_VALUE)
                && isCount(report.sequence(), LARGEST_COUNT)
                && isCount(report.goodCount(), LARGEST_COUNT)
                && isCount(report.scrapCount(), LARGEST_COUNT)
                && isCount(report.reworkCount(), LARGEST_COUNT)
                && (report.orderId() == null || isOtherId(report.orderId()))
                && (report.productId() == null || isProductId(report.productId()))
                && (report.reasonCode() == null || isText(report.reasonCode()));
    }

    private void requireFields(Topic topic, IndexedRecord record, String prefix, long receivedAtMs) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            String path = prefix + field.name();
            if (value instanceof String text) {
                requireText(topic, field.name(), path, text);
            } else if (value instanceof Number number) {
                requireLimits(topic, field, path, number);
            } else if (value instanceof Instant instant) {
                requireInstant(topic, field.name(), path, instant, receivedAtMs);
            } else if (value instanceof IndexedRecord part) {
                requireFields(topic, part, path + ".", receivedAtMs);
            } else if (value instanceof List<?> parts) {
                for (int i = 0; i < parts.size(); i++) {
                    if (parts.get(i) instanceof IndexedRecord part) {
                        requireFields(topic, part, path + "[" + i + "].", receivedAtMs);
                    }
                }
            }
        }
    }

    private static void requireText(Topic topic, String name, String path, String text) {
        if (name.endsWith("Id")) {
            requireId(topic, name, path, text);
        } else if (name.equals("nation") || name.equals("buyerNation")) {
            require(
                    NATION.matcher(text).matches(),
                    RejectReason.BAD_VALUE,
                    topic,
                    path,
                    text,
                    "three capital letters of ISO 3166-1, such as POL",
                    "it is the two-letter code");
        } else {
            require(
                    isText(text),
                    RejectReason.BAD_VALUE,
                    topic,
                    path,
                    text,
                    "at most " + LONGEST_TEXT + " characters without control characters",
                    "another field, or a file, was put here");
        }
    }

    private static void requireId(Topic topic, String name, String path, String id) {
        require(
                !id.isEmpty(),
                RejectReason.MISSING_ID,
                topic,
                path,
                id,
                "there",
                "the edge was not told what it belongs to");
        switch (name) {
            case "plantId" ->
                require(
                        PLANT_ID.matcher(id).matches(),
                        RejectReason.MALFORMED_ID,
                        topic,
                        path,
                        id,
                        "an NCAGE code: five digits or capital letters",
                        "it is the plant's name");
            case "productId" ->
                require(
                        isProductId(id),
                        RejectReason.MALFORMED_ID,
                        topic,
                        path,
                        id,
                        "a NATO Stock Number such as 1320-01-ABC-1234, or 2 to 40 small letters, digits and hyphens",
                        "it is written in capitals or with blanks");
            default ->
                require(
                        isOtherId(id) || (name.equals("inputId") && isProductId(id)),
                        RejectReason.MALFORMED_ID,
                        topic,
                        path,
                        id,
                        "1 to 64 letters, digits, dots, underscores and hyphens",
                        "it holds a blank or a letter with an accent");
        }
    }

    private static void requireLimits(Topic topic, Schema.Field field, String path, Number number) {
        double value = number.doubleValue();
        require(
                Double.isFinite(value),
                RejectReason.BAD_VALUE,
                topic,
                path,
                number,
                "a finite number",
                "it was divided by zero");
        require(
                number instanceof Long || Math.abs(value) <= LARGEST_AMOUNT,
                RejectReason.BAD_VALUE,
                topic,
                path,
                number,
                "1e15 or less",
                "its unit is another one");
        if (field.getObjectProp("minimum") instanceof Number least) {
            require(
                    value >= least.doubleValue(),
                    least.intValue() == 0 ? RejectReason.NEGATIVE_COUNT : RejectReason.BAD_VALUE,
                    topic,
                    path,
                    number,
                    least + " or more",
                    whyTooLittle(topic, field.name()));
        }
        if (field.getObjectProp("maximum") instanceof Number greatest) {
            require(
                    value <= greatest.doubleValue(),
                    RejectReason.BAD_VALUE,
                    topic,
                    path,
                    number,
                    greatest + " or less",
                    "its unit is another one");
        }
    }

    private static String whyTooLittle(Topic topic, String name) {
        if (topic == Topic.LINE_TELEMETRY) {
            return "a signed counter ran over where it was read";
        }
        if (topic == Topic.ORDERS && name.equals("quantity")) {
            return "it says by how much the order shrank: AMENDED says the whole quantity that is ordered now, CANCELLED the one that was ordered";
        }
        if (topic == Topic.DELIVERIES && name.equals("quantity")) {
            return "it takes back an earlier delivery: send that one again instead, with its deliveryId and stage, a later eventTime and the right quantity";
        }
        if (name.equals("sustainDays")) {
            return "the default of the posture is meant: then leave it out";
        }
        if (topic == Topic.MATERIAL_STOCKS) {
            return "it says by how much the stock shrank: send what is there now, and the receipts still to come";
        }
        return "it has a minus sign too many";
    }

    private void requireInstant(Topic topic, String name, String path, Instant instant, long receivedAtMs) {
        if (name.equals("eventTime")) {
            require(
                    instant.toEpochMilli() >= EARLIEST_EVENT_MS,
                    RejectReason.ANCIENT_EVENT,
                    topic,
                    path,
                    instant,
                    "in the year 2000 or later",
                    "the edge's clock was never set");
            require(
                    instant.toEpochMilli() <= receivedAtMs + futureGuardMs,
                    RejectReason.FUTURE_EVENT,
                    topic,
                    path,
                    instant,
                    "at most " + futureGuardMs / 60_000 + " min after it was received ("
                            + Instant.ofEpochMilli(receivedAtMs) + ")",
                    "the edge's clock is ahead");
        } else {
            require(
                    !instant.isBefore(EARLIEST_DATE) && instant.isBefore(LATEST_DATE),
                    RejectReason.BAD_VALUE,
                    topic,
                    path,
                    instant,
                    "in the years 1900 to 2199",
                    "the year has a wrong digit, or it is not in milliseconds");
        }
    }

    private static void requireTelemetry(Topic topic, LineTelemetry report) {
        requireCount(topic, "sessionId", report.getSessionId(), Long.MAX_VALUE);
        requireCount(topic, "sequence", report.getSequence(), LARGEST_COUNT);
        requireCount(topic, "goodCount", report.getGoodCount(), LARGEST_COUNT);
        requireCount(topic, "scrapCount", report.getScrapCount(), LARGEST_COUNT);
        if (report.getReworkCount() != null) {
            requireCount(topic, "reworkCount", report.getReworkCount(), LARGEST_COUNT);
        }
    }

    private static void requireCount(Topic topic, String path, long count, long largest) {
        require(
                count >= 0,
                RejectReason.NEGATIVE_COUNT,
                topic,
                path,
                count,
                "0 or more",
                "a signed counter ran over where it was read");
        require(
                count <= largest,
                RejectReason.BAD_VALUE,
                topic,
                path,
                count,
                largest + " or less",
                "the counter was read with the wrong byte order");
    }

    private static void requirePlant(Topic topic, Plant plant) {
        require(
                ZONES.contains(plant.getTimeZone()),
                RejectReason.UNKNOWN_ZONE,
                topic,
                "timeZone",
                plant.getTimeZone(),
                "a zone of the IANA database, such as Europe/Warsaw",
                zoneMeant(plant.getTimeZone()));
        requireForm(topic, "dayStartsAt", plant.getDayStartsAt(), TIME_OF_DAY, "a local time such as 06:00");
        requireForm(topic, "managerEmail", plant.getManagerEmail(), MAIL, "a mail address");
        requireForm(
                topic,
                "managerWebhook",
                plant.getManagerWebhook(),
                WEB_ADDRESS,
                "an address starting http:// or https://");
    }

    private static void requireForm(Topic topic, String path, @Nullable String value, Pattern form, String rule) {
        require(
                value == null || form.matcher(value).matches(),
                RejectReason.BAD_VALUE,
                topic,
                path,
                String.valueOf(value),
                rule,
                "it should be left out");
    }

    private static String zoneMeant(String written) {
        String city = "/"
                + written.substring(written.lastIndexOf('/') + 1)
                        .replace(' ', '_')
                        .toLowerCase(Locale.ROOT);
        return ZONES.stream()
                .filter(zone -> ("/" + zone).toLowerCase(Locale.ROOT).endsWith(city))
                .min(String::compareTo)
                .map(zone -> "you meant " + zone)
                .orElse("it is an abbreviation, or misspelt");
    }

    private static void requireLine(Topic topic, Line line) {
        requireCycle(topic, "idealCycleSeconds", line.getIdealCycleSeconds());
        Set<String> products = new HashSet<>();
        for (int i = 0; i < line.getCycles().size(); i++) {
            ProductCycle cycle = line.getCycles().get(i);
            String path = "cycles[" + i + "].";
            requireCycle(topic, path + "idealCycleSeconds", cycle.getIdealCycleSeconds());
            require(
                    products.add(cycle.getProductId()),
                    RejectReason.BAD_VALUE,
                    topic,
                    path + "productId",
                    cycle.getProductId(),
                    "in the list once",
                    "one of the two is another product");
        }
    }

    private static void requireCycle(Topic topic, String path, double seconds) {
        require(
                ReferenceReader.cycleUs(seconds) >= 1 && seconds <= 1e9,
                RejectReason.BAD_VALUE,
                topic,
                path,
                seconds,
                "at least 0.000001 and at most 1000000000",
                "the cycle is not known yet: then leave the line out");
    }

    private static void requireProduct(Topic topic, Product product) {
        String group = product.getInterchangeabilityGroup();
        require(
                group == null || !group.isBlank(),
                RejectReason.BAD_VALUE,
                topic,
                "interchangeabilityGroup",
                String.valueOf(group),
                "the name of a group",
                "nothing stands in for the product: then leave it out");
        for (int i = 0; i < product.getBillOfMaterials().size(); i++) {
            BillOfMaterialsItem item = product.getBillOfMaterials().get(i);
            require(
                    item.getQuantityPerUnit() >= LEAST_QUANTITY,
                    RejectReason.BAD_VALUE,
                    topic,
                    "billOfMaterials[" + i + "].quantityPerUnit",
                    item.getQuantityPerUnit(),
                    "at least 0.000000001",
                    "the product takes none of " + item.getInputId() + ": then leave it out of the bill");
        }
    }

    /** A break outside its shift does no harm: it takes nothing from the plan. */
    private static void requireShiftPlan(Topic topic, ShiftPlan plan) {
        requireInterval(topic, "", plan.getStart(), plan.getEnd());
        for (int i = 0; i < plan.getBreaks().size(); i++) {
            PlanBreak pause = plan.getBreaks().get(i);
            requireInterval(topic, "breaks[" + i + "].", pause.getStart(), pause.getEnd());
        }
    }

    private void requireOrder(Topic topic, OrderEvent order) {
        requireQuantity(
                topic,
                order.getQuantity(),
                "cancel it instead, by a CANCELLED event with the quantity that was ordered");
        Instant latest = order.getEventTime().plusMillis(futureGuardMs);
        require(
                !order.getConfirmedAt().isAfter(latest),
                RejectReason.BAD_VALUE,
                topic,
                "confirmedAt",
                order.getConfirmedAt(),
                "at most " + futureGuardMs / 60_000 + " min after eventTime (" + order.getEventTime() + ")",
                "confirmedAt and promisedAt changed places");
        require(
                !order.getPromisedAt().isBefore(order.getConfirmedAt()),
                RejectReason.BAD_INTERVAL,
                topic,
                "promisedAt",
                order.getPromisedAt(),
                "at or after confirmedAt (" + order.getConfirmedAt() + ")",
                "confirmedAt and promisedAt changed places");
        Instant last = order.getConfirmedAt()
                .atOffset(ZoneOffset.UTC)
                .plusYears(LONGEST_PROMISE_YEARS)
                .toInstant();
        require(
                !order.getPromisedAt().isAfter(last),
                RejectReason.BAD_VALUE,
                topic,
                "promisedAt",
                order.getPromisedAt(),
                "at most " + LONGEST_PROMISE_YEARS + " years after confirmedAt (" + order.getConfirmedAt() + ")",
                "its year has a wrong digit, or stands for a date that nobody knows yet");
    }

    private static void requireDays(Topic topic, String path, @Nullable Integer days) {
        require(
                days == null || days <= Requirement.LONGEST_DAYS,
                RejectReason.BAD_VALUE,
                topic,
                path,
                days == null ? 0 : days,
                Requirement.LONGEST_DAYS + " or less",
                "it is in hours");
    }

    /** Less than nothing is refused by the schema's minimum. */
    private static void requireQuantity(Topic topic, long quantity, String maybe) {
        require(quantity >= 1, RejectReason.BAD_VALUE, topic, "quantity", quantity, "1 or more", maybe);
        require(
                quantity <= LARGEST_COUNT,
                RejectReason.BAD_VALUE,
                topic,
                "quantity",
                quantity,
                LARGEST_COUNT + " or less",
                "its unit is another one");
    }

    private static void requireInterval(Topic topic, String prefix, Instant start, Instant end) {
        require(
                !end.isBefore(start),
                RejectReason.BAD_INTERVAL,
                topic,
                prefix + "end",
                end,
                "at or after " + prefix + "start (" + start + ")",
                "a night shift ends on the next day");
    }

    private static void require(
            boolean holds, RejectReason code, Topic topic, String path, Object value, String rule, String maybe) {
        if (!holds) {
            throw new BrokenRuleException(
                    code,
                    "Field '%s' of %s is %s: it must be %s.\nMaybe %s."
                            .formatted(path, topic.baseName(), quoted(value), rule, maybe));
        }
    }

    private static String quoted(Object value) {
        if (!(value instanceof String text)) {
            return String.valueOf(value);
        }
        if (text.isEmpty()) {
            return "empty";
        }
        String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        StringBuilder safe = new StringBuilder("\"");
        shown.chars().forEach(c -> safe.append(isControl((char) c) ? '\uFFFD' : (char) c));
        return safe.append('"').toString();
    }

    private static boolean isCount(long count, long largest) {
        return count >= 0 && count <= largest;
    }

    private static boolean isProductId(String id) {
        return LOCAL_PRODUCT_ID.matcher(id).matches()
                || STOCK_NUMBER.matcher(id).matches();
    }

    /** An id of everything but plants and products; by hand, because it is asked for every report. */
    private static boolean isOtherId(byte[] text, int from, int to) {
        if (to == from || to - from > LONGEST_ID) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isOfOtherId((char) text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOtherId(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isOfOtherId(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfOtherId(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static boolean isText(String text) {
        if (text.length() > LONGEST_TEXT) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isControl(char c) {
        return c < ' ' || c == 0x7f;
    }
}

package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.Product;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.jspecify.annotations.Nullable;

/** Surge readiness of one day: every day that counts is looked at, one after the other. */
final class SurgeSums {
    static final double MONTH_DAYS = 30.4375;
    private static final double MONTH_WEEKS = MONTH_DAYS / 7;
    private static final double CREW_HOURS_A_WEEK = 40;
    private static final int LAST_DAY = 730;
    private static final double TOLERANCE = 1e-9;
    private static final Duration STALE_AFTER = Duration.ofDays(14);
    private static final List<String> POSTURES = List.of("PEACETIME", "CRISIS", "CONFLICT");
    private static final List<String> EVIDENCES = List.of("DEMONSTRATED", "CONTRACTED", "ESTIMATED");

    /** Under which conditions something is looked at. */
    private record Case(
            String posture, String evidence, @Nullable String lostParent, boolean low) {}

    /** What a node gives under conditions. */
    private record Asked(
            SurgeNode node,
            String posture,
            String evidence,
            @Nullable String lostParent,
            boolean low) {}

    /** A node's daily figures: of lines what they make, of a material what is there and what comes. */
    private record Course(double[] made, double[] stock, double[] inflow) {}

    /** The share of what is required that a node allows. */
    private record Share(SurgeNode node, double share) {}

    private final SurgeWorld world;
    private final SurgeRows rows;
    private final SurgeBills bills;
    private final Map<String, SurgeStocks> stocks = new HashMap<>();
    private final Map<String, Map<SurgeNode, Double>> draws = new HashMap<>();
    private final Map<String, SortedMap<SurgeNode, Double>> uses = new HashMap<>();
    private final Map<Asked, Course> courses = new HashMap<>();
    private final int lastDay;

    SurgeSums(SurgeWorld world, SurgeRows rows) {
        this.world = world;
        this.rows = rows;
        this.bills = new SurgeBills(world);
        int last = 2 * LAST_DAY;
        for (SurgeRequirement requirement : world.requirements()) {
            int hold = hold(requirement);
            last = Math.max(last, Math.max(reach(requirement), LAST_DAY) + hold);
        }
        lastDay = last;
        for (String posture : POSTURES) {
            draws.put(posture, bills.drawADay(posture));
        }
    }

    static boolean isStale(@Nullable Instant heard, Instant now) {
        return heard == null || heard.isBefore(now.minus(STALE_AFTER));
    }

    void addRows() {
        for (SurgeRequirement requirement : world.requirements()) {
            for (String evidence : EVIDENCES) {
                addReadiness(requirement, evidence);
            }
            addCriticality(requirement);
        }
        for (Line line : world.lines().values()) {
            for (String posture : POSTURES) {
                addConstraint(line, posture, "DEMONSTRATED", demonstrated(line));
                addConstraint(line, posture, "CONTRACTED", isAccepted(line) ? contracted(line, posture) : 0);
                addConstraint(line, posture, "WORKFORCE", workforce(line));
            }
        }
        Set<String> materials = new TreeSet<>(world.materials().keySet());
        for (String materialId : materials) {
            for (String posture : POSTURES) {
                addCover(materialId, posture);
            }
        }
    }

    private void addConstraint(Line line, String posture, String constraint, @Nullable Double unitsPerMonth) {
        rows.add(
                SurgeTable.SURGE_CONSTRAINT,
                world.asOf(),
                line.getLineId(),
                posture,
                constraint,
                unitsPerMonth,
                world.isFinal());
    }

    // Lines

    private boolean isAccepted(Line line) {
        return line.getAvailableFrom() == null || !line.getAvailableFrom().isAfter(world.now());
    }

    /** Units a month; before it is accepted a line has demonstrated nothing, whatever it made on trial. */
    private double demonstrated(Line line) {
        SurgeWorld.@Nullable Weeks weeks = world.weeks().get(line.getLineId());
        if (weeks == null || !isAccepted(line)) {
            return 0;
        }
        SurgeNode node = bills.nodeOf(line.getProductId());
        double most = 0;
        for (int last = 0; last <= 52 - 4; last++) {
            long least = Long.MAX_VALUE;
            for (int week = last; week < last + 4; week++) {
                LocalDate monday = weeks.newest().minusWeeks(week);
                long good = 0;
                for (String product :
                        weeks.good().getOrDefault(monday, Map.of()).keySet()) {
                    good += bills.nodeOf(product).equals(node) ? weeks.units(monday, product) : 0;
                }
                least = Math.min(least, good);
            }
            most = Math.max(most, least);
        }
        return most * MONTH_WEEKS;
    }

    /** Units a month, once it is accepted. */
    private double contracted(Line line, String posture) {
        HoursPerWeek hours = line.getHoursPerWeek();
        double weekly =
                switch (posture) {
                    case "PEACETIME" -> hours.getPeacetime();
                    case "CRISIS" -> hours.getCrisis();
                    default -> hours.getConflict();
                };
        return Math.max(demonstrated(line), weekly * MONTH_WEEKS * line.getDeclaredUnitsPerHour());
    }

    /** Units a month; null if people do not bind. */
    private @Nullable Double workforce(Line line) {
        @Nullable WorkforceReport crew = world.crews().get(line.getLineId());
        if (crew == null || crew.getPeoplePerShift() == 0 || line.getDeclaredUnitsPerHour() == 0) {
            return null;
        }
        return (double) crew.getCertifiedPeople()
                / crew.getPeoplePerShift()
                * CREW_HOURS_A_WEEK
                * MONTH_WEEKS
                * line.getDeclaredUnitsPerHour();
    }

    /** Units a day once it is there. */
    private double capacity(Line line, String posture, String evidence) {
        double equipment = evidence.equals("DEMONSTRATED") ? demonstrated(line) : contracted(line, posture);
        @Nullable Double people = workforce(line);
        return (people == null ? equipment : Math.min(equipment, people)) / MONTH_DAYS;
    }

    /** Whether a line counts on a day; today is 0. */
    private boolean isThere(Line line, String evidence, int day) {
        @Nullable Instant from = line.getAvailableFrom();
        return isAccepted(line)
                || (evidence.equals("ESTIMATED")
                        && from != null
                        && !from.isAfter(world.now().plus(Duration.ofDays(day))));
    }

    // Nodes

    private double draw(String posture, SurgeNode node) {
        return Objects.requireNonNull(draws.get(posture)).getOrDefault(node, 0.0);
    }

    private SurgeStocks stocks(String materialId) {
        return stocks.computeIfAbsent(materialId, id -> new SurgeStocks(world, id));
    }

    private Course course(SurgeNode node, Case under) {
        Asked asked = node.isLines()
                ? new Asked(node, under.posture, under.evidence, null, under.low)
                : new Asked(node, under.posture, "", under.lostParent, under.low);
        @Nullable Course known = courses.get(asked);
        if (known == null) {
            known = node.isLines() ? courseOfLines(node, under) : courseOfMaterial(node, under);
            courses.put(asked, known);
        }
        return known;
    }

    private Course courseOfLines(SurgeNode node, Case under) {
        double[] made = new double[lastDay + 1];
        for (Line line : world.lines().values()) {
            boolean counts = !under.low || !isStale(world.heard().get(line.getLineId()), world.now());
            if (counts && bills.nodeOf(line.getProductId()).equals(node)) {
                double units = capacity(line, under.posture, under.evidence);
                for (int day = 0; day <= lastDay; day++) {
                    made[day] += isThere(line, under.evidence, day) ? units : 0;
                }
            }
        }
        return new Course(made, new double[0], new double[0]);
    }

    private Course courseOfMaterial(SurgeNode node, Case under) {
        SurgeStocks material = stocks(node.id());
        double[] inflow = material.inflow(under.posture, under.lostParent, lastDay);
        return new Course(new double[0], material.course(material.onHand(under.low), inflow), inflow);
    }

    /** The least share of what is required on any day of a stretch; stops where it falls below what is enough. */
    private static double share(Course course, double draw, int from, int days, double enough) {
        if (Double.isInfinite(draw)) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        if (draw == 0) {
            return least;
        }
        double came = 0;
        for (int k = 1; k <= days && least >= enough; k++) {
            if (course.made.length > 0) {
                least = Math.min(least, course.made[from + k - 1] / draw);
            } else {
                came += course.inflow[from + k];
                least = Math.min(least, (course.stock[from] + came) / k / draw);
            }
        }
        return least;
    }

    private List<Share> shares(String productId, Case under, int from, int days, double enough) {
        List<Share> shares = new ArrayList<>();
        for (SurgeNode node : uses.computeIfAbsent(productId, bills::uses).keySet()) {
            double draw = draw(under.posture, node);
            double share = share(course(node, under), draw, from, days, enough);
            shares.add(new Share(node, share));
            if (share < enough) {
                break;
            }
        }
        shares.sort(Comparator.comparingDouble(Share::share).thenComparing(Share::node));
        return shares;
    }

    private static double whole(double share) {
        return share >= 1 - TOLERANCE ? 1 : share;
    }

    private double readiness(SurgeRequirement requirement, Case under) {
        return whole(shares(
                        requirement.getProductId(),
                        under,
                        reach(requirement),
                        hold(requirement),
                        Double.NEGATIVE_INFINITY)
                .get(0)
                .share);
    }

    private boolean isEnough(SurgeRequirement requirement, Case under, int from, int days) {
        double enough = 1 - TOLERANCE;
        return shares(requirement.getProductId(), under, from, days, enough).get(0).share >= enough;
    }

    // Rows

    static int reach(SurgeRequirement requirement) {
        @Nullable Integer days = requirement.getReachWithinDays();
        return days != null
                ? days
                : switch (requirement.getPosture()) {
                    case PEACETIME -> 0;
                    case CRISIS -> 90;
                    case CONFLICT -> 365;
                };
    }

    static int hold(SurgeRequirement requirement) {
        @Nullable Integer days = requirement.getSustainDays();
        return days != null
                ? days
                : switch (requirement.getPosture()) {
                    case PEACETIME -> 90;
                    case CRISIS -> 180;
                    case CONFLICT -> 365;
                };
    }

    private void addReadiness(SurgeRequirement requirement, String evidence) {
        String posture = requirement.getPosture().name();
        double required = requirement.getUnitsPerMonth();
        List<@Nullable Object> row = new ArrayList<>();
        row.add(world.asOf());
        row.add(requirement.getProductId());
        row.add(posture);
        row.add(evidence);
        row.add(required);
        if (required == 0) {
            addAll(row, null, 1, 1, 1, null, null, null, null, null, 0, LAST_DAY, 0, null);
        } else if (bills.uses(requirement.getProductId()).isEmpty()) {
            addAll(row, null, null, null, null, null, null, null, null, null, null, null, null, null);
        } else {
            @Nullable String lost = lostParent(requirement, evidence);
            Case high = new Case(posture, evidence, lost, false);
            List<Share> shares = shares(
                    requirement.getProductId(), high, reach(requirement), hold(requirement), Double.NEGATIVE_INFINITY);
            Share binding = shares.get(0);
            @Nullable Share next = shares.size() > 1 ? shares.get(1) : null;
            @Nullable Integer surge = timeToSurge(requirement, high);
            double readiness = readiness(requirement, high);
            addAll(
                    row,
                    required * binding.share,
                    readiness,
                    readiness(requirement, new Case(posture, evidence, lost, true)),
                    readiness,
                    binding.node.word(),
                    binding.node.id(),
                    next == null ? null : next.node.word(),
                    next == null ? null : next.node.id(),
                    next == null ? null : required * next.share,
                    surge,
                    surge == null ? null : sustained(requirement, high, surge),
                    readiness == 1 ? 0 : required - required * binding.share,
                    lost);
        }
        row.add(world.isFinal());
        rows.add(SurgeTable.SURGE_READINESS, row.toArray());
    }

    private static void addAll(List<@Nullable Object> row, @Nullable Object... values) {
        for (@Nullable Object value : values) {
            row.add(value);
        }
    }

    private @Nullable Integer timeToSurge(SurgeRequirement requirement, Case under) {
        for (int day = 0; day <= LAST_DAY; day++) {
            if (isEnough(requirement, under, day, hold(requirement))) {
                return day;
            }
        }
        return null;
    }

    private int sustained(SurgeRequirement requirement, Case under, int from) {
        int days = Math.min(LAST_DAY, hold(requirement));
        while (days < LAST_DAY && isEnough(requirement, under, from, days + 1)) {
            days++;
        }
        return days;
    }

    private Set<String> parents(SurgeRequirement requirement, boolean onlyAlliedBringers) {
        Set<String> parents = new TreeSet<>();
        for (SurgeNode node : bills.uses(requirement.getProductId()).keySet()) {
            if (!node.isLines()) {
                SurgeStocks material = stocks(node.id());
                parents.addAll(onlyAlliedBringers ? material.alliedBringers() : material.parents());
            }
        }
        return parents;
    }

    /** Without whom readiness is least; of several without whom the materials, looked at by themselves, allow least; of these the first by name. */
    private @Nullable String lostParent(SurgeRequirement requirement, String evidence) {
        String posture = requirement.getPosture().name();
        @Nullable String worst = null;
        double worstReadiness = Double.POSITIVE_INFINITY;
        double worstOfMaterials = Double.POSITIVE_INFINITY;
        if (posture.equals("CONFLICT")) {
            for (String parent : parents(requirement, true)) {
                Case without = new Case(posture, evidence, parent, false);
                double readiness = readiness(requirement, without);
                double ofMaterials = shareOfMaterials(requirement, without);
                boolean isSame = isSame(readiness, worstReadiness);
                if (worst == null
                        || (isSame ? isLess(ofMaterials, worstOfMaterials) : isLess(readiness, worstReadiness))) {
                    worst = parent;
                    worstReadiness = readiness;
                    worstOfMaterials = ofMaterials;
                }
            }
        }
        return worst;
    }

    private static boolean isLess(double a, double b) {
        return a < b && !isSame(a, b);
    }

    private static boolean isSame(double a, double b) {
        return a == b || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.min(a, b));
    }

    private double shareOfMaterials(SurgeRequirement requirement, Case under) {
        double least = Double.POSITIVE_INFINITY;
        for (Share share : shares(
                requirement.getProductId(), under, reach(requirement), hold(requirement), Double.NEGATIVE_INFINITY)) {
            least = share.node.isLines() ? least : Math.min(least, share.share);
        }
        return least;
    }

    private void addCriticality(SurgeRequirement requirement) {
        if (requirement.getUnitsPerMonth() == 0) {
            return;
        }
        String posture = requirement.getPosture().name();
        for (String parent : parents(requirement, false)) {
            double with = readiness(requirement, new Case(posture, "CONTRACTED", null, false));
            double without = readiness(requirement, new Case(posture, "CONTRACTED", parent, false));
            rows.add(
                    SurgeTable.SUPPLIER_CRITICALITY,
                    world.asOf(),
                    parent,
                    requirement.getProductId(),
                    posture,
                    without,
                    with - without,
                    world.isFinal());
        }
    }

    private void addCover(String materialId, String posture) {
        SurgeStocks material = stocks(materialId);
        double draw = draw(posture, SurgeNode.material(materialId));
        addCover(materialId, "ALL", posture, material.onHand(false), draw);
        drawByPlant(materialId, posture, draw)
                .forEach((plantId, ofPlant) ->
                        addCover(materialId, plantId, posture, material.onHand(plantId), ofPlant));
    }

    private void addCover(String materialId, String plantId, String posture, double onHand, double draw) {
        rows.add(
                SurgeTable.MATERIAL_COVER,
                world.asOf(),
                plantId,
                materialId,
                posture,
                draw == 0 ? null : Double.isInfinite(draw) ? 0 : onHand / draw,
                stocks(materialId).isSingleSource(),
                onHand,
                Double.isInfinite(draw) ? null : draw,
                world.isFinal());
    }

    /**
     * A plant's share is that of what its lines could take at contracted capacity. What products without a line of their own take, and
     * everything if no line could take any, is shared by stock.
     */
    private Map<String, Double> drawByPlant(String materialId, String posture, double draw) {
        SurgeStocks material = stocks(materialId);
        Map<String, Double> perUnit = new TreeMap<>();
        for (Product product : world.products().values()) {
            double units = 0;
            for (BillOfMaterialsItem item : product.getBillOfMaterials()) {
                units += item.getInputId().equals(materialId) ? item.getQuantityPerUnit() : 0;
            }
            perUnit.put(product.getProductId(), units == 0 ? 0 : units / bills.quality(product.getProductId()));
        }
        Map<String, Double> couldTake = new TreeMap<>();
        Map<String, Double> ofKits = bills.productsADay(posture);
        double all = 0;
        for (Line line : world.lines().values()) {
            ofKits.remove(line.getProductId());
            double takes = isAccepted(line)
                    ? capacity(line, posture, "CONTRACTED") * perUnit.getOrDefault(line.getProductId(), 0.0)
                    : 0;
            // Nothing made takes nothing, however much would be wasted.
            if (!Double.isNaN(takes)) {
                couldTake.merge(line.getPlantId(), takes, Double::sum);
                all += takes;
            }
        }
        double byKits = 0;
        for (Map.Entry<String, Double> kit : ofKits.entrySet()) {
            double units = perUnit.getOrDefault(kit.getKey(), 0.0);
            byKits += units == 0 ? 0 : kit.getValue() * units;
        }
        double byStock = all == 0 ? draw : byKits;
        double byLines = Math.abs(draw - byStock) < TOLERANCE * draw ? 0 : draw - byStock;
        double stock = material.onHand(false);
        Map<String, Double> byPlant = new TreeMap<>();
        for (String plantId : material.plants()) {
            double stockShare = stock == 0 ? 1.0 / material.plants().size() : material.onHand(plantId) / stock;
            double lineShare = all == 0 ? 0 : couldTake.getOrDefault(plantId, 0.0) / all;
            boolean isEndless = Double.isInfinite(draw) || Double.isInfinite(all);
            byPlant.put(plantId, isEndless ? draw : byLines * lineShare + byStock * stockShare);
        }
        return byPlant;
    }
}

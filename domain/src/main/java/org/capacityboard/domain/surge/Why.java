package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The words for a figure: what is needed, what is possible, what binds, and by which chain. */
final class Why {
    private static final int MOST_NAMES = 3;

    private final Usage usage;
    private final Requirement required;
    private final Evidence evidence;
    private final List<String> parentNames;
    private final int staleAfterDays;

    Why(Usage usage, Requirement required, Evidence evidence, List<String> parentNames, int staleAfterDays) {
        this.usage = usage;
        this.required = required;
        this.evidence = evidence;
        this.parentNames = parentNames;
        this.staleAfterDays = staleAfterDays;
    }

    /**
     * @param lostParent parent that is taken to be lost
     * @param lossBinds whether what binds would allow more with the parent
     * @param lossLimitsNext whether what binds next would
     */
    String words(
            @Nullable Double readinessLow,
            @Nullable Limit binding,
            @Nullable Limit next,
            int lostParent,
            boolean lossBinds,
            boolean lossLimitsNext) {
        StringBuilder words = new StringBuilder(200).append(usage.product().name());
        double needed = required.unitsPerMonth();
        String posture = required.posture().words();
        if (needed == 0) {
            return words.append(": nothing needed in ")
                    .append(posture)
                    .append('.')
                    .toString();
        }
        words.append(": ")
                .append(Numbers.text(needed))
                .append(" a month needed in ")
                .append(posture);
        if (binding == null) {
            return words.append("; what is possible is unknown: no line makes it and no bill of materials says what it"
                            + " takes.")
                    .toString();
        }
        words.append("; ").append(Numbers.text(needed * binding.share())).append(" possible");
        words.append(
                switch (evidence) {
                    case DEMONSTRATED -> " as demonstrated";
                    case CONTRACTED -> "";
                    case ESTIMATED -> " as estimated";
                });
        if (lossBinds) {
            words.append(" without ").append(parentNames.get(lostParent));
        }
        words.append(": ").append(name(binding.node())).append(verb(binding)).append(" (");
        chain(binding, words);
        source(binding, lostParent, words);
        amount(binding, words);
        words.append(')');
        if (next != null) {
            words.append(", then ").append(name(next.node())).append(" (").append(Numbers.text(needed * next.share()));
            if (lossLimitsNext && !lossBinds) {
                words.append(" without ").append(parentNames.get(lostParent));
            }
            words.append(')');
        }
        if (lostParent != Supplies.NOBODY && !lossBinds && !lossLimitsNext) {
            words.append("; ").append(parentNames.get(lostParent)).append(" being lost changes nothing");
        }
        words.append('.');
        if (readinessLow != null && !Share.isNoMore(Math.min(1, binding.share()), readinessLow)) {
            words.append(" Only ")
                    .append(Numbers.text(needed * readinessLow))
                    .append(" if lines and stocks not heard of for ")
                    .append(staleAfterDays == 1 ? "a day" : Numbers.text(staleAfterDays) + " days")
                    .append(" count as nothing.");
        }
        return words.toString();
    }

    private boolean isOwn(Node node) {
        LineNode own = usage.product().lines();
        return own != null && own.index() == node.index();
    }

    private String name(Node node) {
        if (!isOwn(node)) {
            return node.name();
        }
        boolean isShared = !node.name().equals(usage.product().name());
        return isShared ? "the lines of " + node.name() : "its own lines";
    }

    private String verb(Limit binding) {
        boolean many = isOwn(binding.node());
        if (Share.isWhole(binding.share())) {
            return " would bind first";
        }
        return many ? " bind" : " binds";
    }

    /** How much of it goes into one unit, and by way of what. */
    private void chain(Limit binding, StringBuilder words) {
        Deque<String> through = usage.through(binding.node());
        double perUnit = usage.perUnit(binding.node());
        boolean single = binding.node() instanceof LineNode && Math.abs(perUnit - 1) <= 1e-9;
        if (Double.isInfinite(perUnit)) {
            words.append("no good unit in the last 13 weeks, ");
        } else if (!single) {
            words.append(Numbers.text(perUnit));
            if (binding.node() instanceof MaterialNode material) {
                words.append(' ').append(material.unit());
            }
            words.append(" each, ");
        }
        if (!through.isEmpty()) {
            words.append("through ").append(shortened(through)).append("; ");
        }
    }

    private void source(Limit binding, int lostParent, StringBuilder words) {
        if (binding.node() instanceof LineNode lines) {
            source(lines, words);
        } else if (binding.node() instanceof MaterialNode material) {
            source(material, lostParent, words);
        }
        words.append(": ");
    }

    private void source(LineNode node, StringBuilder words) {
        List<String> working = new ArrayList<>();
        boolean byEquipment = false;
        boolean byPeople = false;
        for (LineFigures line : node.lines()) {
            double equipment = line.equipment(required.posture(), evidence, required.reachDays());
            Double workforce = line.workforce();
            if (equipment > 0) {
                working.add(line.line().lineId());
                boolean fewPeople = workforce != null && workforce < equipment;
                byPeople |= fewPeople;
                byEquipment |= !fewPeople;
            }
        }
        if (working.isEmpty()) {
            words.append(idle(node));
            return;
        }
        words.append(working.size() == 1 ? "line " : working.size() <= MOST_NAMES ? "lines " : "")
                .append(working.size() <= MOST_NAMES ? listed(working) : working.size() + " lines")
                .append(byPeople ? byEquipment ? ", equipment and people" : ", people" : ", equipment");
    }

    private String idle(LineNode node) {
        boolean notYet = node.lines().stream().allMatch(line -> line.firstDay() > 0);
        if (notYet) {
            return "no line accepted yet";
        }
        return evidence == Evidence.DEMONSTRATED ? "no line has held a rate for four weeks" : "no line can work";
    }

    private void source(MaterialNode material, int lostParent, StringBuilder words) {
        TreeSet<String> suppliers = new TreeSet<>();
        for (SupplierFlow flow : material.flows(required.posture())) {
            if (flow.parent() != lostParent && flow.bringsAnything()) {
                suppliers.add(parentNames.get(flow.parent()));
            }
        }
        boolean stock = material.stockToday(false) > 0;
        if (suppliers.isEmpty()) {
            words.append(stock ? "stock alone" : "no stock and no supplier");
        } else {
            words.append(stock ? "stock and " : "")
                    .append(
                            suppliers.size() <= MOST_NAMES
                                    ? listed(List.copyOf(suppliers))
                                    : suppliers.size() + " suppliers");
        }
    }

    private static String shortened(Deque<String> names) {
        if (names.size() <= MOST_NAMES) {
            return String.join(", ", names);
        }
        int named = MOST_NAMES - 1;
        return String.join(", ", names.stream().limit(named).toList()) + " and " + (names.size() - named) + " more";
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private void amount(Limit binding, StringBuilder words) {
        words.append(Numbers.text(binding.suppliedPerMonth()));
        boolean material = binding.node() instanceof MaterialNode;
        double needed = required.unitsPerMonth();
        if (Double.isInfinite(binding.drawnPerMonth())) {
            return;
        }
        if (material || Math.abs(binding.drawnPerMonth() - needed) > 1e-9 * needed) {
            words.append(" of ").append(Numbers.text(binding.drawnPerMonth()));
            if (binding.node() instanceof MaterialNode node) {
                words.append(' ').append(node.unit());
            }
            words.append(" a month");
        }
    }
}

package org.capacityboard.local.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.capacityboard.domain.surge.AddedHours;
import org.capacityboard.domain.surge.Comparison;
import org.capacityboard.domain.surge.ConstraintKind;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.Numbers;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.ReadinessRow;
import org.jspecify.annotations.Nullable;

/** An answer for people: what is assumed, and by posture what changes, what does not, and why. */
public final class WhatIfText {
    private static final int WIDTH = 118;
    private static final int MOST_NAMES = 5;
    private static final List<Grid.Column> COLUMNS = List.of(
            new Grid.Column("product", false, 24),
            new Grid.Column("needed a month", true, 10),
            new Grid.Column("possible now", true, 16),
            new Grid.Column("possible then", true, 16),
            new Grid.Column("change", true, 10),
            new Grid.Column("what binds", false, 26),
            new Grid.Column("what binds next", false, 24));

    private final WhatIfAnswer answer;
    private final Names names;
    private final boolean nothingChanges;
    private final List<String> lines = new ArrayList<>();

    private WhatIfText(WhatIfAnswer answer) {
        this.answer = answer;
        names = answer.names();
        nothingChanges = answer.comparisons().stream().noneMatch(Comparison::changed);
    }

    /** The answer in lines of at most some 120 characters. */
    public static List<String> of(WhatIfAnswer answer) {
        WhatIfText text = new WhatIfText(answer);
        text.head();
        Arrays.stream(Posture.values()).forEach(text::posture);
        return text.lines;
    }

    private void head() {
        lines.add("What if");
        for (Assumption assumption : answer.assumptions()) {
            paragraph("  - ", assumption.words(names));
        }
        lines.add("");
        KnownState state = answer.state();
        lines.add("State of " + state.asOf() + " in " + state.source()
                + (state.watermark() == null ? "" : ", events seen up to " + state.watermark()) + ".");
        lines.add(
                switch (answer.evidence()) {
                    case DEMONSTRATED -> "Lines count with what they have shown for four weeks.";
                    case CONTRACTED ->
                        "Lines count with their contract: declared rate and hours of the posture, or more if they have"
                                + " shown more.";
                    case ESTIMATED ->
                        "Lines count with their contract, those not accepted yet from the day on which they will be.";
                });
    }

    private void posture(Posture posture) {
        List<Comparison> all = answer.comparisons().stream()
                .filter(one -> one.after().posture() == posture)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(posture.name());
        List<Comparison> changed = all.stream().filter(Comparison::changed).toList();
        if (!changed.isEmpty()) {
            Grid grid = new Grid(COLUMNS);
            changed.forEach(one -> row(grid, one));
            lines.addAll(grid.lines());
            lines.add("");
            changed.forEach(this::why);
        }
        unchanged(all.stream().filter(one -> !one.changed()).toList(), !changed.isEmpty());
        answer.addedHours().stream()
                .filter(hours -> hours.posture() == posture)
                .map(AddedHours::words)
                .forEach(words -> paragraph("", words));
    }

    private void row(Grid grid, Comparison one) {
        ReadinessRow before = one.before();
        ReadinessRow after = one.after();
        String required = Numbers.text(after.requiredPerMonth());
        boolean asBefore = before != null && before.requiredPerMonth() == after.requiredPerMonth();
        String was = before == null ? "nothing" : Numbers.text(before.requiredPerMonth());
        grid.row(
                names.product(after.productId()),
                asBefore ? required : was + "\n-> " + required,
                possible(before),
                possible(after),
                change(before, after),
                binding(one),
                next(one));
    }

    private static String possible(@Nullable ReadinessRow row) {
        if (row == null || row.requiredPerMonth() == 0) {
            return "not needed";
        }
        Double achievable = row.achievablePerMonth();
        Double readiness = row.readiness();
        return achievable == null || readiness == null
                ? "unknown"
                : Numbers.text(achievable) + " (" + percent(readiness) + ")";
    }

    /** Rounded, but whole only if it is. */
    static String percent(double ratio) {
        String text = Numbers.text(ratio * 100);
        return (ratio < 1 && text.equals("100") ? "99.9" : text) + " %";
    }

    private static String change(@Nullable ReadinessRow before, ReadinessRow after) {
        Double was = before == null ? null : before.achievablePerMonth();
        Double is = after.achievablePerMonth();
        if (was == null || is == null) {
            return "-";
        }
        String difference = Numbers.text(is - was);
        return is > was && !difference.equals("0") ? "+" + difference : difference;
    }

    private static String binding(Comparison one) {
        String now = name(one.ladderBefore(), 0);
        String then = name(one.ladderAfter(), 0);
        return now.equals(then) ? now : now + "\n-> " + then;
    }

    private static String name(List<LadderRow> ladder, int step) {
        return step < ladder.size() ? Names.of(ladder.get(step)) : "nothing";
    }

    private static String next(Comparison one) {
        List<LadderRow> ladder = one.ladderAfter();
        return ladder.size() < 2
                ? "nothing"
                : Names.of(ladder.get(1)) + " (" + Numbers.text(ladder.get(1).achievablePerMonth()) + ")";
    }

    private void why(Comparison one) {
        ReadinessRow before = one.before();
        ReadinessRow after = one.after();
        StringBuilder words = new StringBuilder(after.why());
        if (before != null) {
            Integer day = after.timeToSurgeDays();
            Integer dayNow = before.timeToSurgeDays();
            if (!Objects.equals(day, dayNow)) {
                words.append(" The rate needed would ")
                        .append(day == null ? "never be reached" : "be there " + reached(day))
                        .append(" (now: ")
                        .append(dayNow == null ? "never" : reached(dayNow))
                        .append(").");
            }
            Integer held = after.sustainedDays();
            Integer heldNow = before.sustainedDays();
            if (held != null && heldNow != null && !held.equals(heldNow)) {
                words.append(" It would be held for ")
                        .append(days(held))
                        .append(" (now: ")
                        .append(days(heldNow))
                        .append(").");
            }
        }
        paragraph("", words.toString());
    }

    private static String reached(int day) {
        return day == 0 ? "at once" : "after " + days(day);
    }

    /** Nobody looks further than two years ahead. */
    private static String days(int days) {
        return days == 1 ? "1 day" : (days >= 730 ? "730 days or more" : days + " days");
    }

    private void unchanged(List<Comparison> unchanged, boolean others) {
        if (unchanged.isEmpty()) {
            return;
        }
        int count = unchanged.size();
        if (others) {
            lines.add(count + (count == 1 ? " other unchanged." : " others unchanged."));
        } else {
            lines.add("Nothing changes for " + (count == 1 ? "the one product" : "any of the " + count + " products")
                    + " needed.");
        }
        List<Comparison> named = unchanged.stream().filter(Comparison::touched).toList();
        boolean askedHere = nothingChanges || !answer.addedHours().isEmpty();
        if (named.isEmpty() && !others && askedHere && count <= MOST_NAMES) {
            named = unchanged;
        }
        for (Comparison one : named.subList(0, Math.min(MOST_NAMES, named.size()))) {
            paragraph("", still(one));
        }
        if (named.size() > MOST_NAMES) {
            lines.add("Something else still binds " + (named.size() - MOST_NAMES) + " more.");
        }
    }

    private String still(Comparison one) {
        ReadinessRow row = one.after();
        String product = names.product(row.productId()) + ": ";
        if (one.ladderAfter().isEmpty()) {
            return product + (row.requiredPerMonth() == 0 ? "nothing is needed." : "what binds is unknown.");
        }
        LadderRow binding = one.ladderAfter().get(0);
        String now = product + Names.of(binding) + stillBinds(row, binding) + ", " + possible(row) + " of "
                + Numbers.text(row.requiredPerMonth()) + " a month";
        String moved = one.ladderAfter().stream()
                .flatMap(step -> one.ladderBefore().stream()
                        .filter(old -> old.constraint() == step.constraint()
                                && old.nodeId().equals(step.nodeId())
                                && !Numbers.text(old.achievablePerMonth())
                                        .equals(Numbers.text(step.achievablePerMonth())))
                        .map(old -> Names.of(step) + " would allow " + Numbers.text(step.achievablePerMonth())
                                + " instead of " + Numbers.text(old.achievablePerMonth())))
                .limit(2)
                .collect(Collectors.joining(", "));
        return now + (moved.isEmpty() ? "." : "; " + moved + ".");
    }

    /** Where all that is needed can be made, nothing binds. */
    private static String stillBinds(ReadinessRow row, LadderRow binding) {
        Double readiness = row.readiness();
        if (readiness != null && readiness >= 1) {
            return " would bind first";
        }
        return binding.constraint() == ConstraintKind.MATERIAL ? " still binds" : " still bind";
    }

    private void paragraph(String mark, String words) {
        List<String> wrapped = Grid.wrapped(words, WIDTH - mark.length());
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add((i == 0 ? mark : " ".repeat(Math.max(2, mark.length()))) + wrapped.get(i));
        }
    }
}

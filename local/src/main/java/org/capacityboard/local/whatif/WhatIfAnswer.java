package org.capacityboard.local.whatif;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.capacityboard.domain.surge.AddedHours;
import org.capacityboard.domain.surge.Comparison;
import org.capacityboard.domain.surge.Evidence;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.WhatIf;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;

/**
 * What would be if what is assumed were so.
 *
 * @param state what is known
 * @param assumptions what is assumed
 * @param evidence what the capacity of lines rests on
 * @param comparisons by posture and product, each before and after
 * @param addedHours what more hours do for the lines that get them, by line and posture
 */
public record WhatIfAnswer(
        KnownState state,
        List<Assumption> assumptions,
        Evidence evidence,
        List<Comparison> comparisons,
        List<AddedHours> addedHours) {

    /**
     * What is asked for.
     *
     * @param evidence what the capacity of lines rests on
     * @param postures the postures to tell of; empty: all
     * @param products the products to tell of; empty: all
     */
    public record Question(Evidence evidence, Set<Posture> postures, Set<String> products) {
        boolean asksFor(Posture posture) {
            return postures.isEmpty() || postures.contains(posture);
        }

        private boolean asksFor(Comparison comparison) {
            return comparison.after().evidence() == evidence
                    && asksFor(comparison.after().posture())
                    && (products.isEmpty()
                            || products.contains(comparison.after().productId()));
        }
    }

    /**
     * Reckons it.
     *
     * @throws UserError if an assumption or question names what is not known, or nothing is required of what is asked for
     */
    public static WhatIfAnswer of(KnownState state, List<Assumption> assumptions, Question question) {
        SurgeSnapshot before = state.snapshot();
        requireKnown(before, assumptions, question);
        requireTogether(before, assumptions);
        WhatIf change = all(assumptions);
        SurgeSnapshot after = change.applyTo(before);
        List<Comparison> comparisons = Comparison.of(before, change).stream()
                .filter(question::asksFor)
                .sorted((one, other) ->
                        one.after().posture().compareTo(other.after().posture()))
                .toList();
        if (comparisons.isEmpty()) {
            throw UserError.failed(nothingRequired(question));
        }
        Set<String> lines = new LinkedHashSet<>();
        assumptions.stream().map(Assumption::line).filter(Objects::nonNull).forEach(lines::add);
        List<AddedHours> addedHours = lines.stream()
                .flatMap(line -> AddedHours.of(before, after, line, question.evidence()).stream())
                .filter(hours -> question.asksFor(hours.posture()))
                .toList();
        return new WhatIfAnswer(state, assumptions, question.evidence(), comparisons, addedHours);
    }

    /** What people call the things that it is about. */
    Names names() {
        return new Names(state.snapshot(), all(assumptions).applyTo(state.snapshot()));
    }

    private static WhatIf all(List<Assumption> assumptions) {
        return assumptions.stream().map(Assumption::change).reduce(WhatIf.nothing(), WhatIf::then);
    }

    /** Each by itself can be assumed: together they may still be too much. */
    private static void requireTogether(SurgeSnapshot snapshot, List<Assumption> assumptions) {
        SurgeSnapshot changed = snapshot;
        for (Assumption assumption : assumptions) {
            try {
                changed = assumption.change().applyTo(changed);
            } catch (IllegalArgumentException rule) {
                throw UserError.wrongUsage(new Problem(
                        assumption.option(),
                        assumption.value(),
                        "cannot be assumed together with the others: " + rule.getMessage()));
            }
        }
    }

    private static void requireKnown(SurgeSnapshot snapshot, List<Assumption> assumptions, Question question) {
        List<Problem> problems = new ArrayList<>();
        for (Assumption assumption : assumptions) {
            Problem problem = assumption.problemIn(snapshot);
            if (problem != null) {
                problems.add(problem);
            }
        }
        List<String> products = List.copyOf(snapshot.productIds());
        for (String product : question.products()) {
            if (!products.contains(product)) {
                problems.add(Assumption.unknown("--product", product, "product", product, products));
            }
        }
        if (!problems.isEmpty()) {
            throw UserError.wrongUsage(problems.toArray(Problem[]::new));
        }
    }

    private static Problem nothingRequired(Question question) {
        String product = question.products().stream().findFirst().orElse("PRODUCT");
        Posture posture = question.postures().stream().findFirst().orElse(Posture.CONFLICT);
        return new Problem(
                "surge requirements",
                null,
                "are missing: nothing is required of "
                        + (question.products().isEmpty() ? "any product" : String.join(", ", question.products()))
                        + (question.postures().isEmpty() ? "" : " in " + question.postures()),
                "you want to assume one: --requirement " + product + "/" + posture + "=N");
    }
}

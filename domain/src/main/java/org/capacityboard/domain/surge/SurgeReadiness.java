package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much more, how soon, for how long, and what stops it.
 *
 * <p>Every requirement of a posture is met in the same share of what it draws: a node, that is lines or a material, drawn by several products is divided once,
 * and what one of them cannot use is not handed to others. The share of a product is the least over its nodes of supply over draw.
 *
 * @param asOfEpochDay UTC date that it is about
 * @param readiness by product, posture and evidence, for every requirement
 * @param ladder by product, posture, evidence and step, for every requirement above 0
 * @param constraints by line, posture and limit
 * @param covers by material, posture and plant, all plants last
 * @param criticalities by product, posture and supplier parent
 */
public record SurgeReadiness(
        long asOfEpochDay,
        List<ReadinessRow> readiness,
        List<LadderRow> ladder,
        List<ConstraintRow> constraints,
        List<CoverRow> covers,
        List<CriticalityRow> criticalities) {
    public SurgeReadiness {
        readiness = List.copyOf(readiness);
        ladder = List.copyOf(ladder);
        constraints = List.copyOf(constraints);
        covers = List.copyOf(covers);
        criticalities = List.copyOf(criticalities);
    }

    /**
     * Reckons it.
     *
     * @throws BillCycleException if a product goes into itself
     */
    public static SurgeReadiness of(SurgeSnapshot snapshot) {
        Network network = Network.of(snapshot);
        int longest = snapshot.requirements().stream()
                .mapToInt(Requirement::holdDays)
                .max()
                .orElse(0);
        Trajectory trajectory = new Trajectory();
        Map<Posture, Draw> draws = new HashMap<>();
        Map<Posture, Supplies> supplies = new HashMap<>();
        for (Posture posture : Posture.values()) {
            Draw draw = Draw.of(
                    network,
                    snapshot.requirements().stream()
                            .filter(required -> required.posture() == posture)
                            .toList());
            draws.put(posture, draw);
            supplies.put(posture, new Supplies(posture, draw, network.nodeCount(), longest, trajectory));
        }
        List<ReadinessRow> readiness = new ArrayList<>();
        List<LadderRow> ladder = new ArrayList<>();
        List<CriticalityRow> criticalities = new ArrayList<>();
        Map<String, Usage> usages = new HashMap<>();
        for (Requirement required : inOrder(snapshot.requirements())) {
            MadeProduct product = network.product(required.productId());
            Supplies ofPosture = supplies.get(required.posture());
            if (product != null && ofPosture != null) {
                Usage usage = usages.computeIfAbsent(required.productId(), any -> Usage.of(product));
                ProductCase one =
                        new ProductCase(usage, required, ofPosture, network.parents(), snapshot.staleAfterDays());
                for (Evidence evidence : Evidence.values()) {
                    ProductCase.Standing standing = one.standing(evidence);
                    readiness.add(one.row(standing));
                    ladder.addAll(one.ladder(standing));
                }
                criticalities.addAll(one.criticalities());
            }
        }
        return new SurgeReadiness(
                snapshot.asOfEpochDay(),
                readiness,
                ladder,
                constraints(network),
                covers(network, draws),
                criticalities);
    }

    static List<Requirement> inOrder(List<Requirement> requirements) {
        return requirements.stream()
                .sorted((a, b) -> a.productId().equals(b.productId())
                        ? a.posture().compareTo(b.posture())
                        : a.productId().compareTo(b.productId()))
                .toList();
    }

    private static List<ConstraintRow> constraints(Network network) {
        List<ConstraintRow> rows = new ArrayList<>();
        for (LineFigures line : network.lines()) {
            String id = line.line().lineId();
            for (Posture posture : Posture.values()) {
                rows.add(new ConstraintRow(id, posture, LineConstraint.DEMONSTRATED, line.demonstrated()));
                rows.add(new ConstraintRow(
                        id, posture, LineConstraint.CONTRACTED, line.equipment(posture, Evidence.CONTRACTED, 0)));
                rows.add(new ConstraintRow(id, posture, LineConstraint.WORKFORCE, line.workforce()));
            }
        }
        return rows;
    }

    private static List<CoverRow> covers(Network network, Map<Posture, Draw> draws) {
        Map<Posture, Cover> covers = new HashMap<>();
        draws.forEach((posture, draw) -> covers.put(posture, new Cover(network, posture, draw)));
        List<CoverRow> rows = new ArrayList<>();
        for (MaterialNode material : network.materials()) {
            MainSource source = MainSource.of(material, network.parents());
            Arrays.stream(Posture.values())
                    .map(covers::get)
                    .forEach(cover -> rows.addAll(cover.rows(material, source)));
        }
        return rows;
    }
}

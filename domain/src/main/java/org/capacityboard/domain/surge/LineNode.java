package org.capacityboard.domain.surge;

import java.util.List;

/** The lines of a product, or of products that stand in for each other. */
final class LineNode implements Node {
    /** Day on which a rate is made that never is. */
    static final int NEVER = Integer.MAX_VALUE;

    private final int index;
    private final String id;
    private final String name;
    private final List<LineFigures> lines;
    private final int[] firstDays;

    /**
     * @param id the product or the group
     * @param lines by id
     */
    LineNode(int index, String id, String name, List<LineFigures> lines) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.lines = List.copyOf(lines);
        firstDays = lines.stream()
                .mapToInt(LineFigures::firstDay)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The lines as they would be if those of a plant were lost: they stay, and make nothing. */
    LineNode withoutPlant(String plantId, SurgeSnapshot snapshot) {
        return new LineNode(
                index,
                id,
                name,
                lines.stream()
                        .map(line -> line.line().plantId().equals(plantId) ? line.idle(snapshot) : line)
                        .toList());
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public ConstraintKind kind() {
        return ConstraintKind.LINES;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    List<LineFigures> lines() {
        return lines;
    }

    /** What they can make together on a day and on any later one, units a month: lines are accepted, never given back. */
    double capacity(Posture posture, Evidence evidence, int day, boolean low) {
        double sum = 0;
        for (LineFigures line : lines) {
            sum += low && line.silent() ? 0 : line.capacity(posture, evidence, day);
        }
        return sum;
    }

    /** First day from which they make a rate; {@link #NEVER} if there is none. */
    int firstDayOf(double unitsPerMonth, Posture posture, Evidence evidence) {
        for (int day : firstDays) {
            if (capacity(posture, evidence, day, false) >= unitsPerMonth) {
                return day;
            }
        }
        return NEVER;
    }
}

package org.capacityboard.domain.surge;

/**
 * How far a node lets a product go.
 *
 * @param suppliedPerMonth units of the node a month
 * @param drawnPerMonth units of the node a month that all requirements draw
 */
record Limit(Node node, double suppliedPerMonth, double drawnPerMonth) {

    /** Supplied over drawn. */
    double share() {
        return Share.of(suppliedPerMonth, drawnPerMonth);
    }
}

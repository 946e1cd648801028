package org.capacityboard.oracle;

import java.util.Comparator;

/**
 * What may bind a product.
 *
 * @param isLines lines of a product or of a group; otherwise a material
 * @param isGroup whether they stand for a group
 */
record SurgeNode(boolean isLines, boolean isGroup, String id) implements Comparable<SurgeNode> {
    static SurgeNode material(String materialId) {
        return new SurgeNode(false, false, materialId);
    }

    String word() {
        return isLines ? "LINES" : "MATERIAL";
    }

    @Override
    public int compareTo(SurgeNode other) {
        return Comparator.comparing((SurgeNode node) -> !node.isLines)
                .thenComparing(SurgeNode::id)
                .thenComparing(SurgeNode::isGroup)
                .compare(this, other);
    }
}

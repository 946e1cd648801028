package org.capacityboard.domain.surge;

/** What a product may run short of. At equal shares lines are named before materials. */
public enum ConstraintKind {
    /** Lines of a product, or of products that stand in for each other. */
    LINES,
    /** A material, its stocks pooled over plants. */
    MATERIAL
}

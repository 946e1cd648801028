package org.capacityboard.domain.surge;

/** What is taken to be lost. */
public enum LossKind {
    /** Whatever a supplier parent brings. What plants have stays. */
    SUPPLIER,
    /** The lines and stocks of a plant. */
    PLANT,
    /** Whatever the suppliers of a nation bring. What plants have stays. */
    NATION
}

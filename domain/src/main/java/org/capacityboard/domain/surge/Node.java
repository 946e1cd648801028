package org.capacityboard.domain.surge;

/** What a product may run short of: lines or a material. Nodes are numbered in the order in which they are named at equal shares. */
sealed interface Node permits LineNode, MaterialNode {
    int index();

    ConstraintKind kind();

    String id();

    String name();
}

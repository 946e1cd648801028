package org.capacityboard.domain.surge;

import java.util.List;
import java.util.Set;

/** A change names something that is not known. */
public final class UnknownSubjectException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String id;
    private final transient List<String> known;

    private UnknownSubjectException(String what, String id, Set<String> known) {
        super(what + " '" + id + "' is not known");
        this.what = what;
        this.id = id;
        this.known = known.stream().sorted().toList();
    }

    static void require(String id, String what, Set<String> known) {
        if (!known.contains(id)) {
            throw new UnknownSubjectException(what, id, known);
        }
    }

    /** What it was taken for: Line, Supplier, Nation of a supplier, Plant, Material or Product. */
    public String what() {
        return what;
    }

    /** The name that nobody has. */
    public String id() {
        return id;
    }

    /** The names that there are, in order. */
    public List<String> known() {
        return known;
    }
}

package org.capacityboard.flink.metrics;

/**
 * Ports to try in turn.
 *
 * @param first first port; 0 lets the system choose
 * @param last last port
 */
record PortRange(int first, int last) {
    private static final int GREATEST = 65_535;

    PortRange {
        if (first < 0 || last > GREATEST || first > last) {
            throw new IllegalArgumentException("The ports %d-%d are not a range: they must rise and lie in 0 to %d."
                    .formatted(first, last, GREATEST));
        }
    }

    /** Reads {@code 9249} or {@code 9249-9260}. */
    static PortRange parse(String text) {
        String[] ends = text.strip().split("\\s*-\\s*", 2);
        try {
            return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The setting port of the Micrometer reporter is '%s': it must be a port or a range of ports.\nMaybe 9249-9260 is meant."
                            .formatted(text),
                    e);
        }
    }
}

package org.capacityboard.oracle;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded dice. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of their own, so that more throws here change nothing there. */
    Chance split() {
        return new Chance(random.split());
    }

    boolean inPercent(double percent) {
        return random.nextDouble() * 100 < percent;
    }

    /** From 0 up to and including a limit. */
    int upTo(int limit) {
        return random.nextInt(limit + 1);
    }

    int between(int least, int most) {
        return least + upTo(most - least);
    }

    long between(long least, long most) {
        return least + random.nextLong(Math.max(1, most - least + 1));
    }

    long upTo(Duration limit) {
        return between(0, limit.toMillis());
    }

    double share(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

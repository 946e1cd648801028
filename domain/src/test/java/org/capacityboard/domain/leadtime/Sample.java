package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.List;

/** Observations as one writes them down. */
record Sample(List<Waited> all) {
    static final long DAY = 86_400_000;

    /** One observation. */
    record Waited(long entryMs, long timeMs, Ending ending, long weight) {}

    /**
     * Days, apart by blanks: {@code 9} waited nine days, {@code 9+} still waits then, {@code 4x} was cancelled then; {@code 40-60} came under observation at
     * 40; {@code 5*3} are five of 3.
     */
    static Sample of(String text) {
        List<Waited> all = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (word.isEmpty()) {
                continue;
            }
            String rest = word;
            long weight = 1;
            if (rest.indexOf('*') > 0) {
                weight = Long.parseLong(rest.substring(0, rest.indexOf('*')));
                rest = rest.substring(rest.indexOf('*') + 1);
            }
            Ending ending = Ending.EVENT;
            if (rest.endsWith("+") || rest.endsWith("x")) {
                ending = rest.endsWith("+") ? Ending.CENSORED : Ending.CANCELLED;
                rest = rest.substring(0, rest.length() - 1);
            }
            int dash = rest.indexOf('-');
            long entry = dash < 0 ? 0 : ms(rest.substring(0, dash));
            all.add(new Waited(entry, ms(rest.substring(dash + 1)), ending, weight));
        }
        return new Sample(all);
    }

    private static long ms(String days) {
        return Math.round(Double.parseDouble(days) * DAY);
    }

    Observations observations() {
        Observations observations = new Observations();
        for (Waited one : all) {
            observations.add(one.entryMs(), one.timeMs(), one.ending(), one.weight());
        }
        return observations;
    }

    SurvivalCurve curve() {
        return SurvivalCurve.of(observations());
    }
}

package org.capacityboard.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Which steps are measured, how often, and with how much.
 *
 * @param events about how many reports
 * @param lines how many lines send them
 * @param rounds how often each step runs
 * @param parallelism threads, tasks or copies of operators
 * @param rate events a second that the job is asked to hold
 */
record LadderPlan(
        List<Step> steps,
        List<Trial> trials,
        long events,
        int lines,
        int rounds,
        int parallelism,
        int rate,
        long seed) {
    static final String RUNGS = "--rungs";
    static final String EVENTS = "--events";
    static final String LINES = "--lines";
    static final String REPEAT = "--repeat";
    static final String PARALLELISM = "--parallelism";
    static final String RATE = "--rate";
    static final String SEED = "--seed";

    private static final long FULL_EVENTS = 120_000_000;
    private static final long QUICK_EVENTS = 2_000_000;
    private static final int FULL_ROUNDS = 3;
    private static final int LINES_OTHERWISE = 10_000;
    private static final int PARALLELISM_OTHERWISE = 2;
    private static final int RATE_OTHERWISE = 150_000;
    private static final int SEED_OTHERWISE = 1;
    private static final long MOST_EVENTS = 1_000_000_000;
    private static final int MOST_LINES = 1_000_000;
    private static final int MOST_ROUNDS = 100;
    private static final int MOST_RATE = 10_000_000;
    /** Fewer, and no window closes. */
    private static final int FEWEST_REPORTS_PER_LINE = 45;
    /** More, and windows reach the end of the correction horizon, which no step of the ladder is about. */
    private static final int MOST_REPORTS_PER_LINE = 86_400;

    LadderPlan {
        steps = List.copyOf(steps);
        trials = List.copyOf(trials);
    }

    /** What the flags say, as they were written; null for those that were not. */
    record Flags(
            @Nullable String rungs,
            @Nullable String events,
            @Nullable String lines,
            @Nullable String repeat,
            @Nullable String parallelism,
            @Nullable String rate,
            @Nullable String seed,
            boolean quick) {}

    /**
     * Reads the flags.
     *
     * @throws UserError with everything that is wrong with them
     */
    static LadderPlan read(Flags flags) {
        List<Problem> problems = new ArrayList<>();
        Set<String> words = words(flags.rungs, problems);
        List<Step> steps = flags.rungs == null
                ? Step.ladder()
                : words.stream()
                        .flatMap(word -> Step.ladder().stream()
                                .filter(step -> step.word().equals(word)))
                        .toList();
        List<Trial> trials = Arrays.stream(Trial.values())
                .filter(trial -> flags.rungs == null ? !flags.quick : words.contains(trial.word()))
                .toList();
        long events = number(EVENTS, flags.events, flags.quick ? QUICK_EVENTS : FULL_EVENTS, 1, MOST_EVENTS, problems);
        long lines = number(LINES, flags.lines, LINES_OTHERWISE, 1, MOST_LINES, problems);
        long rounds = number(REPEAT, flags.repeat, flags.quick ? 1 : FULL_ROUNDS, 1, MOST_ROUNDS, problems);
        long parallelism = number(
                PARALLELISM, flags.parallelism, PARALLELISM_OTHERWISE, 1, Topic.LINE_TELEMETRY.partitions(), problems);
        long rate = number(RATE, flags.rate, RATE_OTHERWISE, 1, MOST_RATE, problems);
        long seed = number(SEED, flags.seed, SEED_OTHERWISE, 0, Integer.MAX_VALUE, problems);
        if (problems.isEmpty()
                && (events < lines * FEWEST_REPORTS_PER_LINE || events > lines * MOST_REPORTS_PER_LINE)) {
            problems.add(new Problem(
                    EVENTS,
                    String.valueOf(events),
                    "must be " + FEWEST_REPORTS_PER_LINE + " to " + MOST_REPORTS_PER_LINE + " a line, so "
                            + lines * FEWEST_REPORTS_PER_LINE + " to " + lines * MOST_REPORTS_PER_LINE + " for "
                            + lines + " lines",
                    LINES + " should be another number"));
        }
        if (!problems.isEmpty()) {
            throw UserError.wrongUsage(problems.toArray(new Problem[0]));
        }
        return new LadderPlan(steps, trials, events, (int) lines, (int) rounds, (int) parallelism, (int) rate, seed);
    }

    /** Everything that can be asked for. */
    static List<String> words() {
        return Stream.concat(
                        Step.ladder().stream().map(Step::word),
                        Arrays.stream(Trial.values()).map(Trial::word))
                .toList();
    }

    private static Set<String> words(@Nullable String rungs, List<Problem> problems) {
        Set<String> chosen = new LinkedHashSet<>();
        if (rungs != null) {
            for (String written : rungs.split(",", -1)) {
                String word = written.strip().toLowerCase(Locale.ROOT);
                if (words().contains(word)) {
                    chosen.add(word);
                } else {
                    problems.add(unknown(written.strip()));
                }
            }
        }
        return chosen;
    }

    private static Problem unknown(String word) {
        String nearest = null;
        int most = 0;
        for (String known : words()) {
            int common = commonStart(known, word);
            if (common > most) {
                most = common;
                nearest = known;
            }
        }
        return new Problem(
                RUNGS,
                word,
                "must be a step of the ladder: " + String.join(", ", words()),
                nearest == null ? "'capacity bench --help' tells what they are" : "you meant '" + nearest + "'");
    }

    private static int commonStart(String word, String written) {
        int common = 0;
        while (common < Math.min(word.length(), written.length())
                && word.charAt(common) == Character.toLowerCase(written.charAt(common))) {
            common++;
        }
        return common;
    }

    private static long number(
            String flag, @Nullable String written, long otherwise, long least, long most, List<Problem> problems) {
        if (written == null) {
            return otherwise;
        }
        if (written.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(written);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problems.add(new Problem(
                flag,
                written,
                "must be a whole number from " + least + " to " + most,
                "you meant digits alone, such as " + otherwise));
        return otherwise;
    }

    StandardLoad load() {
        return StandardLoad.ofEvents(events, lines, seed);
    }

    List<Turn> turns() {
        return Turn.of(steps, rounds);
    }

    /** What does the same again. */
    String command() {
        List<String> chosen = Stream.concat(
                        steps.stream().map(Step::word), trials.stream().map(Trial::word))
                .toList();
        String rungs = chosen.equals(words()) ? "" : " " + RUNGS + " " + String.join(",", chosen);
        return "./capacity bench" + rungs + " " + EVENTS + " " + events + " " + LINES + " " + lines + " " + REPEAT + " "
                + rounds + " " + PARALLELISM + " " + parallelism
                + (trials.contains(Trial.SUSTAINED) ? " " + RATE + " " + rate : "") + " " + SEED + " " + seed;
    }
}

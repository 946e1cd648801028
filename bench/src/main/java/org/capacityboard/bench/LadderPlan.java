package org.capacityboard.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
 */
record LadderPlan(List<Step> steps, long events, int lines, int rounds, int parallelism, long seed) {
    static final String RUNGS = "--rungs";
    static final String EVENTS = "--events";
    static final String LINES = "--lines";
    static final String REPEAT = "--repeat";
    static final String PARALLELISM = "--parallelism";
    static final String SEED = "--seed";

    private static final long FULL_EVENTS = 6_000_000;
    private static final long QUICK_EVENTS = 2_000_000;
    private static final int FULL_ROUNDS = 3;
    private static final int LINES_OTHERWISE = 10_000;
    private static final int PARALLELISM_OTHERWISE = 2;
    private static final int SEED_OTHERWISE = 1;
    private static final long MOST_EVENTS = 1_000_000_000;
    private static final int MOST_LINES = 1_000_000;
    private static final int MOST_ROUNDS = 100;
    /** Fewer, and no window closes. */
    private static final int FEWEST_REPORTS_PER_LINE = 45;
    /** More, and windows reach the end of the correction horizon, which no step of the ladder is about. */
    private static final int MOST_REPORTS_PER_LINE = 86_400;

    LadderPlan {
        steps = List.copyOf(steps);
    }

    /** What the flags say, as they were written; null for those that were not. */
    record Flags(
            @Nullable String rungs,
            @Nullable String events,
            @Nullable String lines,
            @Nullable String repeat,
            @Nullable String parallelism,
            @Nullable String seed,
            boolean quick) {}

    /**
     * Reads the flags.
     *
     * @throws UserError with everything that is wrong with them
     */
    static LadderPlan read(Flags flags) {
        List<Problem> problems = new ArrayList<>();
        List<Step> steps = steps(flags.rungs, problems);
        long events = number(EVENTS, flags.events, flags.quick ? QUICK_EVENTS : FULL_EVENTS, 1, MOST_EVENTS, problems);
        long lines = number(LINES, flags.lines, LINES_OTHERWISE, 1, MOST_LINES, problems);
        long rounds = number(REPEAT, flags.repeat, flags.quick ? 1 : FULL_ROUNDS, 1, MOST_ROUNDS, problems);
        long parallelism = number(
                PARALLELISM, flags.parallelism, PARALLELISM_OTHERWISE, 1, Topic.LINE_TELEMETRY.partitions(), problems);
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
        return new LadderPlan(steps, events, (int) lines, (int) rounds, (int) parallelism, seed);
    }

    private static List<Step> steps(@Nullable String rungs, List<Problem> problems) {
        if (rungs == null) {
            return List.of(Step.values());
        }
        Set<Step> chosen = new LinkedHashSet<>();
        for (String word : rungs.split(",", -1)) {
            Arrays.stream(Step.values())
                    .filter(step -> step.word().equalsIgnoreCase(word.strip()))
                    .findFirst()
                    .ifPresentOrElse(chosen::add, () -> problems.add(unknown(word.strip())));
        }
        return List.copyOf(chosen);
    }

    private static Problem unknown(String word) {
        String nearest = null;
        int most = 0;
        for (Step step : Step.values()) {
            int common = commonStart(step.word(), word);
            if (common > most) {
                most = common;
                nearest = step.word();
            }
        }
        String all = Arrays.stream(Step.values()).map(Step::word).collect(Collectors.joining(", "));
        return new Problem(
                RUNGS,
                word,
                "must be a step of the ladder: " + all,
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
        String rungs = steps.equals(List.of(Step.values()))
                ? ""
                : " " + RUNGS + " " + steps.stream().map(Step::word).collect(Collectors.joining(","));
        return "./capacity bench" + rungs + " " + EVENTS + " " + events + " " + LINES + " " + lines + " " + REPEAT + " "
                + rounds + " " + PARALLELISM + " " + parallelism + " " + SEED + " " + seed;
    }
}

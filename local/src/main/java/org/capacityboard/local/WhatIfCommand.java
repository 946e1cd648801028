package org.capacityboard.local;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.capacityboard.domain.surge.Evidence;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.local.demo.LocalStack;
import org.capacityboard.local.whatif.Assumption;
import org.capacityboard.local.whatif.KnownState;
import org.capacityboard.local.whatif.ReplayedStates;
import org.capacityboard.local.whatif.StoredStates;
import org.capacityboard.local.whatif.WhatIfAnswer;
import org.capacityboard.local.whatif.WhatIfJson;
import org.capacityboard.local.whatif.WhatIfText;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity whatif}. */
@Command(
        name = "whatif",
        description = {
            "Tell what surge readiness would be if something were otherwise: before, after, what binds then and what"
                    + " next.",
            "Nothing is changed anywhere. All that is assumed holds together; options may be repeated.",
            "The state comes from the database (database.reader.user, as for the viewer), from a running demo (--demo)"
                    + " or from a replay (--replay).",
            "",
            "Examples:",
            "  capacity whatif --demo --add-shift 9QA04-C1 --posture crisis",
            "  capacity whatif --replay figures --lose-supplier SUP-04",
            ""
        })
final class WhatIfCommand implements Callable<Integer> {

    private final CapacityCommand capacity;

    @Option(
            names = "--add-shift",
            paramLabel = "LINE",
            description = "The line works 40 hours a week more, at most 168. It gets no people for them.")
    private List<String> shifts = new ArrayList<>();

    @Option(
            names = "--lose-supplier",
            paramLabel = "ID",
            description =
                    "All suppliers of this parent, or else the supplier of this id, deliver nothing from today on."
                            + " Stocks stay.")
    private List<String> lostSuppliers = new ArrayList<>();

    @Option(
            names = "--lose-nation-supply",
            paramLabel = "NATION",
            description = "No supplier in this nation (ISO 3166-1 alpha-3) delivers from today on. Stocks stay.")
    private List<String> lostNations = new ArrayList<>();

    @Option(
            names = "--lose-plant",
            paramLabel = "ID",
            description = "The lines and stocks of the plant are lost. What is due to it goes to others.")
    private List<String> lostPlants = new ArrayList<>();

    @Option(
            names = "--stock",
            paramLabel = "MATERIAL=+N",
            description = "So much more of the material is in stock today, in its unit; -N for less.")
    private List<String> stocks = new ArrayList<>();

    @Option(
            names = "--requirement",
            paramLabel = "PRODUCT/POSTURE=N",
            description = "N units a month are needed of the product, as soon and for as long as what is needed now.")
    private List<String> requirements = new ArrayList<>();

    @Option(names = "--posture", paramLabel = "NAME", description = "Tell only of ${COMPLETION-CANDIDATES}.")
    private List<Posture> postures = new ArrayList<>();

    @Option(names = "--product", paramLabel = "ID", description = "Tell only of this product.")
    private List<String> products = new ArrayList<>();

    @Option(
            names = "--evidence",
            paramLabel = "NAME",
            description = "What the capacity of lines rests on: ${COMPLETION-CANDIDATES}. Default: CONTRACTED.")
    private Evidence evidence = Evidence.CONTRACTED;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "Start from the state of this UTC date, such as 2026-11-22. Default: the newest.")
    private @Nullable LocalDate asOf;

    @Option(names = "--demo", description = "Start from the demo that runs on --data.")
    private boolean demo;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory that the demo keeps its data in.")
    private Path data = DemoCommand.DEFAULT_DATA;

    @Option(
            names = "--replay",
            paramLabel = "DIR",
            description = "Start from a folder that 'replay --output' wrote, or from a folder of events.")
    private @Nullable Path replay;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "End of time for a folder of events, such as 2026-11-22T06:00:00Z; the last event otherwise.")
    private @Nullable Instant until;

    @Option(
            names = "--json",
            description =
                    "Print JSON: every row before and after, also those that do not change. docs/surge-readiness.md"
                            + " lists the fields.")
    private boolean json;

    WhatIfCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() throws Exception {
        List<Assumption> assumptions = assumptions();
        requireOneSource();
        Set<Posture> ofPostures = postures.isEmpty() ? EnumSet.noneOf(Posture.class) : EnumSet.copyOf(postures);
        WhatIfAnswer answer = WhatIfAnswer.of(
                state(), assumptions, new WhatIfAnswer.Question(evidence, ofPostures, new TreeSet<>(products)));
        if (json) {
            capacity.out().println(WhatIfJson.of(answer));
        } else {
            WhatIfText.of(answer).forEach(capacity.out()::println);
        }
        capacity.out().flush();
        return 0;
    }

    private List<Assumption> assumptions() {
        List<Assumption> assumptions = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> shiftsOfLines = new LinkedHashMap<>();
        shifts.forEach(line -> shiftsOfLines.merge(line, 1, Integer::sum));
        shiftsOfLines.forEach((line, count) -> assumptions.add(Assumption.addShifts(line, count)));
        new LinkedHashSet<>(lostSuppliers).forEach(id -> assumptions.add(Assumption.loseSupplier(id)));
        new LinkedHashSet<>(lostNations).forEach(nation -> assumptions.add(Assumption.loseNationSupply(nation)));
        new LinkedHashSet<>(lostPlants).forEach(id -> assumptions.add(Assumption.losePlant(id)));
        read(stocks, Assumption::stock, assumptions, problems);
        Set<String> required = new TreeSet<>();
        for (String text : requirements) {
            String subject = text.replaceFirst("=.*", "").toUpperCase(Locale.ROOT);
            if (!required.add(subject)) {
                problems.add(new Problem(
                        "--requirement",
                        text,
                        "stands beside another one of the same product and posture",
                        "one of them is meant"));
            }
        }
        read(requirements, Assumption::requirement, assumptions, problems);
        if (assumptions.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(
                    "whatif",
                    null,
                    "has nothing to assume",
                    "you meant --add-shift LINE; 'capacity whatif --help' shows what else can be assumed"));
        }
        if (!problems.isEmpty()) {
            throw UserError.wrongUsage(problems.toArray(Problem[]::new));
        }
        return assumptions;
    }

    private static void read(
            List<String> texts,
            Function<String, Assumption> reader,
            List<Assumption> assumptions,
            List<Problem> problems) {
        for (String text : texts) {
            try {
                assumptions.add(reader.apply(text));
            } catch (UserError wrong) {
                problems.addAll(wrong.problems());
            }
        }
    }

    private void requireOneSource() {
        if (demo && replay != null) {
            throw UserError.wrongUsage(
                    new Problem("--replay", replay.toString(), "cannot stand beside --demo", "one of them is meant"));
        }
        if (until != null && replay == null) {
            throw UserError.wrongUsage(new Problem(
                    "--until", until.toString(), "must go with --replay and a folder of events", "--as-of is meant"));
        }
    }

    private KnownState state() throws Exception {
        Settings settings = capacity.settings();
        if (replay != null) {
            return new ReplayedStates(settings, capacity.err()::println).read(replay, asOf, until);
        }
        Settings ofDemo = LocalStack.ofReader(data, settings);
        if (demo) {
            if (ofDemo == null) {
                throw UserError.failed(new Problem(
                        "--data",
                        data.toString(),
                        "has no running demo",
                        "it keeps its data elsewhere, or is not started: ./capacity demo --data " + data));
            }
            return StoredStates.read(ofDemo.database(), asOf);
        }
        try {
            return StoredStates.read(settings.database(), asOf);
        } catch (UserError e) {
            throw ofDemo == null ? e : UserError.failed(withHint(e.problems()));
        }
    }

    private static List<Problem> withHint(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(
                        problem.thing(),
                        problem.value(),
                        problem.rule(),
                        "you mean the demo that runs here: add --demo"))
                .toList();
    }
}

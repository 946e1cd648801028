package org.capacityboard.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SimulatorSettings;
import org.capacityboard.simulator.EventOutput;
import org.capacityboard.simulator.JsonLinesOutput;
import org.capacityboard.simulator.KafkaOutput;
import org.capacityboard.simulator.Pacing;
import org.capacityboard.simulator.Playback;
import org.capacityboard.simulator.Scenario;
import org.capacityboard.simulator.Simulation;
import org.capacityboard.simulator.Simulator;
import org.capacityboard.simulator.StopSignal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capacity simulator}. */
@Command(
        name = "simulator",
        description = {
            "Play simulated plants: weeks of history as fast as they are taken, then live, into the topics;",
            "or only the history, into files for a replay (--output)."
        })
final class SimulatorCommand implements Callable<Integer> {

    private final CapacityCommand capacity;

    @Mixin
    private final SimulatorOptions options = new SimulatorOptions();

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "Lines to play: more than the scenario has are copies. Default: those of the scenario.")
    private int lines;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "First instant of the history; otherwise --weeks before now.")
    private @Nullable Instant start;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Stop before this instant.")
    private @Nullable Instant until;

    @Option(
            names = "--position",
            paramLabel = "FILE",
            description = "Note there how far it came, and go on from there.")
    private @Nullable Path position;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write <topic>.jsonl files there, up to --until (default: now), instead of sending.")
    private @Nullable Path output;

    SimulatorCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = capacity.settings(options.settings());
        SimulatorSettings wanted = settings.simulator();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant from = start == null ? now.minus(Duration.ofDays(7L * wanted.weeks())) : start;
        Scenario scenario = Scenario.load(wanted.scenario());
        Simulation simulation = new Simulation(
                scenario, wanted.seed(), lines, Simulation.of(scenario, from).reportInterval(), from);
        if (output == null) {
            requireTopics(settings);
        }
        StopSignal stop = new StopSignal();
        try (Interruption interruption = Interruption.listen();
                EventOutput events = events(settings);
                ProgressLine progress = new ProgressLine("events sent up to", capacity.err())) {
            interruption.asked().thenRun(stop::stop);
            Playback playback = output == null
                    ? new Playback(wanted.speed(), historyEnd(from, now), until, position)
                    : Playback.until(until == null ? now : until);
            long sent = Simulator.run(simulation, playback, events, Pacing.UNLIMITED, stop, progress::simulated);
            capacity.err().println(sent + " events of " + scenario.name() + " since " + from);
        }
        return 0;
    }

    /** At a speed above 1 the last day before the present is played at it, and everything older at once. */
    static Instant historyEnd(Instant from, Instant now) {
        Instant lastDay = now.minus(Duration.ofDays(1));
        return lastDay.isAfter(from) ? lastDay : from;
    }

    private EventOutput events(Settings settings) {
        return output == null
                ? new KafkaOutput(
                        settings.kafka().bootstrap(),
                        settings.kafka().topicPrefix(),
                        settings.kafka().properties())
                : new JsonLinesOutput(output);
    }

    private static void requireTopics(Settings settings) {
        List<Problem> problems = new ArrayList<>(new Examination(settings).forProducer());
        if (!problems.isEmpty()) {
            throw UserError.failed(problems);
        }
        new SchemaRegistration(settings.kafka()).register(SchemaRegistration.ofThisRelease());
    }
}

package org.capacityboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {
    private static final String[] LITTLE = {"--lines", "200", "--events", "100000", "--repeat", "1"};

    @Test
    void a_little_ladder_has_a_figure_on_every_step_and_the_oracles_rows(@TempDir Path directory) throws IOException {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();

        BenchCall call = BenchCall.of(with("--rungs", "l2,l3a,l3b,l5,l6", "--output", directory.toString()));

        assertThat(call.exitCode()).as(call.err()).isZero();
        String number = "[0-9,]+";
        assertThat(call.out().lines().filter(line -> line.matches("\\| l[1-7].*")))
                .satisfiesExactly(
                        l2 -> assertThat(l2).matches("\\| l2 \\|.*\\| " + number + " \\|.*\\| – \\|"),
                        l3a -> assertThat(l3a).matches("\\| l3a \\|.*\\| " + number + " \\|.*\\| 1,810 \\|"),
                        l3b -> assertThat(l3b).matches("\\| l3b \\|.*\\| " + number + " \\|.*\\| 1,810 \\|"),
                        l5 -> assertThat(l5).matches("\\| l5 \\|.*\\| " + number + " \\|.* of l3a .*\\| 1,810 \\|"),
                        l6 -> assertThat(l6).matches("\\| l6 \\|.*\\| " + number + " \\|.* of l3b .*\\| 1,810 \\|"));
        assertThat(directory.resolve("ladder.md")).hasContent(call.out());
        assertThat(directory).isDirectoryContaining("glob:**/ladder.json").isDirectoryContaining("glob:**/ladder.svg");
        assertThat(ProcessHandle.current().children()).isSubsetOf(before);
    }

    @Test
    void the_first_bench_of_a_machine_starts_its_servers_and_leaves_no_process_behind_when_asked_to_stop(
            @TempDir Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("bench.log");
        Path data = directory.resolve("data");
        Path nothingUnpacked = Files.createDirectory(directory.resolve("tmp"));
        Process bench = benchWith(
                "-Djava.io.tmpdir=" + nothingUnpacked,
                log,
                with("--data", data.toString(), "--output", directory.toString()));
        awaitWord("writing ", log, bench);
        assertThat(nothingUnpacked).isNotEmptyDirectory();
        List<ProcessHandle> started = bench.descendants().toList();

        bench.destroy();

        assertThat(bench.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(started).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
        assertThat(data.resolve("database/pgdata/postmaster.pid")).doesNotExist();
    }

    /** A bench in a JVM of its own, whose servers and runs get a flag more. */
    private static Process benchWith(String flag, Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BenchCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder bench =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        bench.environment().put("CAPACITY_BENCH_JAVA_OPTS", flag);
        return bench.start();
    }

    private static String[] with(String... more) {
        String[] arguments = new String[LITTLE.length + more.length];
        System.arraycopy(LITTLE, 0, arguments, 0, LITTLE.length);
        System.arraycopy(more, 0, arguments, LITTLE.length, more.length);
        return arguments;
    }

    private static void awaitWord(String word, Path log, Process process) throws IOException {
        while (!Files.readString(log).contains(word)) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}

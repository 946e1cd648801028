package org.capacityboard.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What was measured on.
 *
 * @param processor model of the CPU
 * @param cores how many of them this process may use
 * @param memoryBytes of the whole machine
 */
public record Machine(
        String processor,
        int cores,
        long memoryBytes,
        String system,
        String java,
        String flink,
        String kafka,
        String postgresql) {

    /**
     * This machine, with the libraries of this process.
     *
     * @param postgresql version of the database server
     */
    public static Machine here(String postgresql) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                operatingSystem(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + " ("
                        + System.getProperty("java.vendor") + ")",
                EnvironmentInformation.getVersion(),
                AppInfoParser.getVersion(),
                postgresql);
    }

    private static String cpuModel() {
        String linux = value(Path.of("/proc/cpuinfo"), line -> line.startsWith("model name"), ":");
        return linux.isEmpty() ? environment("PROCESSOR_IDENTIFIER", System.getProperty("os.arch")) : linux;
    }

    private static String operatingSystem() {
        String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
        String distribution = value(Path.of("/etc/os-release"), line -> line.startsWith("PRETTY_NAME"), "=")
                .replace("\"", "");
        return distribution.isEmpty() ? kernel : distribution + " (" + kernel + ")";
    }

    private static String environment(String variable, String otherwise) {
        String value = System.getenv(variable);
        return value == null ? otherwise : value;
    }

    /** What follows the separator in the first such line; empty if there is none. */
    private static String value(Path file, Predicate<String> isMeant, String separator) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(isMeant)
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    String inWords() {
        return String.format(
                Locale.ROOT,
                "%s, %d core%s, %.1f GiB memory; %s; %s",
                processor,
                cores,
                cores == 1 ? "" : "s",
                memoryBytes / (double) (1L << 30),
                system,
                java);
    }

    String versionsInWords() {
        return "Flink " + flink + ", Kafka " + kafka + ", PostgreSQL " + postgresql;
    }
}

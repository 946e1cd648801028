package org.capacityboard.flink.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.capacityboard.domain.throughput.Effectiveness;
import org.capacityboard.domain.throughput.Fact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresIT {
    private static final int ROWS = 5_000;
    private static final String MEASURES =
            """
            select capacity.availability(planned_ms, unknown_ms, producing_ms), capacity.effectiveness(producing_ms, ideal_us),
                capacity.quality_ratio(ideal_us, ideal_good_us), capacity.oee(planned_ms, unknown_ms, ideal_good_us),
                capacity.oee_low(planned_ms, ideal_good_us),
                capacity.oee_high(planned_ms, unknown_ms, producing_ms, ideal_us, ideal_good_us),
                capacity.nee(planned_ms, unknown_ms, producing_ms, setup_ms, ideal_us, ideal_good_us),
                capacity.completeness(planned_ms, unknown_ms), capacity.scrap_ratio(good_units, scrap_units),
                capacity.rework_ratio(good_units, scrap_units, rework_units),
                capacity.units_per_hour(good_units, planned_ms - unknown_ms), capacity.ideal_cycle_suspect(producing_ms, ideal_us)
            from (values %s) as facts (%s)
            """;

    @Test
    void sql_and_java_give_the_same_ratios_to_the_last_bit(@TempDir Path directory) throws Exception {
        Random random = new Random(20_261_122);
        List<long[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(facts(random));
        }

        List<String> inJava = rows.stream().map(MeasuresIT::inJava).toList();

        try (RestartableDatabase database = new RestartableDatabase(directory)) {
            assertThat(inSql(database, rows)).isEqualTo(inJava);
        }
    }

    private static List<String> inSql(RestartableDatabase database, List<long[]> rows) throws SQLException {
        String values = rows.stream()
                .map(facts -> LongStream.of(facts)
                        .mapToObj(fact -> fact + "::bigint")
                        .collect(Collectors.joining(",", "(", ")")))
                .collect(Collectors.joining(","));
        String columns = Arrays.stream(Fact.values()).map(Fact::column).collect(Collectors.joining(","));
        return database.read(MEASURES.formatted(values, columns)).stream()
                .map(MeasuresIT::asJavaPrints)
                .toList();
    }

    private static String asJavaPrints(String row) {
        return Arrays.stream(row.split(","))
                .map(value -> switch (value) {
                    case "null" -> "null";
                    case "t" -> "true";
                    case "f" -> "false";
                    default -> String.valueOf(Double.parseDouble(value));
                })
                .collect(Collectors.joining(","));
    }

    private static String inJava(long[] facts) {
        Effectiveness ratios = Effectiveness.of(facts);
        return Arrays.asList(
                        ratios.availability(),
                        ratios.effectiveness(),
                        ratios.quality(),
                        ratios.oee(),
                        ratios.oeeLow(),
                        ratios.oeeHigh(),
                        ratios.nee(),
                        ratios.completeness(),
                        ratios.scrapRatio(),
                        ratios.reworkRatio(),
                        ratios.goodUnitsPerHour(),
                        ratios.idealCycleSuspect())
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    /** Facts of a window between nothing and a year, any of them zero now and then, units and ideal time sometimes below zero. */
    private static long[] facts(Random random) {
        long[] facts = new long[Fact.COUNT];
        long scale = random.nextBoolean() ? 86_400_000L : 31_536_000_000L;
        long planned = 0;
        for (Fact part : List.of(Fact.PRODUCING_MS, Fact.SETUP_MS, Fact.DELAY_MS, Fact.DOWN_MS, Fact.UNKNOWN_MS)) {
            facts[part.ordinal()] = some(random, scale);
            planned += facts[part.ordinal()];
        }
        facts[Fact.PLANNED_MS.ordinal()] = planned;
        facts[Fact.GOOD_UNITS.ordinal()] = some(random, 1_000_000) - random.nextInt(3);
        facts[Fact.SCRAP_UNITS.ordinal()] = some(random, 10_000);
        facts[Fact.REWORK_UNITS.ordinal()] = some(random, 10_000);
        facts[Fact.IDEAL_US.ordinal()] = (long) (facts[Fact.PRODUCING_MS.ordinal()] * 1_100.0 * random.nextDouble());
        facts[Fact.IDEAL_GOOD_US.ordinal()] = facts[Fact.IDEAL_US.ordinal()] - some(random, scale);
        return facts;
    }

    private static long some(Random random, long limit) {
        return random.nextInt(4) == 0 ? 0 : random.nextLong(limit);
    }
}

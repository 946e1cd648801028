package org.capacityboard.schemas.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataDictionaryIT {
    private static final Path DICTIONARY = Path.of("..", "docs", "data-dictionary.md");
    private static final Path AS_MIGRATED = Path.of("target", "data-dictionary.md");
    private static final Pattern WORDS_AND_UNIT = Pattern.compile("(.*?)(?: \\[(.*)])?");
    private static final String COLUMNS =
            """
            select c.relname, obj_description(c.oid), a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'capacity'::regnamespace and c.relkind = 'v'
            order by c.oid, a.attnum
            """;

    @Test
    void dictionary_says_what_the_migrated_database_has() throws Exception {
        StringBuilder chapters = new StringBuilder();
        try (MigratedDatabase database = new MigratedDatabase()) {
            String view = "";
            for (List<@Nullable Object> column : database.run("postgres", COLUMNS)) {
                if (!view.equals(column.get(0))) {
                    view = String.valueOf(column.get(0));
                    chapters.append("\n## %s\n\n%s\n\n| column | type | unit | meaning |\n|---|---|---|---|\n"
                            .formatted(view, column.get(1)));
                }
                Matcher words = WORDS_AND_UNIT.matcher(String.valueOf(column.get(4)));
                assertThat(words.matches()).isTrue();
                chapters.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                column.get(2),
                                column.get(3),
                                words.group(2) == null ? "" : words.group(2),
                                words.group(1)));
            }
        }
        String written = Files.exists(DICTIONARY) ? Files.readString(DICTIONARY) : "\n## ";
        int firstChapter = written.indexOf("\n## ");
        Files.writeString(AS_MIGRATED, written.substring(0, firstChapter) + chapters);

        assertThat(written.substring(firstChapter))
                .as(
                        "chapters of %s are not what the database has.%nMaybe the words in R__dictionary.sql changed: %s is how it must read.",
                        DICTIONARY, AS_MIGRATED)
                .isEqualTo(chapters.toString());
    }
}

package org.capacityboard.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvExportTest {

    @Test
    void what_holds_a_comma_a_quote_or_a_line_break_is_quoted() {
        assertThat(CsvExport.quoted("a,b")).isEqualTo("\"a,b\"");
        assertThat(CsvExport.quoted("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(CsvExport.quoted("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(CsvExport.quoted("plain")).isEqualTo("plain");
    }
}

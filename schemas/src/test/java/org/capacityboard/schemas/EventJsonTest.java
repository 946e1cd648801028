package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.schemas.EventJsonException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventJsonTest {
    private static final String REPORT =
            """
            {"lineId":"l1","sessionId":5,"sequence":7,"eventTime":"2026-11-22T06:00:00.250Z","state":"EXECUTE","goodCount":12,"scrapCount":0}""";

    @ParameterizedTest
    @MethodSource("org.capacityboard.schemas.RandomEvents#topics")
    void what_is_written_is_read(Topic topic) {
        RandomEvents events = new RandomEvents(topic.ordinal());
        for (int i = 0; i < 200; i++) {
            SpecificRecord event = events.next(topic);

            String line = EventJson.write(event);

            assertThat(line).doesNotContain("\n");
            assertThat(EventJson.parse(topic, line)).isEqualTo(new JsonEvent(event, null));
        }
    }

    @Test
    void a_report_is_read_field_by_field() {
        JsonEvent read = EventJson.parse(Topic.LINE_TELEMETRY, REPORT);

        assertThat(read.event())
                .isEqualTo(LineTelemetry.newBuilder()
                        .setLineId("l1")
                        .setSessionId(5)
                        .setSequence(7)
                        .setEventTime(Instant.parse("2026-11-22T06:00:00.250Z"))
                        .setState(MachineState.EXECUTE)
                        .setGoodCount(12)
                        .setScrapCount(0)
                        .build());
        assertThat(read.receivedAt()).isNull();
        assertThat(EventJson.write(read.event())).isEqualTo(REPORT);
    }

    @Test
    void the_receive_time_stands_beside_the_event() {
        Instant receivedAt = Instant.parse("2026-11-22T06:00:01Z");
        JsonEvent read = EventJson.parse(Topic.LINE_TELEMETRY, REPORT);

        String line = EventJson.write(read.event(), receivedAt);

        assertThat(line).endsWith(",\"receivedAt\":\"2026-11-22T06:00:01Z\"}");
        assertThat(EventJson.parse(Topic.LINE_TELEMETRY, line)).isEqualTo(new JsonEvent(read.event(), receivedAt));
    }

    @Test
    void the_receive_time_of_a_rejected_record_is_its_own_field() {
        SpecificRecord event = EventJson.parse(
                        Topic.REJECTED,
                        """
                        {"topic":"lines","recordPartition":0,"recordOffset":3,"reasonCode":"UNKNOWN_ZONE","reason":"why",\
                        "receivedAt":"2026-11-22T06:00:01Z","payload":"{}"}""")
                .event();

        assertThat(EventJson.parse(Topic.REJECTED, EventJson.write(event)).event())
                .isEqualTo(event);
    }

    @Test
    void offsets_from_utc_are_understood() {
        LineTelemetry report = (LineTelemetry)
                parse(REPORT.replace("06:00:00.250Z", "07:00:00.250+01:00")).event();

        assertThat(report.getEventTime()).isEqualTo(Instant.parse("2026-11-22T06:00:00.250Z"));
    }

    @Test
    void what_is_absent_takes_its_default() {
        Line line = (Line) EventJson.parse(
                        Topic.LINES,
                        """
                                {"lineId":"l1","plantId":"AB123","productId":"round","idealCycleSeconds":1.5,"calendar":"PLANNED","declaredUnitsPerHour":2400}""")
                .event();

        assertThat(line.getHeartbeatSeconds()).isEqualTo(60);
        assertThat(line.getHoursPerWeek()).isEqualTo(new HoursPerWeek(40.0, 120.0, 160.0));
        assertThat(line.getCycles()).isEmpty();
        assertThat(line.getValidFrom()).isNull();
    }

    @Test
    void two_lines_do_not_share_a_default() {
        String json =
                """
                {"planId":"p1","lineId":"l1","start":"2026-11-22T06:00:00Z","end":"2026-11-22T14:00:00Z"}""";
        ShiftPlan one = (ShiftPlan) EventJson.parse(Topic.SHIFT_PLANS, json).event();
        ShiftPlan other = (ShiftPlan) EventJson.parse(Topic.SHIFT_PLANS, json).event();

        assertThat(one.getBreaks()).isNotSameAs(other.getBreaks());
    }

    @Test
    void an_optional_field_may_be_null() {
        assertThat(parse(REPORT.replace("}", ",\"reasonCode\":null}"))).isEqualTo(parse(REPORT));
    }

    @Test
    void a_typo_is_answered_with_the_name_that_was_meant() {
        EventJsonException refused = refused(REPORT.replace("eventTime", "evenTtime"));

        assertThat(refused.problem()).isEqualTo(Problem.UNEXPECTED_FIELD);
        assertThat(refused.field()).isEqualTo("evenTtime");
        assertThat(refused)
                .hasMessageStartingWith(
                        "Field 'evenTtime' is not a field of line-telemetry: the fields here are lineId, ")
                .hasMessageEndingWith("\nMaybe you meant 'eventTime'.");
    }

    @Test
    void a_field_like_no_other_belongs_to_another_topic() {
        assertThat(refused(REPORT.replace("\"lineId\"", "\"buyerNation\"")))
                .hasMessageEndingWith("\nMaybe the line belongs to another topic.");
    }

    @Test
    void a_typo_inside_a_list_is_named_with_its_place() {
        String line =
                """
                {"plantId":"AB123","materialId":"powder","eventTime":"2026-11-22T06:00:00Z","onHand":1,"receipts":[\
                {"dueAt":"2026-12-01T00:00:00Z","quantity":5,"supplierId":"s1"},{"dueat":"2026-12-01T00:00:00Z"}]}""";

        EventJsonException refused = refused(Topic.MATERIAL_STOCKS, line);

        assertThat(refused.field()).isEqualTo("receipts[1].dueat");
        assertThat(refused).hasMessageEndingWith("\nMaybe you meant 'dueAt'.");
    }

    @Test
    void a_list_is_read_in_its_order() {
        MaterialStock stock = (MaterialStock) EventJson.parse(
                        Topic.MATERIAL_STOCKS,
                        """
                                {"plantId":"AB123","materialId":"powder","eventTime":"2026-11-22T06:00:00Z","onHand":1.5,"receipts":[\
                                {"dueAt":"2026-12-01T00:00:00Z","quantity":5,"supplierId":"s1"},{"dueAt":"2026-12-02T00:00:00Z","quantity":6,"supplierId":"s2"}]}""")
                .event();

        assertThat(stock.getReceipts())
                .extracting(receipt -> receipt.getQuantity())
                .isEqualTo(List.of(5.0, 6.0));
    }

    @Test
    void a_missing_field_is_named_with_its_meaning() {
        EventJsonException refused = refused(REPORT.replace("\"goodCount\":12,", ""));

        assertThat(refused.problem()).isEqualTo(Problem.MISSING_FIELD);
        assertThat(refused)
                .hasMessageStartingWith("Field 'goodCount' of line-telemetry is missing: it must be there (Good units");
    }

    @Test
    void a_field_that_stands_twice_is_refused() {
        assertThat(refused(REPORT.replace("\"goodCount\":12", "\"goodCount\":12,\"goodCount\":13")))
                .hasMessageStartingWith("Field 'goodCount' of line-telemetry stands twice");
        assertThat(refused(REPORT.replace(
                                "}",
                                ",\"receivedAt\":\"2026-11-22T06:00:01Z\",\"receivedAt\":\"2026-11-22T06:00:01Z\"}"))
                        .field())
                .isEqualTo("receivedAt");
    }

    @Test
    void an_unknown_name_is_answered_with_those_allowed() {
        assertThat(refused(REPORT.replace("EXECUTE", "EXECUTING")))
                .hasMessageStartingWith(
                        "Field 'state' of line-telemetry is \"EXECUTING\": it must be one of EXECUTE, IDLE, ")
                .hasMessageEndingWith("\nMaybe you meant 'EXECUTE'.");
    }

    @Test
    void a_negative_counter_is_refused() {
        EventJsonException refused = refused(REPORT.replace(":12", ":-12"));

        assertThat(refused.problem()).isEqualTo(Problem.NEGATIVE);
        assertThat(refused)
                .hasMessageStartingWith("Field 'goodCount' of line-telemetry is -12: it must be 0 or more.\nMaybe ");
    }

    @Test
    void a_negative_stock_is_no_counter() {
        assertThat(
                        refused(
                                Topic.MATERIAL_STOCKS,
                                "{\"plantId\":\"0A1B2\",\"materialId\":\"powder\",\"eventTime\":\"2026-11-22T06:00:00Z\",\"onHand\":-5}"))
                .hasMessage(
                        "Field 'onHand' of material-stocks is -5: it must be 0 or more.\nMaybe it has a minus sign too many.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "goodCount | 1.5 | WRONG_TYPE | a whole number",
                "goodCount | \"12\" | WRONG_TYPE | a whole number",
                "goodCount | 9223372036854775808 | OUT_OF_RANGE | in -9223372036854775808 ... 9223372036854775807",
                "goodCount | null | WRONG_TYPE | a whole number",
                "lineId | 7 | WRONG_TYPE | a text in quotes",
                "lineId | null | WRONG_TYPE | a text in quotes",
                "state | {} | WRONG_TYPE | one of EXECUTE",
                "eventTime | \"2026-11-22 06:00\" | WRONG_TYPE | an instant in ISO 8601",
                "eventTime | \"2026-11-22T06:00:00\" | WRONG_TYPE | an instant in ISO 8601",
                "eventTime | 1790000000000 | WRONG_TYPE | an instant in ISO 8601",
                "eventTime | \"2026-11-22T06:00:00.0001Z\" | OUT_OF_RANGE | a whole millisecond",
                "eventTime | \"+12026-11-22T06:00:00Z\" | OUT_OF_RANGE | in the years 0001 to 9999",
            })
    void a_value_that_breaks_the_rule_of_its_field_is_refused(
            String field, String value, Problem problem, String rule) {
        String line =
                REPORT.replaceFirst("\"%s\":(\"[^\"]*\"|\\d+)".formatted(field), "\"%s\":%s".formatted(field, value));

        EventJsonException refused = refused(line);

        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused).hasMessageContaining(": it must be " + rule).hasMessageContaining("\nMaybe ");
    }

    @ParameterizedTest
    @CsvSource({"latitude, 90.1, 90 or less", "latitude, -91, -90 or more", "longitude, 1e999, a finite number"})
    void a_place_off_the_globe_is_refused(String field, String value, String rule) {
        String plant =
                """
                {"plantId":"AB123","name":"n","nation":"AUT","parentEntity":"p","latitude":48,"longitude":16,"timeZone":"Europe/Vienna"}""";

        EventJsonException refused = refused(
                Topic.PLANTS, plant.replaceFirst("\"%s\":\\d+".formatted(field), "\"%s\":%s".formatted(field, value)));

        assertThat(refused.problem()).isEqualTo(Problem.OUT_OF_RANGE);
        assertThat(refused).hasMessageContaining("it must be " + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "null", "[]", "lineId: l1", "{\"lineId\":\"l1\"", "{\"lineId\":l1}", "{,}"})
    void what_is_not_an_object_is_refused(String line) {
        assertThat(refused(line)).hasMessageContaining("\nMaybe ");
    }

    @Test
    void a_second_object_on_the_line_is_refused() {
        assertThat(refused(REPORT + REPORT).problem()).isEqualTo(Problem.NOT_JSON);
    }

    private static JsonEvent parse(String line) {
        return EventJson.parse(Topic.LINE_TELEMETRY, line);
    }

    private static EventJsonException refused(String line) {
        return refused(Topic.LINE_TELEMETRY, line);
    }

    private static EventJsonException refused(Topic topic, String line) {
        EventJsonException refused = catchThrowableOfType(EventJsonException.class, () -> EventJson.parse(topic, line));
        assertThat(refused).as(line).isNotNull();
        return refused;
    }
}

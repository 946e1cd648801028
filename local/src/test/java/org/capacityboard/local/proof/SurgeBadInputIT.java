package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that may be sent by mistake of what surge readiness is computed from, through the real broker and jobs: each record is refused once, in a
 * sentence, with its origin; no job starts again; and what is right is computed before, meanwhile and after. Time is that of the events: it goes on by
 * {@link #TICK} whenever somebody waits.
 */
@ExtendWith(StackExtension.class)
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SurgeBadInputIT {
    private static final String PLANT = "0SB01";
    private static final Duration TICK = Duration.ofSeconds(70);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** 112 hours a week. */
    private static final int HOURS_A_MONTH = 487;

    private final TestBoard board;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<Wrong> wrongs = new ArrayList<>();
    private Instant now = start;

    /**
     * A record that must be refused.
     *
     * @param offset where it stands in its partition
     * @param mark a part of its payload that no other has
     * @param parts what the sentence says
     */
    private record Wrong(String topic, long offset, String mark, String code, List<String> parts) {}

    SurgeBadInputIT(TestBoard board) {
        this.board = board;
    }

    @BeforeAll
    void a_round_is_computed_and_then_everything_wrong_is_sent() throws Exception {
        Settings quick = board.settings()
                .with("throughput.idle-after", "1s")
                .with("throughput.future-guard", "24h")
                .with("throughput.unknown-line-wait", "1s");
        board.send(List.of(
                Plant.newBuilder()
                        .setPlantId(PLANT)
                        .setName("Works")
                        .setNation("NOR")
                        .setParentEntity("Works Group")
                        .setLatitude(60)
                        .setLongitude(10)
                        .setTimeZone("UTC")
                        .build(),
                Material.newBuilder()
                        .setMaterialId("powder")
                        .setName("Powder")
                        .setUnit("kg")
                        .setLeadTimeDays(90)
                        .build(),
                product("shell").setInterchangeabilityGroup("gauge-155").build(),
                product("charge", item("powder", 2)).build(),
                product("round", item("shell", 1), item("charge", 1)).build(),
                line("shells", "shell", 80).build(),
                line("charges", "charge", 36).build(),
                supplier("mill", "powder", 1_000_000).build(),
                requirement("round", 100 * HOURS_A_MONTH).build()));
        board.send(List.of(stock("powder", 5_000).build()));
        board.start(BoardJob.REFERENCE, quick);
        board.start(BoardJob.SURGE_READINESS, quick);
        awaitReadiness("0.360000", "charge");
        sendWrongProducts();
        sendWrongLines();
        sendWrongRequirements();
        sendWrongSuppliers();
        sendWrongReports();
    }

    @AfterAll
    void no_job_started_again() {
        board.assertNeverRestarted(BoardJob.REFERENCE);
        board.assertNeverRestarted(BoardJob.SURGE_READINESS);
    }

    private void sendWrongProducts() throws Exception {
        refused(
                product("mirror", item("mirror", 1)).build(),
                "mirror",
                "BILL_CYCLE",
                "mirror would go into itself: mirror takes mirror.",
                "Maybe input and product changed places");
        refused(
                product("pin", item("ring", 1)).build(),
                "\"productId\":\"pin\"",
                "UNKNOWN_REFERENCE",
                "Product pin names product or material ring, which topics products and materials do not have.",
                "Maybe it was not sent yet");
        refused(
                product("ring", item("pin", 1)).build(),
                "\"productId\":\"ring\"",
                "BILL_CYCLE",
                "ring takes pin takes ring",
                "Maybe ");
        refused(
                product("charge", item("round", 1)).setRevision(1).build(),
                "\"productId\":\"charge\"",
                "BILL_CYCLE",
                "charge takes round takes charge",
                "Maybe ");
        refused(
                product("set", item("gauge-155", 1)).build(),
                "\"productId\":\"set\"",
                "UNKNOWN_REFERENCE",
                "Product set names product or material gauge-155",
                "Maybe ");
        refused(
                product("empty-part", item("powder", 0)).build(),
                "empty-part",
                "BAD_VALUE",
                "Field 'billOfMaterials[0].quantityPerUnit' of products is 0.0",
                "Maybe the product takes none of powder");
        refused(
                product("minus-part", item("powder", -2)).build(),
                "minus-part",
                "NEGATIVE_COUNT",
                "Field 'billOfMaterials[0].quantityPerUnit' of products is -2.0",
                "Maybe ");
        refused(
                product("lone-part").setInterchangeabilityGroup("").build(),
                "lone-part",
                "BAD_VALUE",
                "Field 'interchangeabilityGroup' of products is empty",
                "Maybe nothing stands in for the product");
    }

    private void sendWrongLines() throws Exception {
        refused(
                line("no-cycle", "shell", 10).setIdealCycleSeconds(0).build(),
                "no-cycle",
                "BAD_VALUE",
                "Field 'idealCycleSeconds' of lines is 0.0",
                "Maybe the cycle is not known yet");
        refused(
                line("minus-rate", "shell", -10).build(),
                "minus-rate",
                "NEGATIVE_COUNT",
                "Field 'declaredUnitsPerHour' of lines is -10.0",
                "Maybe ");
        refused(
                line("long-week", "shell", 10)
                        .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 169.0))
                        .build(),
                "long-week",
                "BAD_VALUE",
                "Field 'hoursPerWeek.conflict' of lines is 169.0",
                "Maybe ");
        refused(
                line("idle-line", "no-such-product", 10).build(),
                "idle-line",
                "UNKNOWN_REFERENCE",
                "Line idle-line names product no-such-product, which topic products does not have.",
                "Maybe it was not sent yet");
    }

    private void sendWrongRequirements() throws Exception {
        refused(
                requirement("unknown-product", 10).build(),
                "unknown-product",
                "UNKNOWN_REFERENCE",
                "Surge requirement unknown-product|PEACETIME names product unknown-product",
                "Maybe ");
        refused(
                requirement("round", 7).build(),
                "\"unitsPerMonth\":7.0",
                "CONFLICTING_REVISION",
                "Another content of round|PEACETIME",
                "the first one stands",
                "Maybe the change needs a higher revision");
        refused(
                requirement("round", -10).setRevision(2).build(),
                "\"unitsPerMonth\":-10.0",
                "NEGATIVE_COUNT",
                "Field 'unitsPerMonth' of surge-requirements is -10.0",
                "Maybe ");
        refused(
                requirement("shell", 1).setReachWithinDays(-1).build(),
                "\"reachWithinDays\":-1",
                "NEGATIVE_COUNT",
                "Field 'reachWithinDays' of surge-requirements is -1",
                "Maybe ");
        refused(
                requirement("shell", 1).setReachWithinDays(3_651).build(),
                "\"reachWithinDays\":3651",
                "BAD_VALUE",
                "Field 'reachWithinDays' of surge-requirements is 3651: it must be 3650 or less",
                "Maybe ");
        refused(
                requirement("shell", 1).setSustainDays(0).build(),
                "\"sustainDays\":0",
                "BAD_VALUE",
                "Field 'sustainDays' of surge-requirements is 0: it must be 1 or more",
                "Maybe the default of the posture is meant");
        refused(
                requirement("shell", 1).setSustainDays(3_651).build(),
                "\"sustainDays\":3651",
                "BAD_VALUE",
                "Field 'sustainDays' of surge-requirements is 3651: it must be 3650 or less",
                "Maybe ");
        byte[] unknownPosture = EventCodec.encode(requirement("charge", 1).build());
        // The posture is the one byte after the product's id: 0, 2 and 4 stand for the three there are.
        unknownPosture[unknownPosture.length - 13] = 14;
        refused(
                Topic.SURGE_REQUIREMENTS,
                unknownPosture,
                "hex:",
                "UNREADABLE",
                "is not what its schema says",
                "Maybe ");
    }

    private void sendWrongSuppliers() throws Exception {
        refused(
                supplier("stranger", "dust", 10).build(),
                "stranger",
                "UNKNOWN_REFERENCE",
                "Supplier stranger names material dust, which topic materials does not have.",
                "Maybe ");
        refused(
                supplier("orphan", "powder", 10).setParentEntity("").build(),
                "orphan",
                "BAD_VALUE",
                "Field 'parentEntity' of suppliers is empty",
                "Maybe nobody does: then write the supplier's own name");
        refused(
                supplier("taker", "powder", -10).build(),
                "taker",
                "NEGATIVE_COUNT",
                "Field 'supplies[0].unitsPerMonth' of suppliers is -10.0",
                "Maybe ");
    }

    private void sendWrongReports() throws Exception {
        refused(
                stock("powder", -5).build(),
                "\"onHand\":-5.0",
                "NEGATIVE_COUNT",
                "Field 'onHand' of material-stocks is -5.0: it must be 0 or more",
                "Maybe it says by how much the stock shrank");
        refused(
                stock("powder", 17)
                        .setReceipts(List.of(Receipt.newBuilder()
                                .setDueAt(start.plus(Duration.ofDays(30)))
                                .setQuantity(-7)
                                .setSupplierId("mill")
                                .build()))
                        .build(),
                "\"quantity\":-7.0",
                "NEGATIVE_COUNT",
                "Field 'receipts[0].quantity' of material-stocks is -7.0",
                "Maybe ");
        refused(
                stock("powder", Double.NaN).build(),
                "NaN",
                "BAD_VALUE",
                "Field 'onHand' of material-stocks is NaN: it must be a finite number",
                "Maybe it was divided by zero");
        refused(
                stock("powder", 18).setPlantId("9Z9Z9").build(),
                "9Z9Z9",
                "UNKNOWN_REFERENCE",
                "The count of stock names plant 9Z9Z9, which topic plants does not have.",
                "Maybe it was not sent yet");
        refused(
                stock("sand", 19).build(),
                "sand",
                "UNKNOWN_REFERENCE",
                "The count of stock names material sand, which topic materials does not have.",
                "Maybe it was not sent yet");
        refused(
                stock("powder", 20).setEventTime(start.plus(Duration.ofDays(3))).build(),
                "\"onHand\":20.0",
                "FUTURE_EVENT",
                "Field 'eventTime' of material-stocks is " + start.plus(Duration.ofDays(3)),
                "Maybe the edge's clock is ahead");
        refused(
                Topic.MATERIAL_STOCKS,
                "no stock".getBytes(StandardCharsets.UTF_8),
                "hex:6e6f",
                "UNREADABLE",
                "the marker c301");
        byte[] whole = EventCodec.encode(crew("shells", 8, 2));
        refused(
                Topic.WORKFORCE,
                Arrays.copyOf(whole, whole.length - 2),
                "hex:",
                "UNREADABLE",
                "is not what its schema says: it ends inside a field",
                "Maybe it was cut off");
        refused(
                crew("shells", 8, 0),
                "\"peoplePerShift\":0",
                "BAD_VALUE",
                "Field 'peoplePerShift' of workforce is 0: it must be 1 or more",
                "Maybe the line runs unattended");
        refused(
                crew("shells", -8, 2),
                "\"certifiedPeople\":-8",
                "NEGATIVE_COUNT",
                "Field 'certifiedPeople' of workforce is -8",
                "Maybe ");
        refused(
                crew("nowhere", 8, 2),
                "nowhere",
                "UNKNOWN_LINE",
                "The report of people names line nowhere, which topic lines does not have.",
                "Maybe it was not sent yet");
    }

    private void refused(SpecificRecord event, String mark, String code, String... parts) throws Exception {
        refused(Topic.of(event), EventCodec.encode(event), mark, code, parts);
    }

    private void refused(Topic topic, byte[] record, String mark, String code, String... parts) throws Exception {
        long offset = board.sendBytes(topic, "key", record);
        wrongs.add(new Wrong(topic.baseName(), offset, mark, code, List.of(parts)));
    }

    private Stream<Wrong> wrongs() {
        return wrongs.stream();
    }

    @Test
    @Order(1)
    void all_of_them_are_refused() throws Exception {
        String refusals = "select count(*) from capacity.rejected_event";
        await(refusals, List.of(List.of(String.valueOf(wrongs.size()))));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    @Order(2)
    void a_wrong_record_is_refused_once_with_its_origin_and_a_remedy(Wrong wrong) throws SQLException {
        List<List<String>> rows = board.rows(
                "select reason_code, reason from capacity.rejected_event where topic = '%s' and record_offset = %d and position('%s' in payload) > 0"
                        .formatted(wrong.topic(), wrong.offset(), wrong.mark()));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.get(0)).isEqualTo(wrong.code());
            assertThat(row.get(1)).contains(wrong.parts());
        });
    }

    @Test
    @Order(3)
    void what_is_right_is_what_it_was() throws Exception {
        awaitReadiness("0.360000", "charge");
    }

    @Test
    @Order(4)
    void what_is_right_goes_on() throws Exception {
        board.send(List.of(crew("charges", 2, 8)));

        // A quarter of a crew works 10 hours a week: 36 x 10 x 487 / 112 of 48,700.
        awaitReadiness("0.032143", "charge");
    }

    @Test
    @Order(5)
    void a_requirement_of_a_later_revision_counts() throws Exception {
        board.send(
                List.of(requirement("round", 10 * HOURS_A_MONTH).setRevision(1).build()));

        awaitReadiness("0.321429", "charge");
    }

    private void awaitReadiness(String readiness, String bindingId) throws Exception {
        await(
                "select round(readiness::numeric, 6), binding_id from capacity.surge_readiness"
                        + " where product_id = 'round' and evidence = 'CONTRACTED' order by as_of desc limit 1",
                List.of(List.of(readiness, bindingId)));
    }

    /** Looks again and again, and time goes on meanwhile. */
    private void await(String query, List<List<String>> expected) throws Exception {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        List<List<String>> seen = board.rows(query);
        while (!seen.equals(expected) && System.nanoTime() < giveUpAt) {
            now = now.plus(TICK);
            board.send(List.of(stock("powder", 5_000).setEventTime(now).build()));
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = board.rows(query);
        }
        assertThat(seen).isEqualTo(expected);
    }

    private static BillOfMaterialsItem item(String inputId, double quantity) {
        return BillOfMaterialsItem.newBuilder()
                .setInputId(inputId)
                .setQuantityPerUnit(quantity)
                .build();
    }

    private static Product.Builder product(String id, BillOfMaterialsItem... bill) {
        return Product.newBuilder()
                .setProductId(id)
                .setName("Example " + id)
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .setBillOfMaterials(List.of(bill));
    }

    private static Line.Builder line(String id, String productId, double unitsPerHour) {
        return Line.newBuilder()
                .setLineId(id)
                .setPlantId(PLANT)
                .setProductId(productId)
                .setIdealCycleSeconds(1)
                .setCalendar(LineCalendar.PLANNED)
                .setDeclaredUnitsPerHour(unitsPerHour)
                .setHoursPerWeek(new HoursPerWeek(112.0, 112.0, 112.0));
    }

    private static Supplier.Builder supplier(String id, String materialId, double unitsPerMonth) {
        return Supplier.newBuilder()
                .setSupplierId(id)
                .setParentEntity("Group of " + id)
                .setNation("NOR")
                .setAllied(true)
                .setSupplies(List.of(SupplierOffer.newBuilder()
                        .setMaterialId(materialId)
                        .setUnitsPerMonth(unitsPerMonth)
                        .build()));
    }

    private static SurgeRequirement.Builder requirement(String productId, double unitsPerMonth) {
        return SurgeRequirement.newBuilder()
                .setProductId(productId)
                .setPosture(Posture.PEACETIME)
                .setUnitsPerMonth(unitsPerMonth);
    }

    private MaterialStock.Builder stock(String materialId, double onHand) {
        return MaterialStock.newBuilder()
                .setPlantId(PLANT)
                .setMaterialId(materialId)
                .setEventTime(start)
                .setOnHand(onHand);
    }

    private WorkforceReport crew(String lineId, int people, int perShift) {
        return WorkforceReport.newBuilder()
                .setLineId(lineId)
                .setEventTime(now)
                .setCertifiedPeople(people)
                .setPeoplePerShift(perShift)
                .build();
    }
}

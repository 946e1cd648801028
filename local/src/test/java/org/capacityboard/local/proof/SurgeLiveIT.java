package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.FactWindow;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Surge readiness through broker, job and database while the job runs. */
@ExtendWith(StackExtension.class)
@Timeout(240)
class SurgeLiveIT {
    private static final String PLANT = "0SR01";
    private static final double HOURS_A_MONTH = 160 * 30.4375 / 7;

    private final TestBoard board;

    SurgeLiveIT(TestBoard board) {
        this.board = board;
    }

    @Test
    void readiness_is_seen_and_changes_with_the_crew() throws Exception {
        Instant now = Instant.now();
        Settings quick = board.settings().with("throughput.idle-after", "1s");
        board.send(List.of(
                Plant.newBuilder()
                        .setPlantId(PLANT)
                        .setName("Works")
                        .setNation("NOR")
                        .setParentEntity("Works")
                        .setLatitude(60)
                        .setLongitude(10)
                        .setTimeZone("UTC")
                        .build(),
                product("shell"),
                product("charge", "powder"),
                product("round", "shell", "charge"),
                Material.newBuilder()
                        .setMaterialId("powder")
                        .setName("Powder")
                        .setUnit("kg")
                        .setLeadTimeDays(90)
                        .build(),
                line("shells", "shell", 40_000),
                line("charges", "charge", 18_000),
                SurgeRequirement.newBuilder()
                        .setProductId("round")
                        .setPosture(Posture.CONFLICT)
                        .setUnitsPerMonth(100_000)
                        .setReachWithinDays(0)
                        .setSustainDays(1)
                        .build()));
        board.send(List.of(stock(now, 1_000_000), facts(now)));
        board.start(BoardJob.SURGE_READINESS, quick);

        board.awaitRows(readiness(), List.of(List.of("0.180000", "charge")));
        assertThat(board.endOffset(Topic.SURGE_READINESS)).isPositive();
        assertThat(board.endOffset(Topic.MATERIAL_COVER)).isPositive();

        board.send(List.of(
                WorkforceReport.newBuilder()
                        .setLineId("shells")
                        .setEventTime(now)
                        .setCertifiedPeople(0)
                        .setPeoplePerShift(4)
                        .build(),
                WorkforceReport.newBuilder()
                        .setLineId("shells")
                        .setEventTime(now)
                        .setCertifiedPeople(1)
                        .setPeoplePerShift(0)
                        .setRevision(1)
                        .build()));

        board.awaitRows(readiness(), List.of(List.of("0.000000", "shell")));
        board.awaitRows(
                "select reason_code from capacity.rejected_event where topic = 'workforce'",
                List.of(List.of("BAD_VALUE")));
        board.assertNeverRestarted(BoardJob.SURGE_READINESS);
    }

    private static String readiness() {
        return "select round(readiness::numeric, 6), binding_id from capacity.surge_readiness"
                + " where product_id = 'round' and evidence = 'CONTRACTED' order by as_of desc limit 1";
    }

    private static Product product(String id, String... inputs) {
        return Product.newBuilder()
                .setProductId(id)
                .setName(id)
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .setBillOfMaterials(Arrays.stream(inputs)
                        .map(input -> BillOfMaterialsItem.newBuilder()
                                .setInputId(input)
                                .setQuantityPerUnit(1)
                                .build())
                        .toList())
                .build();
    }

    private static Line line(String id, String productId, double unitsPerMonth) {
        return Line.newBuilder()
                .setLineId(id)
                .setPlantId(PLANT)
                .setProductId(productId)
                .setIdealCycleSeconds(1)
                .setCalendar(LineCalendar.PLANNED)
                .setDeclaredUnitsPerHour(unitsPerMonth / HOURS_A_MONTH)
                .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                .build();
    }

    private static MaterialStock stock(Instant at, double onHand) {
        return MaterialStock.newBuilder()
                .setPlantId(PLANT)
                .setMaterialId("powder")
                .setEventTime(at)
                .setOnHand(onHand)
                .build();
    }

    /** What a line made yesterday, as the throughput job says it. */
    private static LineFacts facts(Instant at) {
        return LineFacts.newBuilder()
                .setLineId("charges")
                .setProductId("charge")
                .setWindow(FactWindow.DAY)
                .setProductionDay(LocalDate.ofInstant(at.minus(Duration.ofDays(1)), ZoneOffset.UTC)
                        .toString())
                .setPlannedMs(0)
                .setProducingMs(0)
                .setSetupMs(0)
                .setDelayMs(0)
                .setDownMs(0)
                .setUnknownMs(0)
                .setUnplannedProducingMs(0)
                .setGoodUnits(100)
                .setScrapUnits(0)
                .setReworkUnits(0)
                .setIdealUs(0)
                .setIdealGoodUs(0)
                .setReports(10)
                .setDuplicates(0)
                .setLostReports(0)
                .setLateReports(0)
                .setGeneration(0)
                .setVersion(10)
                .setWatermark(at)
                .setFinal$(false)
                .build();
    }
}

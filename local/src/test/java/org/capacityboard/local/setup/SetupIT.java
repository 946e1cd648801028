package org.capacityboard.local.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StackExtension.class)
@Timeout(120)
class SetupIT {

    private final TestBoard board;

    SetupIT(TestBoard board) {
        this.board = board;
    }

    @Test
    void a_prepared_board_lets_jobs_and_producers_in() {
        assertThat(new Examination(board.settings()).forJob()).isEmpty();
        assertThat(new Examination(board.settings()).surroundings())
                .allSatisfy(finding -> assertThat(finding.problem()).isNull());
    }

    @Test
    void migrating_again_changes_nothing() {
        assertThat(DatabaseMigration.migrate(board.settings().database()).applied())
                .isZero();
    }

    @Test
    void schemas_are_registered_once() {
        SchemaRegistration registration =
                new SchemaRegistration(board.settings().kafka());

        assertThat(registration.register(SchemaRegistration.ofThisRelease())).isEmpty();
        assertThat(registration.read()).hasSameSizeAs(SchemaRegistration.ofThisRelease());
    }

    @Test
    void a_topic_with_another_setting_is_reported() throws Exception {
        Settings other = board.settings().with("kafka.topic-prefix", "altered");
        String name = Topic.ORDERS.topicName("altered");
        new TopicCreation(other.kafka()).create();
        KafkaAccess access = new KafkaAccess(other.kafka());
        try (Admin admin = access.connect()) {
            access.await(admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, name),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
                    .all());
        }

        // The broker answers before it has applied the change.
        TestBoard.await(() -> problems(other).isEmpty(), false);

        assertThat(problems(other))
                .singleElement()
                .asString()
                .contains(name, "retention.ms 1000 (must be -1)", "Maybe");
    }

    @Test
    void missing_topics_and_a_wrong_password_are_told_together() {
        Settings wrong =
                board.settings().with("kafka.topic-prefix", "nowhere").with("database.writer.password", "wrong");

        assertThat(new Examination(wrong).forJob())
                .extracting(problem -> problem.text())
                .anySatisfy(text ->
                        assertThat(text).contains("topics 'nowhere.line-telemetry.v1' and 20 more of 21 are missing"))
                .anySatisfy(text -> assertThat(text).contains("database.writer.user 'capacity_writer' is not let in"));
    }

    @Test
    void a_database_that_does_not_exist_is_named() {
        Settings wrong = board.settings()
                .with("database.url", board.settings().database().url() + "_missing");

        assertThatThrownBy(() -> DatabaseMigration.migrate(wrong.database()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("names a database that does not exist");
    }

    private static List<String> problems(Settings settings) {
        return TopicCreation.problems(new TopicCreation(settings.kafka()).standings()).stream()
                .map(Problem::text)
                .toList();
    }
}

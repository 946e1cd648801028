package org.capacityboard.local.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.Topic;

/** Creates the topics of the catalogue with their settings, and compares those that are there already. */
public final class TopicCreation {

    /** The broker's own default. */
    private static final short DEFAULT_REPLICATION = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final KafkaAccess access;
    private final String prefix;

    public TopicCreation(KafkaSettings settings) {
        this.access = new KafkaAccess(settings);
        this.prefix = settings.topicPrefix();
    }

    /**
     * How a topic of the catalogue stands at the broker.
     *
     * @param topic which
     * @param name its name there
     * @param partitions how many it has; what it would have if it is missing
     * @param state whether it was there
     * @param differences settings that are not what the catalogue says, as {@code retention.ms 1 (must be 2)}
     */
    public record TopicStanding(Topic topic, String name, int partitions, State state, List<String> differences) {

        /** Whether a topic was there. */
        public enum State {
            MISSING,
            CREATED,
            PRESENT
        }
    }

    /** What keeps the product from working with the topics: those that are missing together, each that is set otherwise. */
    public static List<Problem> problems(List<TopicStanding> standings) {
        List<String> missing = standings.stream()
                .filter(standing -> standing.state() == TopicStanding.State.MISSING)
                .map(TopicStanding::name)
                .toList();
        List<Problem> problems = new ArrayList<>();
        if (missing.size() == 1) {
            problems.add(new Problem("topic", missing.get(0), "is missing", "run 'capacity topics create'"));
        } else if (!missing.isEmpty()) {
            problems.add(new Problem(
                    "topics",
                    missing.get(0),
                    "and " + (missing.size() - 1) + " more of " + standings.size() + " are missing",
                    "'capacity topics create' was not run, or kafka.topic-prefix is another one"));
        }
        standings.stream()
                .filter(standing -> !standing.differences().isEmpty())
                .map(standing -> new Problem(
                        "topic",
                        standing.name(),
                        "has other settings than it must have: " + String.join(", ", standing.differences()),
                        "it was created by hand: kafka-configs --alter mends it"))
                .forEach(problems::add);
        return problems;
    }

    /** Creates what is missing. */
    public List<TopicStanding> create() {
        try (Admin admin = access.connect()) {
            List<TopicStanding> before = standings(admin);
            List<NewTopic> wanted = before.stream()
                    .filter(standing -> standing.state() == TopicStanding.State.MISSING)
                    .map(standing -> new NewTopic(standing.name(), standing.partitions(), DEFAULT_REPLICATION)
                            .configs(standing.topic().configs()))
                    .toList();
            access.await(admin.createTopics(wanted).all());
            awaitShown(admin, wanted.stream().map(NewTopic::name).toList());
            return before.stream()
                    .map(standing -> standing.state() == TopicStanding.State.MISSING
                            ? new TopicStanding(
                                    standing.topic(),
                                    standing.name(),
                                    standing.partitions(),
                                    TopicStanding.State.CREATED,
                                    List.of())
                            : standing)
                    .toList();
        }
    }

    /** The controller answers before the brokers have heard of a new topic; who asks next must find it. */
    private void awaitShown(Admin admin, List<String> names) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!access.await(admin.listTopics().names()).containsAll(names)) {
            if (System.nanoTime() > giveUpAt) {
                throw UserError.failed(new Problem(
                        "topics",
                        names.get(0) + " and others",
                        "were created, but the broker does not show them within " + PATIENCE.toSeconds() + " s",
                        "it is busy: try again"));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** How every topic of the catalogue stands now. */
    public List<TopicStanding> standings() {
        try (Admin admin = access.connect()) {
            return standings(admin);
        }
    }

    private List<TopicStanding> standings(Admin admin) {
        Set<String> present = access.await(admin.listTopics().names());
        List<String> names = Arrays.stream(Topic.values())
                .map(topic -> topic.topicName(prefix))
                .filter(present::contains)
                .toList();
        Map<String, TopicDescription> descriptions =
                access.await(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = access.await(admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        return Arrays.stream(Topic.values())
                .map(standing(descriptions, configs))
                .collect(Collectors.toList());
    }

    private Function<Topic, TopicStanding> standing(
            Map<String, TopicDescription> descriptions, Map<ConfigResource, Config> configs) {
        return topic -> {
            String name = topic.topicName(prefix);
            TopicDescription description = descriptions.get(name);
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            return description == null || config == null
                    ? new TopicStanding(topic, name, topic.partitions(), TopicStanding.State.MISSING, List.of())
                    : new TopicStanding(
                            topic,
                            name,
                            description.partitions().size(),
                            TopicStanding.State.PRESENT,
                            differences(topic, config));
        };
    }

    private static List<String> differences(Topic topic, Config config) {
        List<String> differences = new ArrayList<>();
        topic.configs().forEach((key, wanted) -> {
            String found = config.get(key) == null ? "" : config.get(key).value();
            if (!wanted.equals(found)) {
                differences.add(key + " " + found + " (must be " + wanted + ")");
            }
        });
        return differences;
    }
}

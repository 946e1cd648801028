package org.capacityboard.flink.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** All files of a replay as one sequence: by receive time, then file (in the topics' order), then line. */
final class ReplayOrder implements Closeable {
    private final List<ReplayFile> files;
    private final long untilMs;
    private @Nullable ReplayFile current;

    private ReplayOrder(List<ReplayFile> files, long untilMs) {
        this.files = files;
        this.untilMs = untilMs;
    }

    /**
     * Opens what is there of {@code directory/<topic>.jsonl}.
     *
     * @param until null: the time of the last event that is not ahead of the clock
     * @param nowMs the wall clock
     */
    static ReplayOrder open(Path directory, List<Topic> topics, @Nullable Instant until, long nowMs, long futureGuardMs)
            throws IOException {
        Map<Topic, ReplayFile.Survey> surveys = new LinkedHashMap<>();
        long lastEventMs = LineTimes.ABSENT;
        for (Topic topic : topics) {
            Path path = directory.resolve(topic.fileName());
            if (Files.exists(path)) {
                ReplayFile.Survey survey = ReplayFile.survey(topic, path, nowMs, futureGuardMs);
                surveys.put(topic, survey);
                lastEventMs = Math.max(lastEventMs, survey.lastEventMs());
            }
        }
        long untilMs = until != null ? until.toEpochMilli() : lastEventMs == LineTimes.ABSENT ? nowMs : lastEventMs;
        ReplayOrder order = new ReplayOrder(new ArrayList<>(), untilMs);
        for (Map.Entry<Topic, ReplayFile.Survey> found : surveys.entrySet()) {
            Path path = directory.resolve(found.getKey().fileName());
            ReplayFile file = ReplayFile.open(found.getKey(), path, found.getValue(), nowMs, untilMs);
            if (file.advance()) {
                order.files.add(file);
            } else {
                file.close();
            }
        }
        return order;
    }

    long untilMs() {
        return untilMs;
    }

    /** The file whose line comes next; null if all were read. */
    @Nullable
    ReplayFile next() throws IOException {
        if (current != null && !current.advance()) {
            current.close();
            files.remove(current);
        }
        current = null;
        for (ReplayFile file : files) {
            if (current == null || file.receivedAtMs() < current.receivedAtMs()) {
                current = file;
            }
        }
        return current;
    }

    @Override
    public void close() throws IOException {
        for (ReplayFile file : files) {
            file.close();
        }
    }
}

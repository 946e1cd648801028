package org.capacityboard.process.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.process.settings.GivenSettings.Given;

/** What this process was told, parsed once: a default, the file, the environment, the flags, the later winning. */
public final class Settings {
    private final Map<String, Given> given;
    private final KafkaSettings kafka;
    private final DatabaseSettings database;
    private final ThroughputSettings throughput;
    private final LeadTimeSettings leadTime;
    private final SurgeSettings surge;
    private final CheckpointSettings checkpoint;
    private final StateSettings state;
    private final JobSettings job;
    private final SinkSettings sink;
    private final MinuteRetention minutes;
    private final HttpSettings http;
    private final ViewerSettings viewer;
    private final SimulatorSettings simulator;

    private Settings(GivenSettings texts) {
        SettingsReader values = new SettingsReader(texts);
        given = Map.copyOf(texts.byKey());
        kafka = values.kafka();
        database = values.database();
        throughput = new ThroughputSettings(
                values.of(Catalogue.THROUGHPUT_HORIZON),
                values.of(Catalogue.THROUGHPUT_DISORDER),
                values.of(Catalogue.THROUGHPUT_IDLE_AFTER),
                values.of(Catalogue.THROUGHPUT_FUTURE_GUARD),
                values.of(Catalogue.THROUGHPUT_UNKNOWN_LINE_WAIT));
        leadTime = new LeadTimeSettings(values.of(Catalogue.LEADTIME_UNKNOWN_ORDER_WAIT));
        surge = new SurgeSettings(
                values.of(Catalogue.SURGE_STALE_AFTER), values.of(Catalogue.SURGE_UNKNOWN_REFERENCE_WAIT));
        checkpoint = new CheckpointSettings(
                values.of(Catalogue.CHECKPOINT_INTERVAL),
                values.of(Catalogue.CHECKPOINT_DIRECTORY),
                values.of(Catalogue.CHECKPOINT_TIMEOUT),
                values.of(Catalogue.CHECKPOINT_RETAINED));
        state = new StateSettings(values.of(Catalogue.STATE_BACKEND));
        job = new JobSettings(values.of(Catalogue.JOB_PARALLELISM), values.of(Catalogue.JOB_MAX_PARALLELISM));
        sink = new SinkSettings(values.of(Catalogue.SINK_FLUSH_ROWS), values.of(Catalogue.SINK_FLUSH_AGE));
        minutes = new MinuteRetention(values.of(Catalogue.MINUTES_RETENTION_DAYS));
        http = new HttpSettings(values.of(Catalogue.HTTP_HOST), values.of(Catalogue.HTTP_PORT));
        viewer = values.viewer();
        simulator = new SimulatorSettings(
                values.of(Catalogue.SIMULATOR_SCENARIO),
                values.of(Catalogue.SIMULATOR_SPEED),
                values.of(Catalogue.SIMULATOR_SEED),
                values.of(Catalogue.SIMULATOR_WEEKS));
        values.refuseIf(
                throughput.disorder().compareTo(throughput.horizon()) >= 0,
                Catalogue.THROUGHPUT_DISORDER,
                "must be shorter than " + Catalogue.THROUGHPUT_HORIZON.key());
        values.refuseIf(
                throughput.horizon().toDays() >= minutes.days(),
                Catalogue.MINUTES_RETENTION_DAYS,
                "must be longer than " + Catalogue.THROUGHPUT_HORIZON.key()
                        + ", or minutes that still take corrections are gone");
        values.refuseIf(
                job.parallelism() > job.maxParallelism(),
                Catalogue.JOB_PARALLELISM,
                "must not exceed " + Catalogue.JOB_MAX_PARALLELISM.key());
        values.throwIfAny();
    }

    /**
     * Reads all sources.
     *
     * @throws SettingsException with everything that is wrong
     */
    public static Settings read(SettingsSources sources) {
        return new Settings(GivenSettings.from(sources));
    }

    /** What holds if nobody says otherwise. */
    public static Settings defaults() {
        return new Settings(new GivenSettings(Map.of()));
    }

    /**
     * The same settings with one decided by the program, secrets included.
     *
     * @throws SettingsException if the key is unknown or the value none of its type
     */
    public Settings with(String key, String value) {
        GivenSettings changed = new GivenSettings(given);
        changed.takeFromProgram(key, value);
        return new Settings(changed);
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    public DatabaseSettings database() {
        return database;
    }

    public ThroughputSettings throughput() {
        return throughput;
    }

    public LeadTimeSettings leadTime() {
        return leadTime;
    }

    public SurgeSettings surge() {
        return surge;
    }

    public CheckpointSettings checkpoint() {
        return checkpoint;
    }

    public StateSettings state() {
        return state;
    }

    public JobSettings job() {
        return job;
    }

    public SinkSettings sink() {
        return sink;
    }

    public MinuteRetention minutes() {
        return minutes;
    }

    public HttpSettings http() {
        return http;
    }

    public ViewerSettings viewer() {
        return viewer;
    }

    public SimulatorSettings simulator() {
        return simulator;
    }

    /** Every setting with its value and where that came from, secrets redacted: the catalogue, then Kafka's properties. */
    public List<EffectiveSetting> effective() {
        List<EffectiveSetting> all = new ArrayList<>();
        for (Setting<?> setting : Catalogue.ALL) {
            Given text = given.get(setting.key());
            if (text == null) {
                String fallback = setting.defaultText();
                all.add(new EffectiveSetting(setting.key(), fallback == null ? "" : fallback, "default"));
            } else {
                String shown = setting.isSecret() ? Secret.REDACTED : text.text();
                all.add(new EffectiveSetting(setting.key(), shown, text.source()));
            }
        }
        new TreeMap<>(given).forEach((key, text) -> {
            if (key.startsWith(Catalogue.KAFKA_PROPERTIES)) {
                String shown = KafkaSettings.isSecret(key) ? Secret.REDACTED : text.text();
                all.add(new EffectiveSetting(key, shown, text.source()));
            }
        });
        return all;
    }

    @Override
    public String toString() {
        return effective().toString();
    }
}

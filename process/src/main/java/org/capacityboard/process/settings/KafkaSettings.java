package org.capacityboard.process.settings;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the events come from.
 *
 * @param bootstrap brokers to ask first, {@code host:port} joined with commas
 * @param topicPrefix first part of every topic's name
 * @param properties passed to the Kafka clients untouched: TLS, SASL and whatever else a broker asks for
 */
public record KafkaSettings(String bootstrap, String topicPrefix, Map<String, String> properties)
        implements Serializable {
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|jaas|credential|\\.key$");

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** What every Kafka client of the product starts from. */
    public Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrap);
        return all;
    }

    /** Whether a Kafka property of this name holds something that may not be shown. */
    static boolean isSecret(String property) {
        return SECRET.matcher(property).find();
    }

    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((property, value) -> isSecret(property) ? Secret.REDACTED : value);
        return "KafkaSettings[bootstrap=" + bootstrap + ", topicPrefix=" + topicPrefix + ", properties=" + shown + "]";
    }
}

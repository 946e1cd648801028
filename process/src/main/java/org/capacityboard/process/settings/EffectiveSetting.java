package org.capacityboard.process.settings;

/**
 * What a setting is in this process, ready to be shown.
 *
 * @param key its name
 * @param value its text; {@code (secret)} for a secret, empty for nothing
 * @param source where it came from: {@code default}, {@code file capacity.yaml}, {@code environment CAPACITY_HTTP_PORT}, {@code flag --set}
 */
public record EffectiveSetting(String key, String value, String source) {}

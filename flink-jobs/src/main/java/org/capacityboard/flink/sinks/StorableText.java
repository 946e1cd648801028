package org.capacityboard.flink.sinks;

/** Text as PostgreSQL takes it: it has no place for the character NUL, which refused bytes may well hold. */
final class StorableText {
    private StorableText() {}

    static String of(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}

package org.capacityboard.schemas;

import java.util.HexFormat;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A writer schema as it stands in the topic {@code schemas}.
 *
 * @param fingerprint CRC-64-AVRO of its canonical form
 * @param schema the schema
 */
public record RegisteredSchema(long fingerprint, Schema schema) {
    private static final int HEX_DIGITS = 16;

    public static RegisteredSchema of(Schema schema) {
        return new RegisteredSchema(EventCodec.fingerprint(schema), schema);
    }

    /** The entry with this key and value; what is not a schema, or not the one its key says, is refused. */
    public static RegisteredSchema parse(String key, String json) {
        RegisteredSchema entry;
        try {
            entry = of(new Schema.Parser().parse(json));
        } catch (AvroRuntimeException e) {
            throw new UnreadableEventException(
                    "The entry '%s' of topic schemas is not an Avro schema: %s.".formatted(key, e.getMessage()), e);
        }
        if (!entry.key().equals(key)) {
            throw new UnreadableEventException(
                    "The entry '%s' of topic schemas holds a schema with the fingerprint %s: key and fingerprint must be equal."
                            .formatted(key, entry.key()),
                    null);
        }
        return entry;
    }

    /** Its key: the fingerprint as 16 hexadecimal digits. */
    public String key() {
        return hex(fingerprint);
    }

    /** Its value: the schema as JSON. */
    public String json() {
        return schema.toString();
    }

    /** A fingerprint as people read it. */
    public static String hex(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint, HEX_DIGITS);
    }
}

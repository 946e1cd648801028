package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.capacityboard.schemas.FrozenSchemas.Frozen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a release has written stays readable: plants upgrade when they can, and topics are kept for years. */
final class EvolutionTest {
    static List<Frozen> frozen() throws IOException {
        return FrozenSchemas.all();
    }

    @ParameterizedTest
    @MethodSource("frozen")
    void every_schema_ever_written_with_is_readable_today(Frozen frozen) {
        assertThat(SchemaCompatibility.problems(frozen.writer(), frozen.topic()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("frozen")
    void bytes_of_every_release_decode_to_the_same_event(Frozen frozen) {
        assertThat(EventCodec.fingerprint(frozen.bytes())).isEqualTo(EventCodec.fingerprint(frozen.writer()));
        assertThat(EventCodec.decode(frozen.bytes(), frozen.writer(), frozen.topic()))
                .isEqualTo(EventJson.parse(frozen.topic(), frozen.json()).event());
    }

    @ParameterizedTest
    @MethodSource("org.capacityboard.schemas.RandomEvents#topics")
    void the_schema_of_today_is_frozen(Topic topic) throws IOException {
        assertThat(FrozenSchemas.isFrozen(topic))
                .as(
                        "The schema of topic %s has changed since it was last frozen.%nMaybe run FrozenSchemas.main in schemas/.",
                        topic.baseName())
                .isTrue();
    }
}

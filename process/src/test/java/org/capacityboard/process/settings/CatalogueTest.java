package org.capacityboard.process.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void every_setting_is_listed() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : Catalogue.class.getDeclaredFields()) {
            Object value = field.get(null);
            if (value instanceof Setting<?>) {
                declared.add(value);
            } else if (value instanceof Catalogue.Role role) {
                declared.addAll(List.of(role.user(), role.password(), role.passwordFile()));
            }
        }

        assertThat(Catalogue.ALL).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(cast(declared));
    }

    @Test
    void keys_and_variables_are_unique_and_kebab_case() {
        assertThat(Catalogue.ALL)
                .extracting(Setting::environmentName)
                .doesNotHaveDuplicates()
                .contains("CAPACITY_KAFKA_BOOTSTRAP", "CAPACITY_DATABASE_WRITER_PASSWORD_FILE");
        assertThat(Catalogue.ALL).allSatisfy(setting -> {
            assertThat(setting.key()).matches("[a-z]+(\\.[a-z]+(-[a-z]+)*)+").doesNotStartWith("kafka.properties.");
            assertThat(setting.description()).endsWith(".");
            assertThat(setting.programs()).isNotEmpty();
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Setting<?>> cast(List<Object> declared) {
        return (List<Setting<?>>) (List<?>) declared;
    }
}

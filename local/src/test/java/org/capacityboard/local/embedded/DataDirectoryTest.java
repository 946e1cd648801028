package org.capacityboard.local.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.capacityboard.process.errors.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @Test
    void a_directory_is_taken_by_one_at_a_time(@TempDir Path path) throws IOException {
        try (DataDirectory first = DataDirectory.take(path)) {
            assertThatThrownBy(() -> DataDirectory.take(path))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("is in use by another process");
        }

        DataDirectory.take(path).close();
    }
}

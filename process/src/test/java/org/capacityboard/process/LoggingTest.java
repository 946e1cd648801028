package org.capacityboard.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private static final String PROCESS_LOGBACK =
            "<configuration><include resource=\"capacity-logback.xml\"/></configuration>";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream realErr = System.err;
    private final LoggerContext logging = new LoggerContext();

    @AfterEach
    void restore() {
        logging.stop();
        System.setErr(realErr);
    }

    @Test
    void the_shared_configuration_is_understood_and_quiet_about_engines() throws JoranException {
        configure();

        assertThat(logging.getStatusManager().getCopyOfStatusList())
                .allMatch(status -> status.getEffectiveLevel() < Status.WARN);
        assertThat(logging.getLogger("org.capacityboard.flink.jobs").getEffectiveLevel())
                .isEqualTo(Level.INFO);
        assertThat(logging.getLogger("org.apache.kafka.clients").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        assertThat(logging.getLogger("org.apache.flink.metrics.MetricGroup").getEffectiveLevel())
                .isEqualTo(Level.ERROR);
    }

    @Test
    void a_message_is_one_line_whatever_it_quotes() throws JoranException {
        configure();

        logging.getLogger("org.capacityboard.Ingest").warn("refused payload={}", "a\r\nERROR forged");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .endsWith("Z WARN  Ingest refused payload=a | ERROR forged" + System.lineSeparator());
    }

    @Test
    void the_module_brings_no_logback_xml_of_its_own() throws IOException {
        assertThat(Collections.list(getClass().getClassLoader().getResources("logback.xml")))
                .isEmpty();
    }

    private void configure() throws JoranException {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        logging.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logging);
        configurator.doConfigure(new ByteArrayInputStream(PROCESS_LOGBACK.getBytes(StandardCharsets.UTF_8)));
    }
}

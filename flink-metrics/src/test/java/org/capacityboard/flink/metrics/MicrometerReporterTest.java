package org.capacityboard.flink.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MicrometerReporterTest {
    private static final String TAGS =
            "{job_name=\"throughput\",operator_name=\"line-timeline\",subtask=\"0\",task_name=\"line-timeline\"}";
    private static final ScopedGroup OPERATOR = ScopedGroup.operator("0");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MicrometerReporter reporter = new MicrometerReporter(registry, registry::close);
    private final SimpleCounter counter = new SimpleCounter();

    @Test
    void a_counter_is_shown_with_the_scope_as_tags_and_follows_flink() {
        reporter.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);
        counter.inc(42);

        assertThat(registry.scrape()).contains("flink_operator_num_records_in_total" + TAGS + " 42.0\n");
    }

    @Test
    void ids_that_change_with_every_restart_are_no_tags() {
        reporter.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);

        assertThat(registry.scrape()).doesNotContain("tm-4711", "0123456789abcdef", "a1\"", "h1\"");
    }

    @Test
    void numbers_and_flags_are_shown_and_texts_are_not() {
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> 7L, "watermarkMs", OPERATOR);
        reporter.notifyOfAddedMetric((Gauge<Boolean>) () -> true, "isBackPressured", OPERATOR);
        reporter.notifyOfAddedMetric((Gauge<String>) () -> "chk-7", "lastCheckpointExternalPath", OPERATOR);

        assertThat(registry.scrape())
                .contains("flink_operator_watermark_ms" + TAGS + " 7.0\n")
                .contains("flink_operator_is_back_pressured" + TAGS + " 1.0\n")
                .doesNotContain("path");
    }

    @Test
    void a_gauge_that_fails_is_shown_as_not_a_number() {
        reporter.notifyOfAddedMetric(
                (Gauge<Long>) () -> {
                    throw new IllegalStateException("not started");
                },
                "pending",
                OPERATOR);

        assertThat(registry.scrape()).contains("flink_operator_pending" + TAGS + " NaN\n");
    }

    @Test
    void a_meter_is_shown_as_rate_and_count() {
        Meter meter = new MeterView(counter);
        reporter.notifyOfAddedMetric(meter, "numRecordsInPerSecond", OPERATOR);
        counter.inc(60);
        ((MeterView) meter).update();

        assertThat(registry.scrape())
                .contains("flink_operator_num_records_in_per_second" + TAGS + " 1.0\n")
                .contains("flink_operator_num_records_in_per_second_count_total" + TAGS + " 60.0\n");
    }

    @Test
    void a_histogram_is_shown_as_quantiles_and_count() {
        reporter.notifyOfAddedMetric(new Percentages(), "latency", OPERATOR);

        assertThat(registry.scrape())
                .contains(
                        "operator_name=\"line-timeline\",quantile=\"0.5\",subtask=\"0\",task_name=\"line-timeline\"} 50.0\n")
                .contains("quantile=\"0.99\"")
                .contains("flink_operator_latency_count_total" + TAGS + " 3.0\n");
    }

    @Test
    void subtasks_stand_side_by_side() {
        reporter.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);
        reporter.notifyOfAddedMetric(new SimpleCounter(), "numRecordsIn", ScopedGroup.operator("1"));
        counter.inc();

        assertThat(registry.scrape())
                .contains("subtask=\"0\",task_name=\"line-timeline\"} 1.0")
                .contains("subtask=\"1\",task_name=\"line-timeline\"} 0.0");
    }

    @Test
    void a_metric_that_flink_takes_back_is_gone() {
        reporter.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);
        reporter.notifyOfAddedMetric(new Percentages(), "latency", OPERATOR);
        Percentages other = new Percentages();
        reporter.notifyOfRemovedMetric(other, "neverAdded", OPERATOR);

        reporter.notifyOfRemovedMetric(counter, "numRecordsIn", OPERATOR);

        assertThat(registry.scrape()).doesNotContain("num_records_in").contains("latency");
    }

    @Test
    void the_attempt_that_came_last_is_shown_until_it_goes() {
        SimpleCounter newAttempt = new SimpleCounter();
        counter.inc(100);
        newAttempt.inc(3);
        reporter.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);
        reporter.notifyOfAddedMetric(newAttempt, "numRecordsIn", OPERATOR);
        assertThat(registry.scrape()).contains(TAGS + " 3.0\n");

        reporter.notifyOfRemovedMetric(counter, "numRecordsIn", OPERATOR);
        assertThat(registry.scrape()).contains(TAGS + " 3.0\n");

        reporter.notifyOfRemovedMetric(newAttempt, "numRecordsIn", OPERATOR);
        assertThat(registry.scrape()).doesNotContain("num_records_in");
    }

    @Test
    void a_metric_of_the_product_keeps_its_name() {
        assertThat(MeterNames.name(
                        "capacity.written.rows",
                        new ScopedGroup("taskmanager.job.task.operator.table.line_current", Map.of())))
                .isEqualTo("capacity.written.rows");
    }

    @ParameterizedTest
    @CsvSource({
        "taskmanager.job.task, flink.task.num.records.in",
        "taskmanager.Status.JVM.Memory, flink.taskmanager.status.jvm.memory.num.records.in",
        "jobmanager.job, flink.job.num.records.in",
        "taskmanager.job.task.operator.KafkaSourceReader.KafkaConsumer, flink.operator.kafka.source.reader.kafka.consumer.num.records.in",
    })
    void names_say_the_innermost_part_and_what_is_counted(String scope, String name) {
        assertThat(MeterNames.name("numRecordsIn", new ScopedGroup(scope, Map.of())))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "records-lag-max, records.lag.max",
        "lastCheckpointSize, last.checkpoint.size",
        "G1 Young Generation.Count, g1.young.generation.count",
        "0.numBuffers, 0.num.buffers",
    })
    void names_become_words(String flinkName, String words) {
        assertThat(MeterNames.words(flinkName)).isEqualTo(words);
    }

    @Test
    void flink_finds_the_factory() {
        assertThat(ServiceLoader.load(MetricReporterFactory.class))
                .hasOnlyElementsOfType(MicrometerReporterFactory.class)
                .hasSize(1);
    }

    @Test
    void a_page_of_its_own_is_served_on_the_first_free_port_until_closed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PortRange ports = new PortRange(taken.getLocalPort(), Math.min(taken.getLocalPort() + 50, 65_535));
            MetricsPage page = MetricsPage.start("127.0.0.1", ports);
            MicrometerReporter onPage = new MicrometerReporter(page.registry(), page::close);
            onPage.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);

            assertThat(page.port()).isBetween(ports.first() + 1, ports.last());
            assertThat(get(page.port(), "/metrics").body()).contains("flink_operator_num_records_in_total");
            assertThat(get(page.port(), "/").statusCode()).isEqualTo(404);

            onPage.close();
            assertThatThrownBy(() -> get(page.port(), "/metrics")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void no_free_port_is_said_with_the_remedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> reporter("port", port))
                    .hasMessageContaining(port)
                    .hasMessageContaining("\nMaybe ");
        }
    }

    @Test
    void a_process_with_a_page_gets_the_metrics_in_the_global_registry() {
        SimpleMeterRegistry ofTheProcess = new SimpleMeterRegistry();
        Metrics.addRegistry(ofTheProcess);
        try {
            MicrometerReporter global = reporter("registry", "global");
            counter.inc(5);

            global.notifyOfAddedMetric(counter, "numRecordsIn", OPERATOR);
            assertThat(ofTheProcess
                            .get("flink.operator.num.records.in")
                            .functionCounter()
                            .count())
                    .isEqualTo(5);

            global.close();
            assertThat(ofTheProcess.getMeters()).isEmpty();
        } finally {
            Metrics.removeRegistry(ofTheProcess);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "9260-9249", "-1", "70000"})
    void a_port_that_is_none_is_refused(String port) {
        assertThatThrownBy(() -> reporter("port", port)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_unknown_registry_is_refused() {
        assertThatThrownBy(() -> reporter("registry", "shared"))
                .hasMessageContaining("'shared': it must be own or global");
    }

    private static MicrometerReporter reporter(String key, String value) {
        Properties settings = new Properties();
        settings.setProperty(key, value);
        return new MicrometerReporterFactory().createMetricReporter(settings);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Three values whose quantiles are their percentages. */
    private static final class Percentages extends HistogramStatistics implements Histogram {
        @Override
        public void update(long value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getCount() {
            return 3;
        }

        @Override
        public HistogramStatistics getStatistics() {
            return this;
        }

        @Override
        public double getQuantile(double quantile) {
            return quantile * 100;
        }

        @Override
        public long[] getValues() {
            return new long[] {50, 95, 99};
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public double getMean() {
            return 81;
        }

        @Override
        public double getStdDev() {
            return 22;
        }

        @Override
        public long getMax() {
            return 99;
        }

        @Override
        public long getMin() {
            return 50;
        }
    }
}

package org.capacityboard.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of every single run as JSON. */
final class FigureFile {
    private static final JsonFactory JSON = new JsonFactory();

    private FigureFile() {}

    static String text(BenchReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            write(json, report.machine());
            write(json, report.conditions());
            json.writeArrayFieldStart("steps");
            for (StepRuns step : report.ladder().steps()) {
                write(json, step, report.ladder().ratios(step.word()));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("figures");
            for (Measurement figure : report.figures()) {
                write(json, figure);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator json, Machine machine) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("cores", machine.cores());
        json.writeNumberField("memoryBytes", machine.memoryBytes());
        json.writeStringField("system", machine.system());
        json.writeStringField("java", machine.java());
        json.writeStringField("flink", machine.flink());
        json.writeStringField("kafka", machine.kafka());
        json.writeStringField("postgresql", machine.postgresql());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Conditions conditions) throws IOException {
        json.writeObjectFieldStart("conditions");
        json.writeNumberField("lines", conditions.load().lines());
        json.writeNumberField("seconds", conditions.load().seconds());
        json.writeNumberField("intervalSeconds", conditions.load().intervalSeconds());
        json.writeStringField("start", conditions.load().start().toString());
        json.writeNumberField("seed", conditions.load().seed());
        json.writeNumberField("reports", conditions.size().reports());
        json.writeNumberField("rubbish", conditions.size().rubbish());
        json.writeNumberField("warmUpReports", conditions.warmUpReports());
        json.writeNumberField("parallelism", conditions.parallelism());
        json.writeNumberField("rounds", conditions.rounds());
        json.writeNumberField("heapMegabytes", conditions.heapMegabytes());
        json.writeNumberField("loadAverageBefore", conditions.loadAverageBefore());
        json.writeStringField("command", conditions.command());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StepRuns step, Map<String, Double> ratios) throws IOException {
        json.writeStartObject();
        json.writeStringField("step", step.word());
        json.writeStringField("what", step.what());
        Spread rate = step.spread(StepRun.EVENTS_PER_SECOND);
        if (rate != null) {
            json.writeObjectFieldStart(StepRun.EVENTS_PER_SECOND);
            json.writeNumberField("min", rate.min());
            json.writeNumberField("median", rate.median());
            json.writeNumberField("max", rate.max());
            json.writeEndObject();
        }
        write(json, "ratioTo", ratios);
        json.writeArrayFieldStart("runs");
        for (StepRun run : step.runs()) {
            json.writeStartObject();
            json.writeNumberField("round", run.round());
            if (run.problem() == null) {
                write(json, "figures", new TreeMap<>(run.figures()));
            } else {
                json.writeStringField("problem", run.problem());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Measurement figure) throws IOException {
        json.writeStartObject();
        json.writeStringField("figure", figure.name());
        write(json, "value", figure.value());
        json.writeStringField("unit", figure.unit());
        write(json, "floor", figure.floor());
        write(json, "goal", figure.goal());
        json.writeStringField("remark", figure.remark());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Map<String, Double> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Double> value : values.entrySet()) {
            json.writeNumberField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}

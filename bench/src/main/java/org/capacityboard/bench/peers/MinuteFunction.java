package org.capacityboard.bench.peers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.capacityboard.bench.load.StandardLoad;
import org.jspecify.annotations.Nullable;

/** A minute of a line: its facts by product, and beside them the time it lost. The line's last report stays in keyed state, as long as the line lives. */
final class MinuteFunction extends ProcessWindowFunction<GenericRecord, FactsRow, String, TimeWindow> {
    static final OutputTag<LossRow> LOSSES = new OutputTag<>("losses") {};

    private static final long serialVersionUID = 1L;

    private final int loadLines;
    private final int loadSeconds;
    private final Instant loadStart;
    private final long loadSeed;

    private transient @Nullable LoadLines reference;
    private transient @Nullable ValueState<GenericRecord> last;

    MinuteFunction(StandardLoad load) {
        loadLines = load.lines();
        loadSeconds = load.seconds();
        loadStart = load.start();
        loadSeed = load.seed();
    }

    @Override
    public void open(OpenContext context) {
        reference = new LoadLines(new StandardLoad(loadLines, loadSeconds, loadStart, loadSeed));
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last-report", GenericTelemetry.type()));
    }

    @Override
    public void process(String lineId, Context context, Iterable<GenericRecord> reports, Collector<FactsRow> out)
            throws Exception {
        LoadLines lines = reference;
        ValueState<GenericRecord> lastReport = last;
        if (lines == null || lastReport == null) {
            throw new IllegalStateException("the function was not opened");
        }
        List<GenericRecord> sorted = new ArrayList<>();
        reports.forEach(sorted::add);
        long startMs = context.window().getStart();
        MinuteFacts minute = MinuteFacts.of(
                lines.line(lineId),
                lastReport.value(),
                sorted,
                startMs,
                context.window().getEnd());
        lastReport.update(sorted.get(sorted.size() - 1));
        minute.facts().forEach((product, facts) -> out.collect(new FactsRow(lineId, product, startMs, facts)));
        minute.losses()
                .forEach((loss, ms) -> context.output(
                        LOSSES, new LossRow(lineId, loss.category().name(), loss.reasonCode(), startMs, ms)));
    }
}

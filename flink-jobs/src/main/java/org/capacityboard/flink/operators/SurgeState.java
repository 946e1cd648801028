package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.types.SlimType;

/**
 * What a {@link SurgeBook} must find again after a restart, in keyed state: versions of reference data (as long as the job), counts and reports of people
 * (until a newer one counts), output by production day (53 weeks), the last report of each line (as long as the job). What changed is written before a
 * checkpoint, once however often it changed.
 */
final class SurgeState {
    private final KeyedStateBackend<String> backend;
    private final boolean isKept;
    private final ListStateDescriptor<Ingested.Reference> versionsDescriptor =
            new ListStateDescriptor<>("versions", SlimType.of(ReferenceCodec.INSTANCE));
    private final ListStateDescriptor<Ingested.Other> reportsDescriptor =
            new ListStateDescriptor<>("reports", SlimType.of(ReportCodec.INSTANCE));
    private final MapStateDescriptor<Long, DayOutput> outputsDescriptor =
            new MapStateDescriptor<>("output-days", Types.LONG, SlimType.of(DayOutputCodec.INSTANCE));
    private final ValueStateDescriptor<Long> heardDescriptor = new ValueStateDescriptor<>("heard-at", Types.LONG);
    private final ListState<Ingested.Reference> versions;
    private final ListState<Ingested.Other> reports;
    private final MapState<Long, DayOutput> outputs;
    private final ValueState<Long> heard;

    private List<SurgeInput.Version> addedVersions = new ArrayList<>();
    private Map<String, Ingested.Other> changedReports = new HashMap<>();
    private Map<String, Set<Long>> changedDays = new HashMap<>();
    private Set<String> changedLines = new HashSet<>();

    /**
     * @param isKept whether there will be checkpoints: what no checkpoint takes is not kept
     */
    SurgeState(RuntimeContext context, KeyedStateBackend<String> backend, boolean isKept) {
        this.backend = backend;
        this.isKept = isKept;
        this.versions = context.getListState(versionsDescriptor);
        this.reports = context.getListState(reportsDescriptor);
        this.outputs = context.getMapState(outputsDescriptor);
        this.heard = context.getState(heardDescriptor);
    }

    /** Gives everything back to a book. */
    void restore(SurgeBook book) throws Exception {
        forEachKey(versionsDescriptor, (key, all) -> all.get().forEach(book::add));
        forEachKey(reportsDescriptor, (key, all) -> all.get().forEach(report -> book.add(report, Long.MIN_VALUE)));
        forEachKey(outputsDescriptor, (key, all) -> {
            String lineAndProduct = key.substring(key.indexOf(':') + 1);
            int bar = lineAndProduct.indexOf('|');
            for (Map.Entry<Long, DayOutput> day : all.entries()) {
                book.add(
                        key,
                        lineAndProduct.substring(0, bar),
                        lineAndProduct.substring(bar + 1),
                        day.getKey(),
                        day.getValue());
            }
        });
        forEachKey(heardDescriptor, (key, atMs) -> book.heard(key.substring(key.indexOf(':') + 1), atMs.value()));
    }

    private <S extends State, T> void forEachKey(StateDescriptor<S, T> descriptor, KeyedStateFunction<String, S> action)
            throws Exception {
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, action);
    }

    void added(SurgeInput.Version version) {
        if (isKept) {
            addedVersions.add(version);
        }
    }

    void changed(SurgeInput.Report report) {
        if (isKept) {
            changedReports.put(report.key(), report.event());
        }
    }

    /** A day of output changed, or was dropped. */
    void changedDay(String key, long day) {
        if (isKept) {
            changedDays.computeIfAbsent(key, any -> new HashSet<>()).add(day);
        }
    }

    void changed(SurgeInput.Heard line) {
        if (isKept) {
            changedLines.add(line.lineId());
        }
    }

    /** Writes to the state backend what changed since this was last called; leaves another current key. */
    void writeBack(SurgeBook book) throws Exception {
        for (SurgeInput.Version version : addedVersions) {
            backend.setCurrentKey(version.key());
            versions.add(version.reference());
        }
        for (Map.Entry<String, Ingested.Other> report : changedReports.entrySet()) {
            backend.setCurrentKey(report.getKey());
            reports.update(book.reportsBeside(report.getValue()));
        }
        for (Map.Entry<String, Set<Long>> days : changedDays.entrySet()) {
            backend.setCurrentKey(days.getKey());
            for (Long day : days.getValue()) {
                DayOutput output = book.output(days.getKey(), day);
                if (output == null) {
                    outputs.remove(day);
                } else {
                    outputs.put(day, output);
                }
            }
        }
        for (String lineId : changedLines) {
            backend.setCurrentKey(SurgeInput.keyOf("heard", lineId));
            heard.update(book.heardAtMs(lineId));
        }
        addedVersions = new ArrayList<>();
        changedReports = new HashMap<>();
        changedDays = new HashMap<>();
        changedLines = new HashSet<>();
    }
}

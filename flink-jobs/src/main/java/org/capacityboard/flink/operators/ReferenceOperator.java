package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Payloads;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.types.SlimType;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a version of reference data if nothing contradicts it: no other content stands under the same validFrom and revision, and what it refers to
 * exists, for which it may wait a while. All of it meets under one key, because a line may name any plant and any product.
 *
 * <p>State: the contents' fingerprints and the known ids, kept for ever (reference data is small); the versions that wait, until they are accepted or the wait
 * is over.
 */
final class ReferenceOperator extends KeyedProcessFunction<String, StampedReference, StampedReference> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_INPUT = Long.MAX_VALUE;

    private final Duration wait;
    private final boolean bounded;

    private transient MapState<String, Long> contents;
    private transient MapState<String, Boolean> known;
    private transient ListState<HeldReference> waiting;

    ReferenceOperator(TimelineTiming timing) {
        this.wait = timing.unknownLineWait();
        this.bounded = timing.bounded();
    }

    @Override
    public void open(OpenContext context) {
        contents = getRuntimeContext().getMapState(new MapStateDescriptor<>("contents", Types.STRING, Types.LONG));
        known = getRuntimeContext().getMapState(new MapStateDescriptor<>("known", Types.STRING, Types.BOOLEAN));
        waiting = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("waiting", SlimType.of(HeldReferenceCodec.INSTANCE)));
    }

    @Override
    public void processElement(StampedReference stamped, Context context, Collector<StampedReference> out)
            throws Exception {
        Ingested.Reference reference = stamped.reference();
        Long standing = contents.get(versionKey(reference));
        long fingerprint = Fingerprint.of(reference.body());
        if (standing != null) {
            if (standing != fingerprint) {
                context.output(LineTimelineOperator.REJECTED, LineRejections.conflict(reference));
            }
            return;
        }
        contents.put(versionKey(reference), fingerprint);
        if (missing(reference) == null) {
            accept(stamped, out);
        } else {
            hold(stamped, context);
        }
    }

    private void hold(StampedReference stamped, Context context) throws Exception {
        if (bounded) {
            waiting.add(new HeldReference(stamped, END_OF_INPUT));
            context.timerService().registerEventTimeTimer(END_OF_INPUT);
        } else {
            long untilMs = context.timerService().currentProcessingTime() + wait.toMillis();
            waiting.add(new HeldReference(stamped, untilMs));
            context.timerService().registerProcessingTimeTimer(untilMs);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<StampedReference> out) throws Exception {
        for (HeldReference held : takeHeld()) {
            Ingested.Reference reference = held.stamped().reference();
            ReferenceNeeds.Need missing = missing(reference);
            if (missing == null) {
                accept(held.stamped(), out);
            } else if (held.untilMs() > timestamp) {
                waiting.add(held);
            } else {
                contents.remove(versionKey(reference));
                context.output(LineTimelineOperator.REJECTED, unknown(reference, missing));
            }
        }
    }

    private void accept(StampedReference stamped, Collector<StampedReference> out) throws Exception {
        out.collect(stamped);
        String id =
                idKey(stamped.reference().origin().topic(), stamped.reference().id());
        if (known.contains(id)) {
            return;
        }
        known.put(id, true);
        for (HeldReference held : takeHeld()) {
            if (missing(held.stamped().reference()) == null) {
                accept(held.stamped(), out);
            } else {
                waiting.add(held);
            }
        }
    }

    private List<HeldReference> takeHeld() throws Exception {
        List<HeldReference> held = new ArrayList<>();
        Iterable<HeldReference> state = waiting.get();
        if (state != null) {
            state.forEach(held::add);
        }
        if (!held.isEmpty()) {
            waiting.clear();
        }
        return held;
    }

    private ReferenceNeeds.@Nullable Need missing(Ingested.Reference reference) throws Exception {
        for (ReferenceNeeds.Need need : ReferenceNeeds.of(reference)) {
            if (!known.contains(idKey(need.topic().baseName(), need.id()))) {
                return need;
            }
        }
        return null;
    }

    private static Rejection unknown(Ingested.Reference reference, ReferenceNeeds.Need missing) {
        return new Rejection(
                reference.origin(),
                RejectReason.UNKNOWN_REFERENCE,
                reference.id() + " names " + missing.what() + " " + missing.id() + ", which topic "
                        + missing.topic().baseName()
                        + " does not have.\nMaybe it was not sent yet: send it first, then this record again.",
                Ingested.NO_EVENT_TIME,
                Payloads.json(reference));
    }

    private static String versionKey(Ingested.Reference reference) {
        return idKey(reference.origin().topic(), reference.id()) + "|" + reference.validFromMs() + "|"
                + reference.revision();
    }

    private static String idKey(String topic, String id) {
        return topic + "|" + id;
    }
}

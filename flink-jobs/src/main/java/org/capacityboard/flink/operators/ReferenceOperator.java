package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a version of reference data if nothing contradicts it: no other content stands under the same validFrom and revision, and what it refers to
 * exists, for which it may wait a while; nor may a product go into itself. All of it meets under one key, because a line may name any plant and any product.
 *
 * <p>State: the contents' fingerprints, the known ids and the products' bills, kept for ever (reference data is small); the versions that wait, until they are accepted or the wait
 * is over.
 */
final class ReferenceOperator extends KeyedProcessFunction<String, StampedReference, StampedReference> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_INPUT = Long.MAX_VALUE;
    /** Products of a circle that a refusal names. */
    private static final int LONGEST_CIRCLE = 10;

    private final Duration wait;
    private final boolean bounded;

    private transient MapState<String, Long> contents;
    private transient MapState<String, Boolean> known;
    /** By the first thing that is missing, so that what becomes known is asked of those only that wait for it. */
    private transient MapState<String, List<HeldReference>> waiting;

    private transient ListState<Ingested.Reference> billVersions;
    /** Where versions waited before they did by what they wait for. */
    private transient ListState<HeldReference> formerlyWaiting;

    /** Also of versions that wait: two that wait for each other are told of their circle at once. Null: to be read from the state. */
    private transient @Nullable Bills bills;
    /** Of those alone that were accepted: what waits may be refused, and then hides nothing. Null: to be read from the state. */
    private transient @Nullable Bills acceptedBills;

    ReferenceOperator(TimelineTiming timing) {
        this.wait = timing.unknownLineWait();
        this.bounded = timing.bounded();
    }

    @Override
    public void open(OpenContext context) {
        contents = getRuntimeContext().getMapState(new MapStateDescriptor<>("contents", Types.STRING, Types.LONG));
        known = getRuntimeContext().getMapState(new MapStateDescriptor<>("known", Types.STRING, Types.BOOLEAN));
        waiting = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "waiting-for", Types.STRING, Types.LIST(SlimType.of(HeldReferenceCodec.INSTANCE))));
        billVersions = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("bills", SlimType.of(ReferenceCodec.INSTANCE)));
        formerlyWaiting = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("waiting", SlimType.of(HeldReferenceCodec.INSTANCE)));
        bills = null;
        acceptedBills = null;
    }

    @Override
    public void processElement(StampedReference stamped, Context context, Collector<StampedReference> out)
            throws Exception {
        Ingested.Reference reference = stamped.reference();
        restore();
        Long standing = contents.get(versionKey(reference));
        long fingerprint = Fingerprint.of(reference.body());
        if (standing != null) {
            if (standing != fingerprint) {
                context.output(LineTimelineOperator.REJECTED, LineRejections.conflict(reference));
            }
            return;
        }
        if (isProduct(reference)) {
            List<String> circle = bills().circle(reference);
            if (circle == null) {
                circle = acceptedBills().circle(reference);
            }
            if (circle != null) {
                context.output(LineTimelineOperator.REJECTED, cycle(reference, circle));
                return;
            }
            bills().add(reference);
            billVersions.add(reference);
        }
        contents.put(versionKey(reference), fingerprint);
        ReferenceNeeds.Need missing = missing(reference);
        if (missing == null) {
            accept(stamped, context, out);
        } else {
            hold(stamped, missing, context);
        }
    }

    private void restore() throws Exception {
        if (acceptedBills == null) {
            Iterable<HeldReference> former = formerlyWaiting.get();
            if (former != null) {
                for (HeldReference held : former) {
                    ReferenceNeeds.Need missing = missing(held.stamped().reference());
                    // What lacks nothing any more is accepted when its wait is over.
                    hold(
                            held,
                            missing == null
                                    ? ReferenceNeeds.of(held.stamped().reference())
                                            .get(0)
                                    : missing);
                }
                formerlyWaiting.clear();
            }
            acceptedBills();
        }
    }

    private Bills bills() throws Exception {
        Bills known = bills;
        if (known == null) {
            known = billsBut(Set.of());
            bills = known;
        }
        return known;
    }

    private Bills acceptedBills() throws Exception {
        Bills accepted = acceptedBills;
        if (accepted == null) {
            Set<String> waitingKeys = new HashSet<>();
            for (List<HeldReference> all : waiting.values()) {
                all.forEach(held -> waitingKeys.add(versionKey(held.stamped().reference())));
            }
            accepted = billsBut(waitingKeys);
            acceptedBills = accepted;
        }
        return accepted;
    }

    private Bills billsBut(Set<String> versionKeys) throws Exception {
        Bills bills = new Bills();
        Iterable<Ingested.Reference> versions = billVersions.get();
        if (versions != null) {
            for (Ingested.Reference version : versions) {
                if (!versionKeys.contains(versionKey(version))) {
                    bills.add(version);
                }
            }
        }
        return bills;
    }

    /** A version that is refused closes no circle any more. */
    private void forgetBill(Ingested.Reference refused) throws Exception {
        List<Ingested.Reference> left = new ArrayList<>();
        billVersions.get().forEach(left::add);
        left.removeIf(version -> versionKey(version).equals(versionKey(refused)));
        billVersions.update(left);
        bills = null;
    }

    private static boolean isProduct(Ingested.Reference reference) {
        return reference.origin().topic().equals(Topic.PRODUCTS.baseName());
    }

    private void hold(StampedReference stamped, ReferenceNeeds.Need missing, Context context) throws Exception {
        if (bounded) {
            hold(new HeldReference(stamped, END_OF_INPUT), missing);
            context.timerService().registerEventTimeTimer(END_OF_INPUT);
        } else {
            long untilMs = context.timerService().currentProcessingTime() + wait.toMillis();
            hold(new HeldReference(stamped, untilMs), missing);
            context.timerService().registerProcessingTimeTimer(untilMs);
        }
    }

    private void hold(HeldReference held, ReferenceNeeds.Need missing) throws Exception {
        String need = idKey(missing.topic().baseName(), missing.id());
        List<HeldReference> beside = waiting.get(need);
        List<HeldReference> all = beside == null ? new ArrayList<>() : beside;
        all.add(held);
        waiting.put(need, all);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<StampedReference> out) throws Exception {
        restore();
        List<String> needs = new ArrayList<>();
        waiting.keys().forEach(needs::add);
        List<HeldReference> expired = new ArrayList<>();
        for (String need : needs) {
            List<HeldReference> left = new ArrayList<>();
            for (HeldReference held : takeWaiting(need)) {
                (held.untilMs() > timestamp ? left : expired).add(held);
            }
            if (!left.isEmpty()) {
                waiting.put(need, left);
            }
        }
        for (HeldReference held : expired) {
            ReferenceNeeds.Need missing = missing(held.stamped().reference());
            if (missing == null) {
                accept(held.stamped(), context, out);
            } else {
                Ingested.Reference reference = held.stamped().reference();
                refuse(reference, unknown(reference, missing), context);
            }
        }
    }

    /** Refuses a version that waited. */
    private void refuse(Ingested.Reference reference, Rejection rejection, Context context) throws Exception {
        contents.remove(versionKey(reference));
        if (isProduct(reference)) {
            forgetBill(reference);
        }
        context.output(LineTimelineOperator.REJECTED, rejection);
    }

    private void accept(StampedReference stamped, Context context, Collector<StampedReference> out) throws Exception {
        Deque<StampedReference> complete = new ArrayDeque<>(List.of(stamped));
        while (!complete.isEmpty()) {
            StampedReference next = complete.remove();
            if (isProduct(next.reference())) {
                // Others were accepted while it waited.
                List<String> circle = acceptedBills().circle(next.reference());
                if (circle != null) {
                    refuse(next.reference(), cycle(next.reference(), circle), context);
                    continue;
                }
                acceptedBills().add(next.reference());
            }
            out.collect(next);
            String topic = next.reference().origin().topic();
            String id = next.reference().id();
            if (!known.contains(idKey(topic, id))) {
                known.put(idKey(topic, id), true);
                for (HeldReference held : takeWaitingFor(topic, id)) {
                    ReferenceNeeds.Need missing = missing(held.stamped().reference());
                    if (missing == null) {
                        complete.add(held.stamped());
                    } else {
                        hold(held, missing);
                    }
                }
            }
        }
    }

    /** What takes a product or a material waits as for a product. */
    private List<HeldReference> takeWaitingFor(String topic, String id) throws Exception {
        List<HeldReference> held = new ArrayList<>(takeWaiting(idKey(topic, id)));
        if (topic.equals(Topic.MATERIALS.baseName())) {
            held.addAll(takeWaiting(idKey(Topic.PRODUCTS.baseName(), id)));
        }
        return held;
    }

    private List<HeldReference> takeWaiting(String need) throws Exception {
        List<HeldReference> held = waiting.get(need);
        if (held == null) {
            return List.of();
        }
        waiting.remove(need);
        return held;
    }

    private ReferenceNeeds.@Nullable Need missing(Ingested.Reference reference) throws Exception {
        for (ReferenceNeeds.Need need : ReferenceNeeds.of(reference)) {
            if (!isKnown(need.topic(), need.id()) && (need.or() == null || !isKnown(need.or(), need.id()))) {
                return need;
            }
        }
        return null;
    }

    private boolean isKnown(Topic topic, String id) throws Exception {
        return known.contains(idKey(topic.baseName(), id));
    }

    private static Rejection cycle(Ingested.Reference reference, List<String> circle) {
        return new Rejection(
                reference.origin(),
                RejectReason.BILL_CYCLE,
                "With this bill of materials " + reference.id() + " would go into itself: "
                        + shortened(circle) + reference.id()
                        + ". A bill must lead to materials and to products without it.\n"
                        + "Maybe input and product changed places.",
                Ingested.NO_EVENT_TIME,
                Payloads.json(reference));
    }

    private static String shortened(List<String> circle) {
        if (circle.size() <= LONGEST_CIRCLE) {
            return String.join(" takes ", circle) + " takes ";
        }
        return String.join(" takes ", circle.subList(0, LONGEST_CIRCLE)) + " takes, by way of "
                + (circle.size() - LONGEST_CIRCLE) + " more, ";
    }

    private static Rejection unknown(Ingested.Reference reference, ReferenceNeeds.Need missing) {
        return new Rejection(
                reference.origin(),
                RejectReason.UNKNOWN_REFERENCE,
                thing(reference) + " names " + missing.what() + " " + missing.id() + ", which "
                        + (missing.or() == null
                                ? "topic " + missing.topic().baseName() + " does"
                                : "topics " + missing.topic().baseName() + " and "
                                        + missing.or().baseName() + " do")
                        + " not have.\nMaybe it was not sent yet: send it first, then this record again.",
                Ingested.NO_EVENT_TIME,
                Payloads.json(reference));
    }

    /** What kind of thing it is, and its id: {@code Line press-1}. */
    private static String thing(Ingested.Reference reference) {
        String topic = reference.origin().topic();
        String kind = topic.substring(0, topic.length() - 1).replace('-', ' ');
        return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + " " + reference.id();
    }

    private static String versionKey(Ingested.Reference reference) {
        return idKey(reference.origin().topic(), reference.id()) + "|" + reference.validFromMs() + "|"
                + reference.revision();
    }

    private static String idKey(String topic, String id) {
        return topic + "|" + id;
    }
}

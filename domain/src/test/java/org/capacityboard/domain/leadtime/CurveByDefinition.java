package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.capacityboard.domain.leadtime.Sample.Waited;
import org.jspecify.annotations.Nullable;

/** The curve word for word by its definition: for each time every observation is asked. */
final class CurveByDefinition {
    /**
     * @param survival S right after
     * @param waiting share neither delivered nor cancelled right after
     */
    private record Step(
            long timeMs,
            long atRisk,
            long events,
            double survival,
            double waiting,
            double delivered,
            double cancelled) {}

    private final List<Waited> sample;
    private final List<Step> steps = new ArrayList<>();

    CurveByDefinition(Sample all) {
        sample = all.all().stream().filter(one -> one.timeMs() > one.entryMs()).toList();
        TreeSet<Long> times = new TreeSet<>();
        sample.forEach(one -> times.add(one.timeMs()));
        Step last = new Step(0, 0, 0, 1, 1, 0, 0);
        for (long time : times) {
            long atRisk = 0;
            long events = 0;
            long cancelled = 0;
            for (Waited one : sample) {
                atRisk += one.entryMs() < time && time <= one.timeMs() ? one.weight() : 0;
                events += one.timeMs() == time && one.ending() == Ending.EVENT ? one.weight() : 0;
                cancelled += one.timeMs() == time && one.ending() == Ending.CANCELLED ? one.weight() : 0;
            }
            last = new Step(
                    time,
                    atRisk,
                    events,
                    last.survival() * (1 - (double) events / atRisk),
                    last.waiting() * (1 - (double) (events + cancelled) / atRisk),
                    last.delivered() + last.waiting() * events / atRisk,
                    last.cancelled() + last.waiting() * cancelled / atRisk);
            steps.add(last);
        }
    }

    /** When nobody was left although somebody entered then or later; else never. */
    long undefinedFromMs() {
        for (Step step : steps) {
            if (step.survival() <= 1e-12 && sample.stream().anyMatch(one -> one.entryMs() >= step.timeMs())) {
                return step.timeMs();
            }
        }
        return Long.MAX_VALUE;
    }

    private @Nullable Step firstAtMost(double waitingShare) {
        if (undefinedFromMs() < Long.MAX_VALUE) {
            return null;
        }
        for (Step step : steps) {
            if (step.events() > 0 && step.survival() <= waitingShare + 1e-9) {
                return step;
            }
        }
        return null;
    }

    @Nullable
    Double daysUntil(double waitingShare) {
        Step step = firstAtMost(waitingShare);
        return step == null ? null : step.timeMs() / 86_400_000.0;
    }

    @Nullable
    Long atRiskAt(double waitingShare) {
        Step step = firstAtMost(waitingShare);
        return step == null ? null : step.atRisk();
    }

    long atRiskAtLastEvent() {
        long atRisk = 0;
        for (Step step : steps) {
            atRisk = step.events() > 0 ? step.atRisk() : atRisk;
        }
        return atRisk;
    }

    private Step at(long ms) {
        Step at = new Step(0, 0, 0, 1, 1, 0, 0);
        for (Step step : steps) {
            at = step.timeMs() <= ms ? step : at;
        }
        return at;
    }

    double survival(long ms) {
        return ms >= undefinedFromMs() ? Double.NaN : at(ms).survival();
    }

    double waiting(long ms) {
        return at(ms).waiting();
    }

    double delivered(long ms) {
        return at(ms).delivered();
    }

    double cancelled(long ms) {
        return at(ms).cancelled();
    }

    long underObservation(long ms) {
        return sample.stream()
                .filter(one -> one.entryMs() <= ms && ms < one.timeMs())
                .mapToLong(Waited::weight)
                .sum();
    }
}

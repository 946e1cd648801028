package org.capacityboard.bench;

import java.util.List;
import java.util.Locale;
import org.capacityboard.bench.report.Measurement;

/** What is asked of the jobs beside their rate, each in a run of its own shape. */
enum Trial {
    /** What exactly-once costs, over a stretch that holds several checkpoints. */
    EXACTLY_ONCE(TrialGround::exactlyOnce),
    /** Rates with ten, a hundred and a thousand thousand lines. */
    LINES(TrialGround::lines),
    /** What a line weighs that has reported every second for two days. */
    STATE(TrialGround::state),
    /** What a job needs whose state is on disk. */
    DISK(TrialGround::disk),
    /** How old a row is when a reader sees it. */
    FRESHNESS(TrialGround::freshness),
    /** How soon the job is back after a kill. */
    RECOVERY(TrialGround::recovery),
    /** Which rate the job holds. */
    SUSTAINED(TrialGround::sustained),
    /** What a million orders need, and whether the lead time job keeps up with them. */
    ORDERS(TrialGround::orders),
    /** How long surge readiness takes to compute, and how soon a change shows. */
    SURGE(TrialGround::surge);

    private final Course course;

    Trial(Course course) {
        this.course = course;
    }

    private interface Course {
        List<Measurement> run(TrialGround ground) throws Exception;
    }

    /** What it is called by. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    List<Measurement> run(TrialGround ground) throws Exception {
        return course.run(ground);
    }
}

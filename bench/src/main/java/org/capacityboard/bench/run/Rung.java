package org.capacityboard.bench.run;

/** One way to take the load. */
public interface Rung {
    /** Takes the whole load, with the course looking at its progress, and shows the course the rows that came of it. */
    void run(RunPlan plan, Course course) throws Exception;
}

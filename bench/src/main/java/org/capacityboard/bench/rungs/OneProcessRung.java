package org.capacityboard.bench.rungs;

import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.local.embedded.EmbeddedBroker;

/** The whole job with the broker in its own JVM, on the data that the broker of the other rungs wrote. PostgreSQL is always processes of its own. */
public final class OneProcessRung implements Rung {
    @Override
    public void run(RunPlan plan, Course course) throws Exception {
        String bootstrap = plan.boardSettings().kafka().bootstrap();
        int port = Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1));
        EmbeddedBroker broker = EmbeddedBroker.start(BenchServers.brokerDirectory(plan.directory()), port);
        try (broker) {
            new FlinkRung(FlinkRung.Part.WHOLE).run(plan, course);
        }
    }
}

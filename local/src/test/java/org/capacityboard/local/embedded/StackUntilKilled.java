package org.capacityboard.local.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.capacityboard.local.demo.DemoPorts;
import org.capacityboard.local.demo.LocalStack;
import org.capacityboard.process.settings.Settings;

/** A process that holds a broker and a database until somebody kills it. */
final class StackUntilKilled {

    static final String READY = "ready ";

    private StackUntilKilled() {}

    public static void main(String[] arguments) throws Exception {
        try (DataDirectory data = DataDirectory.take(Path.of(arguments[0]));
                LocalStack stack = LocalStack.start(data, DemoPorts.from(0), Settings.defaults())) {
            System.out.println(READY + stack.settings().kafka().bootstrap() + " "
                    + stack.settings().database().url());
            new CountDownLatch(1).await();
        }
    }
}

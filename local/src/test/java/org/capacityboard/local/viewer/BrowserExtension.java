package org.capacityboard.local.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/** One browser for all tests, a fresh tab for each. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

    /** The browser of this machine, if it has one; started when the first tab is asked for. */
    private static final class SharedBrowser implements AutoCloseable {
        private final @Nullable InstalledBrowser installed = InstalledBrowser.find(System.getenv());
        private @Nullable Browser running;

        SharedBrowser() {
            if (installed == null) {
                LoggerFactory.getLogger(BrowserExtension.class)
                        .warn("tests of pages are skipped: {}", InstalledBrowser.NONE);
            }
        }

        synchronized Browser browser() {
            if (running == null) {
                if (installed == null) {
                    throw new IllegalStateException(InstalledBrowser.NONE);
                }
                try {
                    running = Browser.start(installed);
                } catch (IOException e) {
                    throw new UncheckedIOException("No directory for the browser", e);
                }
            }
            return running;
        }

        @Override
        public synchronized void close() {
            if (running != null) {
                running.close();
            }
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return shared(context).installed == null
                ? ConditionEvaluationResult.disabled(InstalledBrowser.NONE)
                : ConditionEvaluationResult.enabled("a browser is installed");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tab.class;
    }

    @Override
    public Tab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Tab.class, type -> shared(context).browser().newTab(), Tab.class);
    }

    private static SharedBrowser shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedBrowser.class, type -> new SharedBrowser(), SharedBrowser.class);
    }
}

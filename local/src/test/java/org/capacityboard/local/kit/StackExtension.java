package org.capacityboard.local.kit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class a {@link TestBoard}: topics and a database of its own on servers that all classes share. */
public final class StackExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(StackExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBoard.class;
    }

    @Override
    public TestBoard resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedStack stack = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedStack.class, type -> new SharedStack(), SharedStack.class);
        return ofClass(context)
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        TestBoard.class,
                        type -> new TestBoard(
                                stack, context.getRequiredTestClass().getSimpleName()),
                        TestBoard.class);
    }

    /** The context of the test class, also when a method asks first. */
    private static ExtensionContext ofClass(ExtensionContext context) {
        return context.getTestMethod().flatMap(method -> context.getParent()).orElse(context);
    }
}

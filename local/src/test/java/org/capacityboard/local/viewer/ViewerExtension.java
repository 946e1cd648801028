package org.capacityboard.local.viewer;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link FilledViewer} that all of them share, and the {@link EmptyBoard} of those that need more, or less, than a week. */
final class ViewerExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ViewerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FilledViewer.class
                || parameter.getParameter().getType() == EmptyBoard.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        parameter.getParameter().getType(),
                        type -> type == FilledViewer.class ? new FilledViewer() : new EmptyBoard());
    }
}

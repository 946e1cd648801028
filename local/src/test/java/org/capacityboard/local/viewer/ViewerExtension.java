package org.capacityboard.local.viewer;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link FilledViewer} that all of them share. */
final class ViewerExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ViewerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FilledViewer.class;
    }

    @Override
    public FilledViewer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(FilledViewer.class, type -> new FilledViewer(), FilledViewer.class);
    }
}

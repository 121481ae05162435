package com.linbox.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Starts the engines that {@link WithEngines} names, once per JVM, and hands them to tests. */
final class EnginesExtension implements BeforeAllCallback, ParameterResolver {

    private static final Map<Class<? extends Engine>, Engine> STARTED = new ConcurrentHashMap<>();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        for (Class<? extends Engine> type : AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), WithEngines.class, context.getEnclosingTestClasses())
                .orElseThrow()
                .value()) {
            start(type);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return STARTED.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return STARTED.get(parameter.getParameter().getType());
    }

    private static synchronized void start(Class<? extends Engine> type) throws Exception {
        if (!STARTED.containsKey(type)) {
            Engine engine = ReflectionSupport.newInstance(type);
            engine.start();
            engine.properties().forEach(System::setProperty);
            STARTED.put(type, engine);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Boots the pair of a {@link Lab} class when it is first asked for, and looks after it between tests. */
final class LabExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);
    private static final Path EVIDENCE = Path.of("target", "evidence");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Pair.class;
    }

    @Override
    public Pair resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return pair(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        pair(context);
        context.getStore(NAMESPACE).put("start", Instant.now());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Pair pair = pair(context);
        // A skipped test ends by an exception too.
        boolean failed = context.getExecutionException()
                .filter(end -> !(end instanceof TestAbortedException))
                .isPresent();
        Evidence evidence = new Evidence(EVIDENCE.resolve(directory(context)));
        if (failed) {
            evidence.collect(pair);
        }
        pair.heal();
        Instant start = Objects.requireNonNull(context.getStore(NAMESPACE).get("start", Instant.class));
        List<String> errors = evidence.unexpectedErrors(pair, start);
        pair.expectNothing();
        if (!errors.isEmpty() && !failed) {
            evidence.collect(pair);
            throw new AssertionError("the agent logged errors that the test did not announce with pair.expectError:\n"
                    + String.join("\n", errors));
        }
    }

    private static String directory(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
    }

    /** One for the whole class: the class's store closes what it holds. */
    private static Pair pair(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        Class<?> type = ofClass.getRequiredTestClass();
        return ofClass.getStore(NAMESPACE).computeIfAbsent("pair", key -> start(type), Pair.class);
    }

    private static Pair start(Class<?> type) {
        Lab lab = AnnotationSupport.findAnnotation(type, Lab.class).orElseThrow();
        return lab.xivoHa() ? Pair.startWithXivoHa(lab.value()) : Pair.start(lab.value());
    }
}

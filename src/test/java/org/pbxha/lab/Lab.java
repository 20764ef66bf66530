// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a running pair: its test and lifecycle methods take a parameter of type {@link Pair}.
 * All tests of the class share it; after each one every fault is undone, and a failure leaves evidence.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LabExtension.class)
public @interface Lab {
    /** What the nodes run. */
    Suite value() default Suite.FORKY;

    /** Whether the high availability that XiVO comes with is switched on at first. */
    boolean xivoHa() default false;
}

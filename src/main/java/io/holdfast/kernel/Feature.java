package io.holdfast.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A package is one feature, and this says which other features it may import.
 *
 * <p>Features marked {@link #open()} may be imported by all. A test reads these declarations and fails on an import that
 * is not declared and on a cycle.
 */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Feature {
    String name();

    String[] dependsOn() default {};

    boolean open() default false;
}

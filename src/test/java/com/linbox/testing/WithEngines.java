package com.linbox.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts these engines before the first test of the class. A test takes an engine as a parameter of its type; a Spring
 * context of the test finds all of them through its properties.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EnginesExtension.class)
public @interface WithEngines {

    Class<? extends Engine>[] value();
}

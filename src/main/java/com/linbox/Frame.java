package com.linbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * The part of Spring Boot's auto-configuration that every role has: settings, HTTP (where the role has it), health and
 * metrics. The classes are listed in {@code META-INF/spring/com.linbox.Frame.imports}. It takes the place of
 * {@code @EnableAutoConfiguration}, whose exclusions would also shut out what a module imports for itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ImportAutoConfiguration
@interface Frame {}

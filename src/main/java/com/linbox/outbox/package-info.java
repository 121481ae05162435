/**
 * Frames on their way from a router to a gateway: one Redis stream per gateway, its writer and its reader.
 */
@ApplicationModule(allowedDependencies = {"message", "protocol", "redis"})
@NullMarked
package com.linbox.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The load generator.
 */
@ApplicationModule(allowedDependencies = {"client", "message"})
@NullMarked
package com.linbox.bench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Who is connected where.
 */
@ApplicationModule(allowedDependencies = {"message", "redis", "cluster"})
@NullMarked
package com.linbox.presence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Connections to Redis, stand-alone or cluster, and batches of commands that travel together.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The Netty server that clients connect to.
 */
@ApplicationModule(
        allowedDependencies = {"message", "protocol", "journal", "outbox", "presence", "credential", "cluster"})
@NullMarked
package com.linbox.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

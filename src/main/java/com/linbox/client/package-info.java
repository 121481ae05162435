/**
 * The Java client.
 */
@ApplicationModule(allowedDependencies = {"message", "protocol"})
@NullMarked
package com.linbox.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

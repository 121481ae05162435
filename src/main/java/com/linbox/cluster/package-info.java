/**
 * Which gateways live, as ZooKeeper tells.
 */
@ApplicationModule(allowedDependencies = {"message"})
@NullMarked
package com.linbox.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

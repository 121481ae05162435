/**
 * Kafka, ZooKeeper, Redis and H2 inside this process, for stand-alone and for trying a cluster on one machine.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Kafka: the topics, what a record holds, the publisher and the consumer loops.
 */
@ApplicationModule(allowedDependencies = {"message", "protocol"})
@NullMarked
package com.linbox.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

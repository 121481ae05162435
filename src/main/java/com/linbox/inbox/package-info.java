/**
 * What each user has and has read: last and read positions, the list of conversations.
 */
@ApplicationModule(allowedDependencies = {"message", "redis"})
@NullMarked
package com.linbox.inbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * A terminal chat.
 */
@ApplicationModule(allowedDependencies = {"client", "message"})
@NullMarked
package com.linbox.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Who may sign in.
 */
@ApplicationModule(allowedDependencies = {"message"})
@NullMarked
package com.linbox.credential;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

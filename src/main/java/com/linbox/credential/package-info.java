/**
 * Who may sign in: {@link com.linbox.credential.Credentials}, in the mode that {@code linbox.credential.mode} names.
 */
@ApplicationModule(allowedDependencies = "message")
@NullMarked
package com.linbox.credential;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

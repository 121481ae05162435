/**
 * Messages in MySQL (or MariaDB, or H2): the four tables and the statements on them.
 */
@ApplicationModule(allowedDependencies = {"message"})
@NullMarked
package com.linbox.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Handles what clients ask for: stores, lists, reads, pulls, and tells those concerned.
 */
@ApplicationModule(
        allowedDependencies = {"message", "protocol", "journal", "store", "redis", "inbox", "outbox", "presence"})
@NullMarked
package com.linbox.router;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

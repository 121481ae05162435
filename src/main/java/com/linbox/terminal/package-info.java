/**
 * What programs at a terminal share, beside servers: options without a prefix, one clear line in place of a stack trace,
 * log lines kept out of what they print, an exit code.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.terminal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

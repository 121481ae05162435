/**
 * What the meters of all modules share. Each module has a catalogue of its own, a class whose name ends in {@code Meters};
 * {@code src/docs/metrics.md} lists them all.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

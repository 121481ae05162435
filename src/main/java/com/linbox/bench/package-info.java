/**
 * The load generator, profile {@code bench}: pairs of users who send to each other, over any LINBOX address.
 *
 * <p>Starting points: {@link com.linbox.bench.BenchSettings} for what can be set, {@code LoadGenerator} for how a run
 * goes, {@code LoadUser} for what one connection does, {@code GroupLoad} for a large group beside, {@code Measurements} for
 * what is counted and how.
 *
 * <p>It shares the machine with the server it measures more often than not, so it is built on the client's bare
 * {@code Connection} and reads no more of a frame than it needs.
 */
@ApplicationModule(allowedDependencies = {"client", "message", "protocol", "terminal"})
@NullMarked
package com.linbox.bench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

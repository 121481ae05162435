/**
 * What Actuator's health says of the engines that a process works on: which of them answer, and what the process cannot do
 * without the one that does not.
 *
 * <p>A module that speaks with an engine brings an {@link com.linbox.health.EngineProbe}, a role an
 * {@link com.linbox.health.Reliance} for each engine that it needs; both are beans. Every engine is asked in the background,
 * so that asking for health costs nothing, and returns at once also while an engine hangs.
 *
 * <p>Nothing of this is part of liveness: no restart brings an engine back. It is part of readiness only where a role can do
 * nothing at all without the engine.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

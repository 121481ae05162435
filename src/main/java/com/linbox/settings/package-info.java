/**
 * Settings: how a wrong one is told, and how some change while LINBOX runs.
 *
 * <p>Every module has its settings in validated records. A component that is marked {@link
 * com.linbox.settings.ChangesWhileRunning} can be given another value than the one LINBOX started with; whoever uses it asks
 * a {@link com.linbox.settings.Live} for the record each time. Where the other values come from is not this module's
 * business: see {@code cluster}.
 *
 * <p>An override is bound and validated exactly as it would be at a start, with all others of its record. One that is wrong
 * changes nothing: it is refused, logged once, counted, and told by health ({@code settings}) until it is mended.
 * {@code /actuator/settings} shows every such setting, its value and where that came from.
 *
 * <p>Starting point: {@link com.linbox.settings.LiveSettings}.
 */
@ApplicationModule(allowedDependencies = "health")
@NullMarked
package com.linbox.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

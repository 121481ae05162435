/**
 * A start in a third of the time. A Spring Boot jar is slow to start: every class is looked for in more than a hundred jars
 * inside the jar, read, and verified. {@code java -jar linbox.jar prepare}, which the build does, lays out beside it
 *
 * <pre>
 * linbox.prepared/linbox.jar   the application
 * linbox.prepared/lib/         what it uses
 * linbox.prepared/linbox.jsa   its classes, as this JVM keeps them in memory (an application class-data archive)
 * linbox.prepared/of           which linbox.jar this is of
 * </pre>
 *
 * and {@code java -jar linbox.jar} then goes over to what is there. A JVM takes such an archive only by an option of its
 * command line, which a jar cannot set; so the process replaces itself ({@code execve}) by a JVM with that option. It stays the
 * same process: same number, parent, streams, arguments, JVM options, environment.
 *
 * <p>None of it is needed. Without {@code linbox.prepared}, or with that of another jar, or where {@code execve} cannot be
 * called (it is on Linux only), LINBOX starts from the jar as it is. A JVM that the archive is not of ignores it.
 *
 * <p>Starting point: {@link com.linbox.launch.Launch}.
 */
@ApplicationModule(allowedDependencies = "embedded")
@NullMarked
package com.linbox.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

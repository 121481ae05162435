package com.linbox.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Debian's Chromium, which tests in {@code src/test/browser} drive from Node. Where something of it is missing they are skipped;
 * {@code -Dlinbox.browser.required=true}, which {@code .ci/run} sets, lets them fail.
 */
public final class Browser {

    /** Where the tests are, and what they need of npm's packages. */
    public static final Path TESTS = Path.of("src", "test", "browser");

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private Browser() {}

    /** Ends the test that calls it where it cannot go on. */
    public static void require() {
        missing().ifPresent(missing -> Programs.require(false, "linbox.browser.required", missing));
    }

    private static Optional<String> missing() {
        return Stream.of(
                        Programs.isThere("node") ? "" : "there is no node on the PATH",
                        Files.isExecutable(CHROMIUM) ? "" : "there is no " + CHROMIUM + " (Debian's package chromium)",
                        Files.isDirectory(TESTS.resolve("node_modules"))
                                ? ""
                                : "npm --prefix " + TESTS + " ci has not been run")
                .filter(what -> !what.isEmpty())
                .findFirst()
                .map(what -> "No browser tests: " + what);
    }
}

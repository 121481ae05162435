package com.linbox.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that some tests need, and that a developer need not have. */
public final class Programs {

    private Programs() {}

    /** Whether there is a program of this name on the PATH. */
    public static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Skips the test that calls it where something is not there, or fails it where the build wants it to be.
     *
     * @param wanted the system property by which a build says so, as {@code .ci/run} does
     * @param missing what to say of it
     */
    public static void require(boolean isThere, String wanted, String missing) {
        if (!isThere) {
            if (Boolean.getBoolean(wanted)) {
                Assertions.fail(missing + ", and " + wanted + " is set");
            }
            Assumptions.abort(missing);
        }
    }
}

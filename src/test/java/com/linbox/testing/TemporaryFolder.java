package com.linbox.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Where an engine keeps its data while the tests of this JVM run. */
record TemporaryFolder(Path path) {

    static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /** When the JVM ends, stops what writes to the folder and deletes it. */
    void deleteAtExitAfter(Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.run();
                            try {
                                FileSystemUtils.deleteRecursively(path);
                            } catch (IOException e) {
                                System.err.println("could not delete " + path + ": " + e);
                            }
                        },
                        "stop-" + path.getFileName()));
    }
}

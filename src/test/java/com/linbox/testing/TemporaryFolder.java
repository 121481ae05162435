package com.linbox.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Folders for the data of test servers, deleted when the JVM ends. */
final class TemporaryFolder {

    private TemporaryFolder() {}

    static Path create(String purpose) throws IOException {
        Path folder = Files.createTempDirectory("linbox-test-" + purpose + "-");
        AtExit.run(() -> FileSystemUtils.deleteRecursively(folder));
        return folder;
    }
}

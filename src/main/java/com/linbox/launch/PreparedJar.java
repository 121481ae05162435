package com.linbox.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder beside a jar in which it lies prepared, and the places there. */
record PreparedJar(Path jar, Path folder) {

    private static final String SUFFIX = ".jar";

    static PreparedJar of(Path jar) {
        String name = jar.getFileName().toString();
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return new PreparedJar(jar, jar.resolveSibling(stem + ".prepared"));
    }

    /** Laid out in full, and of this very jar: a later build of it must not run the earlier one's classes. */
    boolean isUsable() {
        try {
            return Files.exists(mark()) && Files.readString(mark()).equals(identity());
        } catch (IOException e) {
            return false;
        }
    }

    void markAsUsable() throws IOException {
        Files.writeString(mark(), identity());
    }

    private String identity() throws IOException {
        return Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + "\n";
    }

    private Path mark() {
        return folder.resolve("of");
    }

    Path application() {
        return folder.resolve(jar.getFileName());
    }

    Path archive() {
        return folder.resolve("linbox.jsa");
    }
}

package com.linbox.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.Architecture;
import redis.embedded.model.OS;
import redis.embedded.model.OsArchitecture;

/** The Redis server that the jar carries for this kind of machine, written to disk where it can be run. */
final class RedisBinary {

    private RedisBinary() {}

    /** @throws EngineFailedException if there is none for this operating system and processor */
    static void requireAvailable() {
        resources();
    }

    /**
     * Puts the program into {@code folder} unless it is there.
     *
     * @throws EngineFailedException if there is none for this operating system and processor
     */
    static Path in(Path folder) throws IOException {
        Path program = null;
        for (String resource : resources()) {
            program = extracted(resource, folder);
            if (runs(program)) {
                return program;
            }
        }
        // What keeps it from running shows when it is run.
        return Objects.requireNonNull(program);
    }

    private static Path extracted(String resource, Path folder) throws IOException {
        Path program = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        if (!Files.isExecutable(program)) {
            Files.createDirectories(folder);
            Path copy = folder.resolve(program.getFileName() + ".part");
            try (InputStream content = RedisBinary.class.getResourceAsStream(resource)) {
                if (content == null) {
                    throw new FileNotFoundException(resource);
                }
                Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!copy.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + copy + " executable");
            }
            Files.move(copy, program, StandardCopyOption.REPLACE_EXISTING);
        }
        return program;
    }

    private static boolean runs(Path program) throws IOException {
        try {
            return new ProcessBuilder(program.toString(), "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What may run here, best first. */
    private static List<String> resources() {
        String name = System.getProperty("os.name", "unknown");
        String processor = System.getProperty("os.arch", "unknown");
        OS system = system(name.toLowerCase(Locale.ROOT));
        Architecture architecture = architecture(processor.toLowerCase(Locale.ROOT));
        List<String> resources = new ArrayList<>();
        if (system != null && architecture != null) {
            Map<OsArchitecture, String> provided = ExecutableProvider.newProvidedVersionsMap();
            resources.add(provided.get(new OsArchitecture(system, architecture)));
            if (system == OS.UNIX && architecture == Architecture.x86_64) {
                // The 64-bit one wants glibc and OpenSSL 3, which not every Linux has; this one wants nothing.
                resources.add(provided.get(OsArchitecture.UNIX_x86));
            }
        }
        resources.removeIf(Objects::isNull);
        if (resources.isEmpty()) {
            throw new EngineFailedException(
                    "LINBOX brings no Redis for %s on %s, so it cannot run alone here; run its roles against a Redis of your own"
                            .formatted(name, processor));
        }
        return resources;
    }

    private static @Nullable OS system(String name) {
        if (name.contains("linux")) {
            return OS.UNIX;
        }
        if (name.contains("mac")) {
            return OS.MAC_OS_X;
        }
        return name.contains("windows") ? OS.WINDOWS : null;
    }

    private static @Nullable Architecture architecture(String processor) {
        return switch (processor) {
            case "amd64", "x86_64" -> Architecture.x86_64;
            case "aarch64", "arm64" -> Architecture.aarch64;
            case "x86", "i386", "i486", "i586", "i686" -> Architecture.x86;
            default -> null;
        };
    }
}

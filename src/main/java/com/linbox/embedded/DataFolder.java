package com.linbox.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder that holds the engines' data, taken by one process at a time. */
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "linbox.lock";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, creating it if absent.
     *
     * @throws EngineFailedException if it cannot be written to, or another process has it
     */
    static DataFolder take(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lockOf(channel) == null) {
                channel.close();
                throw new EngineFailedException(
                        "the data folder %s (linbox.data-dir) is in use by another LINBOX".formatted(path));
            }
            return new DataFolder(path, channel);
        } catch (AccessDeniedException e) {
            throw new EngineFailedException(
                    "the data folder %s (linbox.data-dir) cannot be written to".formatted(path), e);
        } catch (IOException e) {
            throw new EngineFailedException(
                    "the data folder %s (linbox.data-dir) cannot be used: %s".formatted(path, e), e);
        }
    }

    private static @Nullable FileLock lockOf(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException takenByThisProcess) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        // The file stays: deleting it could take a lock from under a process that has just opened it.
        lock.close();
    }
}

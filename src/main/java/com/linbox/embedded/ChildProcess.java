package com.linbox.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that must not outlive this process, however this process ends.
 *
 * <ul>
 *   <li>It ends when this process does, {@code kill -9} included: a shell beside it waits for the end of a pipe that only
 *       this process holds open.
 *   <li>Should that shell have been killed too, the next start finds it by its pid file and ends it; a process that merely
 *       got the same number later is told apart by its start time and left alone.
 *   <li>Ctrl-C in a terminal does not reach it, so that it lives until LINBOX has done its last work with it.
 * </ul>
 */
final class ChildProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** {@code exec} keeps the shell's number, so {@code $$} is the program's. */
    private static final String GUARDED =
            "exec 3<&0; { read -r end <&3; kill $$ 2>/dev/null; } & exec \"$@\" </dev/null 3<&-";

    private final Process process;
    private final Path pidFile;

    private ChildProcess(Process process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * Starts the program.
     *
     * @param folder where it runs
     * @param output where its standard output and error go
     * @param pidFile where its number is kept while it runs
     */
    static ChildProcess start(List<String> command, Path folder, Path output, Path pidFile) throws IOException {
        Process process = new ProcessBuilder(guarded(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Files.writeString(pidFile, process.pid() + "\n" + startOf(process.toHandle()) + "\n");
        return new ChildProcess(process, pidFile);
    }

    private static List<String> guarded(List<String> command) {
        if (File.separatorChar == '\\') {
            return command;
        }
        List<String> guarded = new ArrayList<>();
        // A session of its own, where the system has the command for it (macOS has not).
        if (isOnPath("setsid")) {
            guarded.add("setsid");
        }
        guarded.addAll(List.of("sh", "-c", GUARDED, "sh"));
        guarded.addAll(command);
        return guarded;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Ends the program that an earlier process left behind, if it did. */
    static void endOrphan(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() == 2 && lines.get(0).matches("\\d{1,18}")) {
            ProcessHandle.of(Long.parseLong(lines.get(0)))
                    .filter(process -> startOf(process).equals(lines.get(1)))
                    .ifPresent(ChildProcess::end);
        }
        Files.delete(pidFile);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the program, by force if it takes more than a few seconds, and returns once it is gone. */
    void stop() {
        end(process.toHandle());
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException unimportant) {
            // The next start finds that no process of that number and start time runs.
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!endsWithin(process, PATIENCE)) {
            process.destroyForcibly();
            endsWithin(process, PATIENCE);
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String startOf(ProcessHandle process) {
        @Nullable Instant start = process.info().startInstant().orElse(null);
        return start == null ? "unknown" : start.toString();
    }
}

package com.linbox.launch;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The program that this process runs: a JVM, which can be replaced by another. */
final class ProcessImage {

    private static final Path SELF = Path.of("/proc/self");
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int FIRST_OF_OURS = 3;

    private ProcessImage() {}

    /** Replaces it by a JVM that runs the prepared jar, or returns where that cannot be done. */
    static void replace(PreparedJar prepared) {
        if (!Files.isReadable(SELF.resolve("cmdline"))) {
            return;
        }
        try {
            List<String> command = prepared(commandLine(), prepared);
            if (!command.isEmpty()) {
                String program = SELF.resolve("exe").toRealPath().toString();
                NativeLibrary c = NativeLibrary.getInstance("c");
                closeOnExec(c.getFunction("fcntl"));
                c.getFunction("execv")
                        .invokeInt(new Object[] {program, new StringArray(command.toArray(String[]::new))});
            }
        } catch (IOException | RuntimeException | LinkageError cannot) {
            // Then it is the slower start.
        }
    }

    private static List<String> commandLine() throws IOException {
        return Arrays.asList(Files.readString(SELF.resolve("cmdline")).split("\0", -1));
    }

    /** The command line with options before its own and the prepared jar in place of the jar; empty if it names no jar. */
    static List<String> prepared(List<String> commandLine, PreparedJar prepared) throws IOException {
        // The last text is empty: each of them ends with a zero.
        List<String> arguments = commandLine.subList(0, commandLine.size() - 1);
        int option = arguments.indexOf("-jar");
        if (option < 1
                || option + 1 >= arguments.size()
                || !Files.isSameFile(Path.of(arguments.get(option + 1)), prepared.jar())) {
            return List.of();
        }
        List<String> command = new ArrayList<>();
        command.add(arguments.get(0));
        command.add("-XX:SharedArchiveFile=" + prepared.archive());
        // An archive of another JVM, or none, is no news to whoever starts LINBOX.
        command.add("-Xlog:cds*=off");
        command.addAll(arguments.subList(1, option + 1));
        command.add(prepared.application().toString());
        command.addAll(arguments.subList(option + 2, arguments.size()));
        return command;
    }

    /** The JVM leaves files open to whatever comes after it; only the three standard streams are to stay. */
    private static void closeOnExec(Function fcntl) throws IOException {
        try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
            open.mapToInt(file -> Integer.parseInt(file.getFileName().toString()))
                    .filter(file -> file >= FIRST_OF_OURS)
                    .forEach(file -> fcntl.invokeInt(new Object[] {file, F_SETFD, FD_CLOEXEC}));
        }
    }
}

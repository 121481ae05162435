package com.linbox.launch;

import com.linbox.embedded.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Lays out a {@link PreparedJar}: unpacks the jar, then starts and stops LINBOX once to see which classes that takes. */
final class Preparation {

    private final PreparedJar prepared;

    Preparation(PreparedJar prepared) {
        this.prepared = prepared;
    }

    void run() throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(prepared.folder());
        java(
                "-Djarmode=tools",
                "-jar",
                prepared.jar().toString(),
                "extract",
                "--destination",
                prepared.folder().toString());
        try {
            archiveClasses();
        } catch (IOException e) {
            // The greater part of the gain is lost, and nothing else.
            System.err.println("LINBOX starts without an archive of its classes: " + e.getMessage());
        }
        prepared.markAsUsable();
    }

    private void archiveClasses() throws IOException, InterruptedException {
        Path data = prepared.folder().resolve("data");
        java(
                "-XX:ArchiveClassesAtExit=" + prepared.archive(),
                "-Xlog:cds*=off",
                "-jar",
                prepared.application().toString(),
                "--linbox.exit-when-ready=true",
                "--linbox.data-dir=" + data,
                "--server.port=" + LoopbackPorts.free(),
                "--linbox.gateway.port=" + LoopbackPorts.free(),
                "--linbox.gateway.ws.port=0",
                "--linbox.rpc.port=0",
                "--logging.level.com.linbox=warn");
        FileSystemUtils.deleteRecursively(data);
    }

    private static void java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile("linbox-prepare", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("%s ended with %d, saying: %s"
                        .formatted(command, process.exitValue(), Files.readString(output)));
            }
        } finally {
            process.destroy();
            Files.delete(output);
        }
    }
}

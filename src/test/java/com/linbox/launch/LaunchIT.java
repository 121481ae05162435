package com.linbox.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.JarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, prepared and not. */
class LaunchIT {

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void thePreparedJarRunsInTheProcessThatWasStarted() throws Exception {
        try (JarProcess linbox = JarProcess.start(folder, arguments())) {
            linbox.awaitReady();

            assertThat(commandLineOf(linbox)).contains("linbox.prepared/linbox.jar");
            assertThat(linbox.errors()).isEmpty();
        }
    }

    @Test
    void aJarByItselfRunsToo() throws Exception {
        Path jar = Files.copy(Path.of(System.getProperty("linbox.jar")), folder.resolve("copy.jar"));

        try (JarProcess linbox = JarProcess.start(jar, folder, arguments())) {
            assertThat(linbox.awaitReady()).contains("is ready");
            assertThat(commandLineOf(linbox)).contains("copy.jar");
        }
    }

    /** The process handle keeps what it saw first. */
    private static String commandLineOf(JarProcess linbox) {
        return ProcessHandle.of(linbox.handle().pid())
                .orElseThrow()
                .info()
                .commandLine()
                .orElseThrow();
    }

    private static String[] arguments() {
        return new String[] {
            "--server.port=" + LoopbackPorts.free(),
            "--linbox.gateway.port=" + LoopbackPorts.free(),
            "--linbox.gateway.ws.port=0",
            "--linbox.rpc.port=0",
        };
    }
}

package com.linbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ChildProcessTests {

    private static final List<String> LONG = List.of("sleep", "600");

    @TempDir
    Path folder;

    @Test
    void aProgramRunsUntilItIsStopped() throws Exception {
        ChildProcess program = start();
        assertThat(program.isAlive()).isTrue();
        assertThat(pidFile()).exists();

        program.stop();

        assertThat(program.isAlive()).isFalse();
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void anOrphanIsEndedByItsPidFile() throws Exception {
        ChildProcess orphan = start();

        ChildProcess.endOrphan(pidFile());

        assertThat(orphan.isAlive()).isFalse();
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void aStrangerWhoGotTheNumberLaterIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder(LONG).start();
        try {
            Files.writeString(pidFile(), stranger.pid() + "\n2001-01-01T00:00:00Z\n");

            ChildProcess.endOrphan(pidFile());

            assertThat(stranger.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(pidFile()).doesNotExist();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    private ChildProcess start() throws Exception {
        return ChildProcess.start(LONG, folder, folder.resolve("log"), pidFile());
    }

    private Path pidFile() {
        return folder.resolve("pid");
    }
}

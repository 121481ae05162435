package com.linbox.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessImageTests {

    @TempDir
    Path folder;

    private PreparedJar prepared;

    @BeforeEach
    void aJar() throws Exception {
        prepared = PreparedJar.of(Files.createFile(folder.resolve("linbox.jar")));
    }

    @Test
    void whatTheUserAskedOfTheJvmAndOfLinboxStays() throws Exception {
        List<String> asked =
                List.of("/bin/java", "-Xmx1g", "-jar", prepared.jar().toString(), "--linbox.data-dir=/a b", "", "");

        assertThat(ProcessImage.prepared(asked, prepared))
                .containsExactly(
                        "/bin/java",
                        "-XX:SharedArchiveFile=" + folder.resolve("linbox.prepared/linbox.jsa"),
                        "-Xlog:cds*=off",
                        "-Xmx1g",
                        "-jar",
                        folder.resolve("linbox.prepared/linbox.jar").toString(),
                        "--linbox.data-dir=/a b",
                        "");
    }

    @Test
    void aCommandThatDoesNotNameTheJarStaysAsItIs() throws Exception {
        Path other = Files.createFile(folder.resolve("other.jar"));

        assertThat(ProcessImage.prepared(List.of("java", "@options", ""), prepared))
                .isEmpty();
        assertThat(ProcessImage.prepared(List.of("java", "-jar", ""), prepared)).isEmpty();
        assertThat(ProcessImage.prepared(List.of("java", "-jar", other.toString(), ""), prepared))
                .isEmpty();
    }

    @Test
    void whatWasPreparedOfAnEarlierBuildIsNotUsed() throws Exception {
        Files.createDirectories(prepared.folder());
        assertThat(prepared.isUsable()).isFalse();

        prepared.markAsUsable();
        assertThat(prepared.isUsable()).isTrue();

        Files.writeString(prepared.jar(), "a later build");
        assertThat(prepared.isUsable()).isFalse();
    }
}

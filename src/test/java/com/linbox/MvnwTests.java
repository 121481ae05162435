package com.linbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The Maven wrapper fetches from a server of the test a Maven that only says what it was asked. */
@DisabledOnOs(OS.WINDOWS)
class MvnwTests {

    private static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";

    @TempDir
    Path folder;

    private Path project;
    private HttpServer archive;
    private byte[] distribution;

    @BeforeEach
    void aProjectAndAnArchive() throws Exception {
        project = Files.createDirectories(folder.resolve("a project"));
        Files.createDirectories(project.resolve(PROPERTIES).getParent());
        Files.copy(Path.of("mvnw"), project.resolve("mvnw"));
        distribution = distribution();
        archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archive.createContext("/3.9.9/binaries/apache-maven-3.9.9-bin.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, distribution.length);
            try (exchange) {
                exchange.getResponseBody().write(distribution);
            }
        });
        archive.start();
    }

    @AfterEach
    void stopArchive() {
        archive.stop(0);
    }

    @Test
    void aMavenIsFetchedOnceAndRun() throws Exception {
        expect(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(distribution)));

        assertThat(mvnw("verify", "-Dtext=two words").output()).contains("asked for: verify -Dtext=two words");

        archive.stop(0);
        assertThat(mvnw("again").output()).isEqualTo("asked for: again\n");
    }

    @Test
    void aMavenWithAnotherChecksumIsRefusedAndNotKept() throws Exception {
        expect("0".repeat(128));

        Outcome outcome = mvnw("verify");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("SHA-512").doesNotContain("asked for");
        try (Stream<Path> kept = Files.list(folder.resolve("m2/wrapper/dists"))) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void theRealChecksumIsThere() throws Exception {
        assertThat(Files.readString(Path.of(PROPERTIES))).containsPattern("distributionSha512=[0-9a-f]{128}\n");
    }

    private byte[] distribution() throws Exception {
        Path mvn = folder.resolve("apache-maven-3.9.9/bin/mvn");
        Files.createDirectories(mvn.getParent());
        Files.writeString(mvn, "#!/bin/sh\necho asked for: \"$@\"\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        Path tar = folder.resolve("maven.tar.gz");
        run(new ProcessBuilder("tar", "-czf", tar.toString(), "-C", folder.toString(), "apache-maven-3.9.9"));
        return Files.readAllBytes(tar);
    }

    private void expect(String sha512) throws IOException {
        Files.writeString(
                project.resolve(PROPERTIES),
                "mavenVersion=3.9.9\ndistributionBase=unused\ndistributionSha512=" + sha512 + "\n");
    }

    private Outcome mvnw(String... arguments) throws Exception {
        ProcessBuilder mvnw = new ProcessBuilder(
                Stream.concat(Stream.of("sh", project.resolve("mvnw").toString()), Stream.of(arguments))
                        .toList());
        mvnw.environment()
                .putAll(Map.of(
                        "MVNW_FETCH",
                        "always",
                        "MVNW_BASE",
                        "http://127.0.0.1:" + archive.getAddress().getPort(),
                        "MAVEN_USER_HOME",
                        folder.resolve("m2").toString()));
        return run(mvnw);
    }

    private static Outcome run(ProcessBuilder command) throws Exception {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private record Outcome(int exitCode, String output) {}
}

package com.linbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Holds docker/Dockerfile against the build and the settings, and tries the health check. */
class DockerfileTests {

    @Test
    void itTakesTheJarThatTheBuildMakes() throws IOException {
        String jar = "target/" + finalName() + ".jar";
        assertThat(Image.all("COPY")).anyMatch(copy -> copy.equals(jar + " linbox.jar"));
        assertThat(Files.readString(Path.of(".dockerignore"))).contains("!" + jar + "\n", "!docker/healthcheck\n");
    }

    private static String finalName() throws IOException {
        return Files.readString(Path.of("pom.xml")).replaceAll("(?s).*<finalName>(.*?)</finalName>.*", "$1");
    }

    @Test
    void itCopiesOnlyWhatIsThere() throws IOException {
        for (String copy : Image.all("COPY")) {
            String source = copy.split(" ")[0];
            if (!source.startsWith("--from") && !source.startsWith("target/")) {
                assertThat(Path.of(source)).exists();
            }
        }
    }

    @Test
    void itsVariablesAreSettings() throws IOException {
        assertThat(RoleSettings.variableNames()).containsAll(Image.environment().keySet());
    }

    @Test
    void theArchiveIsUsedWhereTheTrainingHasPutIt() throws IOException {
        String training = Image.all("RUN").stream()
                .filter(run -> run.contains("ArchiveClassesAtExit"))
                .findFirst()
                .orElseThrow();
        String archive = training.replaceAll(".*-XX:ArchiveClassesAtExit=(\\S+) .*", "$1");
        assertThat(Image.only("ENTRYPOINT"))
                .startsWith("[")
                .contains("\"-XX:SharedArchiveFile=" + archive + "\"", "\"-jar\", \"linbox.jar\"");
        assertThat(training.replaceAll(".*-jar (\\S+) .*", "$1")).isEqualTo("linbox.jar");
        assertThat(training).contains("--linbox.exit-when-ready=true");
    }

    @Test
    void itRunsAsNobodySpecial() throws IOException {
        List<String> instructions = Image.instructions();
        assertThat(Image.only("USER")).isEqualTo("linbox");
        assertThat(instructions.indexOf("USER linbox"))
                .isLessThan(instructions.indexOf("ENTRYPOINT " + Image.only("ENTRYPOINT")));
    }

    @Test
    void portsThatItNamesAreTheSettingsOwn() throws Exception {
        RoleSettings defaults = new RoleSettings(Map.of());
        assertThat(Image.only("EXPOSE").split(" "))
                .containsExactlyInAnyOrder(
                        Image.environment().get("SERVER_PORT"),
                        defaults.value("linbox.gateway", "port").toString(),
                        defaults.value("linbox.gateway.tls", "port").toString(),
                        defaults.value("linbox.rpc", "port").toString());
    }

    @Test
    void configurationIsMountedWhereItIsLookedFor() throws IOException {
        List<String> workingFolders = Image.all("WORKDIR");
        String config = workingFolders.get(workingFolders.size() - 1) + "/config";
        ComposeFile compose = ComposeFile.read("compose.yaml");
        compose.roles().values().forEach(role -> assertThat(ComposeFile.texts(role, "volumes"))
                .contains("../config:" + config + ":ro"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHealthCheckFollowsReadiness() throws Exception {
        assertThat(Image.only("HEALTHCHECK")).contains("/usr/local/bin/healthcheck");
        assertThat(Image.all("COPY")).contains("docker/healthcheck /usr/local/bin/healthcheck");
        AtomicReference<Integer> status = new AtomicReference<>(200);
        HttpServer role = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        role.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        role.start();
        int port = role.getAddress().getPort();
        try {
            assertThat(healthCheck(port)).isZero();
            status.set(503);
            assertThat(healthCheck(port)).isNotZero();
        } finally {
            role.stop(0);
        }
        assertThat(healthCheck(port)).as("where nobody listens").isNotZero();
    }

    private static int healthCheck(int port) throws Exception {
        ProcessBuilder check = new ProcessBuilder(
                Path.of("docker/healthcheck").toAbsolutePath().toString());
        check.environment().put("SERVER_PORT", Integer.toString(port));
        return check.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}

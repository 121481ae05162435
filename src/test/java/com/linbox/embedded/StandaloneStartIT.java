package com.linbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.testing.JarProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starting and stopping the jar, without a profile, as a new user does. */
class StandaloneStartIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final int clients = LoopbackPorts.free();
    private final int http = LoopbackPorts.free();
    private final int rpc = LoopbackPorts.free();
    private final List<JarProcess> processes = new ArrayList<>();

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        for (JarProcess process : processes) {
            process.close();
        }
        await("processes that use " + folder).atMost(SOON).untilAsserted(() -> assertThat(processesIn(folder))
                .isEmpty());
    }

    @Test
    void theReadyLineNamesAddressesAndDataFolderAndAnAskToEndIsFollowedSoonWithoutComplaint() throws Exception {
        JarProcess linbox = start();

        assertThat(linbox.awaitReady())
                .contains(
                        "tcp://127.0.0.1:" + clients,
                        "ws://127.0.0.1:",
                        "dubbo://127.0.0.1:" + rpc,
                        "http://127.0.0.1:" + http,
                        "data " + realFolder() + "/data");
        assertThat(get("/actuator/health/readiness"))
                .as("what a load balancer asks, at once")
                .contains("\"status\":\"UP\"")
                .doesNotContain("OUT_OF_SERVICE");
        assertThat(linbox.output().stream().filter(line -> line.contains("is ready")))
                .hasSize(1);
        assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
        assertThat(get("/actuator/prometheus")).contains("jvm_memory_used_bytes");

        long asked = System.nanoTime();
        linbox.terminate();
        linbox.awaitExit();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(SOON);
        assertThat(linbox.errors()).isEmpty();
        assertThat(linbox.output()).noneMatch(line -> line.contains("ERROR") || line.contains("Exception"));
    }

    @Test
    void aKilledServerTakesItsRedisAlongAndStartsAgain() throws Exception {
        JarProcess killed = start();
        killed.awaitReady();
        List<ProcessHandle> children = killed.children().toList();
        assertThat(children).isNotEmpty();

        killed.kill();
        killed.awaitExit();

        await().atMost(SOON).untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        assertThat(start().awaitReady()).contains("is ready");
    }

    @ParameterizedTest
    @CsvSource({
        "--server.port, server.port",
        "--linbox.gateway.port, linbox.gateway.port",
        "--linbox.gateway.ws.port, linbox.gateway.ws.port",
        "--linbox.rpc.port, linbox.rpc.port"
    })
    void aPortInUseIsToldInOneLine(String argument, String setting) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            JarProcess refused = start(argument + "=" + taken.getLocalPort());

            assertRefused(refused, "port " + taken.getLocalPort(), setting, "in use");
        }
    }

    @Test
    void aDataFolderInUseIsToldInOneLine() throws Exception {
        JarProcess first = start();
        first.awaitReady();

        JarProcess second = start(
                "--server.port=" + LoopbackPorts.free(),
                "--linbox.gateway.port=" + LoopbackPorts.free(),
                "--linbox.gateway.ws.port=0",
                "--linbox.rpc.port=0");

        assertRefused(second, realFolder() + "/data", "in use by another LINBOX");
        assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
    }

    @Test
    void aDataFolderThatCannotBeMadeIsToldInOneLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused(start("--linbox.data-dir=" + file.resolve("data")), "linbox.data-dir", file.toString());
    }

    @Test
    void anUnknownOperatingSystemIsToldInOneLine() throws Exception {
        assertRefused(start("-Dos.name=Plan 9"), "Plan 9", "Redis");
    }

    @ParameterizedTest
    @CsvSource({
        "--server.port=many, server.port, many",
        "--spring.profiles.active=backing --linbox.backing.redis-port=70000, linbox.backing.redis-port, 70000",
        "--spring.profiles.active=backing --linbox.backing.h2-port=none, linbox.backing.h2-port, none"
    })
    void aWrongSettingIsToldInOneLineWithItsName(String arguments, String name, String value) throws Exception {
        assertRefused(start(arguments.split(" ")), name, value);
    }

    private void assertRefused(JarProcess refused, String... parts) throws Exception {
        assertThat(refused.awaitExit()).as(refused.said()).isEqualTo(1);
        assertThat(refused.errors()).as(refused.said()).hasSize(1);
        assertThat(refused.errors().get(0)).startsWith("LINBOX cannot start: ").contains(parts);
        assertThat(refused.output()).noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
    }

    private JarProcess start(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (!String.join(" ", arguments).contains("--server.port=")) {
            all.add("--server.port=" + http);
        }
        if (!String.join(" ", arguments).contains("--linbox.gateway.port=")) {
            all.add("--linbox.gateway.port=" + clients);
        }
        if (!String.join(" ", arguments).contains("--linbox.gateway.ws.port=")) {
            all.add("--linbox.gateway.ws.port=0");
        }
        if (!String.join(" ", arguments).contains("--linbox.rpc.port=")) {
            all.add("--linbox.rpc.port=" + rpc);
        }
        JarProcess process = JarProcess.start(folder, all.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + http + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private Path realFolder() throws Exception {
        return folder.toRealPath();
    }

    private static List<String> processesIn(Path folder) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(folder.toString()))
                .toList();
    }
}

package com.linbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends a whole machine, or a machine of engines, does not wait for minutes until the last role has gone. */
class StopWithoutEnginesIT {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private final EnginePorts ports = EnginePorts.free();

    @Test
    void everyRoleEndsWithinSecondsWhileTheEnginesAreFrozenOrGone() throws Exception {
        Map<String, JarProcess> roles = new LinkedHashMap<>();
        try (JarProcess engines = startEngines()) {
            engines.awaitReady();
            List<ProcessHandle> allOfThem = Stream.concat(Stream.of(engines.handle()), engines.children())
                    .toList();
            try {
                for (String role : List.of("router", "gateway", "rpc")) {
                    roles.put(role, start(role));
                }
                roles.put("rpc without engines", start("rpc"));
                for (JarProcess role : roles.values()) {
                    role.awaitReady();
                }
                JarProcess last = roles.remove("rpc without engines");

                signal("STOP", allOfThem);
                assertEnd(roles);
                // A killed process must not leave its children stopped.
                signal("CONT", allOfThem);
                engines.kill();
                assertEnd(Map.of("rpc without engines", last));
            } finally {
                signal("CONT", allOfThem.stream().filter(ProcessHandle::isAlive).toList());
                roles.values().forEach(JarProcess::kill);
            }
        }
    }

    private static void assertEnd(Map<String, JarProcess> roles) throws Exception {
        long begun = System.nanoTime();
        roles.values().forEach(JarProcess::terminate);
        for (Map.Entry<String, JarProcess> role : roles.entrySet()) {
            long left = begun + LONGEST_STOP.toNanos() - System.nanoTime();
            assertThat(role.getValue().handle().onExit())
                    .as("%s, which said %s", role.getKey(), role.getValue().said())
                    .succeedsWithin(Math.max(0, left), TimeUnit.NANOSECONDS);
            assertThat(role.getValue().awaitExit()).as(role.getKey()).isEqualTo(TERMINATED);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private JarProcess startEngines() throws IOException {
        return JarProcess.start(
                folder,
                "--spring.profiles.active=backing",
                "--linbox.backing.kafka-port=" + ports.kafkaPort(),
                "--linbox.backing.kafka-controller-port=" + ports.kafkaControllerPort(),
                "--linbox.backing.zookeeper-port=" + ports.zookeeperPort(),
                "--linbox.backing.redis-port=" + ports.redisPort(),
                "--linbox.backing.h2-port=" + ports.h2Port());
    }

    private JarProcess start(String role) throws IOException {
        return JarProcess.start(
                folder,
                "--spring.profiles.active=" + role,
                "--server.port=0",
                "--linbox.gateway.port=0",
                "--linbox.rpc.port=0",
                "--linbox.credential.mode=open",
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + ports.kafkaPort(),
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + ports.redisPort(),
                "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + ports.h2Port() + "/linbox",
                "--spring.datasource.username=sa",
                "--spring.datasource.password=",
                "--linbox.zookeeper.connect=127.0.0.1:" + ports.zookeeperPort());
    }
}

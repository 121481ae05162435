package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.JarProcess;
import com.linbox.testing.KafkaEngine;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A group of a hundred thousand, ten thousand of them online over two gateways, beside private messages. What it prints are
 * figures of a machine that does much else; src/docs/bench.md has those of one that does not.
 */
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
class LargeGroupIT {

    private static final int MEMBERS = 100_000;
    private static final int ONLINE = 10_000;

    /** Far above what is measured, and far below what a write or a question for each member would take. */
    private static final double PATIENCE_MILLIS = 5_000;

    private static final long MAX_GROWTH = 16 << 20;
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    @TempDir
    Path folder;

    @Test
    void everybodyOnlineHearsOfItSoonAndPrivateMessagesAreNotHeldUp(
            KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb) throws Exception {
        try (Cluster cluster = Cluster.start(kafka, zooKeeper, redis, mariaDb);
                JarProcess bench = bench(cluster.gateway(0), cluster.gateway(1))) {
            awaitLine(bench, " 6 s (warm-up)");
            List<Long> before = heapsOf(cluster);
            int exitCode = bench.awaitExit();
            List<Long> after = heapsOf(cluster);
            bench.output().forEach(System.out::println);
            System.out.println("heap of the routers: " + before + " -> " + after + " bytes");

            assertThat(exitCode).as(bench.said()).isZero();
            JsonNode report =
                    new JsonMapper().readTree(folder.resolve("report.json").toFile());
            JsonNode group = report.path("group");
            assertThat(group.path("sent").asLong()).isGreaterThanOrEqualTo(90);
            assertThat(group.path("deliveries").asLong())
                    .isEqualTo(group.path("sent").asLong() * (ONLINE - 1));
            assertThat(group.path("toAll").path("max").asDouble()).isLessThan(PATIENCE_MILLIS);
            assertThat(report.path("sendToDelivered").path("p99").asDouble()).isLessThan(PATIENCE_MILLIS);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i) - before.get(i)).isLessThan(MAX_GROWTH);
            }
        }
    }

    private JarProcess bench(InetSocketAddress first, InetSocketAddress second) throws IOException {
        return JarProcess.start(
                folder,
                "-Xmx700m",
                "--spring.profiles.active=bench",
                "--host=" + first.getHostString(),
                "--port=" + first.getPort(),
                "--more-gateways=" + second.getHostString() + ":" + second.getPort(),
                "--version=2",
                "--pairs=25",
                "--rate=100",
                "--group-members=" + MEMBERS,
                "--group-online=" + ONLINE,
                "--group-rate=10",
                "--users-from=" + MessagingScenarios.newUser() * 1_000,
                "--warmup=8s",
                "--duration=10s",
                "--drain=30s",
                "--json=report.json");
    }

    private static void awaitLine(JarProcess process, String text) {
        Awaitility.await(text)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() ->
                        !process.handle().isAlive() || process.output().stream().anyMatch(line -> line.contains(text)));
    }

    /** What lies in the heap of each router after everything dead is gone from it. */
    private static List<Long> heapsOf(Cluster cluster) throws Exception {
        List<Long> heaps = new ArrayList<>();
        for (ProcessHandle router : cluster.routers()) {
            jcmd(router, "GC.run");
            long used = 0;
            // Of the two generations; what follows them in the text is no heap.
            Matcher generations = HEAP_USED.matcher(jcmd(router, "GC.heap_info").split("Metaspace")[0]);
            while (generations.find()) {
                used += Long.parseLong(generations.group(1)) << 10;
            }
            assertThat(used).isPositive();
            heaps.add(used);
        }
        return heaps;
    }

    private static String jcmd(ProcessHandle process, String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }
}

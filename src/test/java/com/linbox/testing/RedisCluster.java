package com.linbox.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Three Redis processes that share the slots of a cluster: a command on keys of more than one slot is refused. One for all
 * tests of the JVM, started when first needed and ended with it.
 */
public final class RedisCluster {

    private static RedisCluster shared;

    private static final int SLOTS = 16_384;
    private static final int NODES = 3;

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisCluster() {}

    public static synchronized RedisCluster shared() throws IOException {
        if (shared == null) {
            shared = new RedisCluster().start();
        }
        return shared;
    }

    /** Returns once all nodes agree that the cluster is complete. */
    private RedisCluster start() throws IOException {
        for (int i = 0; i < NODES; i++) {
            nodes.add(new RedisProcess("--cluster-enabled", "yes").start());
        }
        for (int i = 0; i < NODES; i++) {
            int[] slots =
                    IntStream.range(SLOTS * i / NODES, SLOTS * (i + 1) / NODES).toArray();
            at(i, redis -> redis.clusterAddSlots(slots));
            at(i, redis -> redis.clusterMeet("127.0.0.1", nodes.get(0).port()));
        }
        Awaitility.await("a complete cluster").atMost(Duration.ofSeconds(30)).until(() -> IntStream.range(0, NODES)
                .allMatch(this::isComplete));
        return this;
    }

    private boolean isComplete(int node) {
        String info = at(node, RedisCommands::clusterInfo);
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
    }

    private <T> T at(int node, Function<RedisCommands<String, String>, T> action) {
        RedisClient client =
                RedisClient.create(RedisURI.create("127.0.0.1", nodes.get(node).port()));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return action.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** The Spring properties by which LINBOX finds it. */
    public Map<String, String> properties() {
        return Map.of(
                "spring.data.redis.cluster.nodes",
                nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(",")));
    }
}

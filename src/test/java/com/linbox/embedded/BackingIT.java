package com.linbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.JarProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engines alone, as a cluster on one machine uses them. */
class BackingIT {

    @TempDir
    Path folder;

    private final EnginePorts ports = EnginePorts.free();

    @Test
    void whatTheEnginesAcknowledgedSurvivesAKill() throws Exception {
        try (JarProcess backing = BackingProcess.start(folder, ports)) {
            assertThat(backing.awaitReady())
                    .contains("Kafka 127.0.0.1:" + ports.kafkaPort())
                    .contains("ZooKeeper 127.0.0.1:" + ports.zookeeperPort())
                    .contains("Redis 127.0.0.1:" + ports.redisPort())
                    .contains("H2 " + databaseUrl());
            write();
            backing.kill();
            backing.awaitExit();
        }
        try (JarProcess backing = BackingProcess.start(folder, ports)) {
            backing.awaitReady();
            assertAllIsThere();
        }
    }

    @Test
    void aPortInUseIsToldInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(ports.redisPort(), 1, InetAddress.getByName("127.0.0.1"));
                JarProcess refused = BackingProcess.start(folder, ports)) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.errors())
                    .containsExactly("LINBOX cannot start: port %d of 127.0.0.1, for Redis, is in use"
                            .formatted(taken.getLocalPort()));
        }
    }

    private void write() throws Exception {
        try (Connection database = DriverManager.getConnection(databaseUrl(), "sa", "")) {
            database.createStatement().execute("CREATE TABLE kept (word VARCHAR(10))");
            database.createStatement().execute("INSERT INTO kept VALUES ('h2')");
            // As the store does: until then, or for half a second, a commit is in memory alone.
            database.createStatement().execute("CHECKPOINT");
        }
        try (RedisClient client = redis();
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().set("kept", "redis");
        }
        try (ZooKeeper zooKeeper = zooKeeper()) {
            zooKeeper.create(
                    "/kept",
                    "zookeeper".getBytes(StandardCharsets.UTF_8),
                    ZooDefs.Ids.OPEN_ACL_UNSAFE,
                    CreateMode.PERSISTENT);
        }
        try (Admin admin = Admin.create(kafka());
                var producer = new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("kept", "kafka")).get();
        }
    }

    private void assertAllIsThere() throws Exception {
        try (Connection database = DriverManager.getConnection(databaseUrl(), "sa", "");
                ResultSet rows = database.createStatement().executeQuery("SELECT word FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("h2");
        }
        try (RedisClient client = redis();
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(connection.sync().get("kept")).isEqualTo("redis");
        }
        try (ZooKeeper zooKeeper = zooKeeper()) {
            assertThat(zooKeeper.getData("/kept", false, null)).asString().isEqualTo("zookeeper");
        }
        try (var consumer = new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("kept", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(20)))
                    .extracting(record -> record.value())
                    .containsExactly("kafka");
        }
    }

    private String databaseUrl() {
        return "jdbc:h2:tcp://127.0.0.1:%d/linbox".formatted(ports.h2Port());
    }

    private RedisClient redis() {
        return RedisClient.create("redis://127.0.0.1:" + ports.redisPort());
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + ports.kafkaPort());
    }

    private ZooKeeper zooKeeper() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper("127.0.0.1:" + ports.zookeeperPort(), 5_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        return client;
    }
}

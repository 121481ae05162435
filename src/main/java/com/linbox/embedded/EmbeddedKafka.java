package com.linbox.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster of one server inside this process, broker and KRaft controller in one. Topics have to be created; they
 * are not made by being used.
 */
public final class EmbeddedKafka implements EmbeddedEngine {

    private static final int NODE = 1;
    private static final String CLIENTS = "CLIENTS";
    private static final String CONTROLLER = "CONTROLLER";

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Consumer<String> whenGivenUp;
    private volatile boolean running;
    private @Nullable KafkaRaftServer server;

    /**
     * @param folder where all of its logs are kept; created if absent
     * @param port the port of 127.0.0.1 for clients
     * @param controllerPort the port of 127.0.0.1 on which the broker meets its controller
     */
    public EmbeddedKafka(Path folder, int port, int controllerPort) {
        this(folder, port, controllerPort, reason -> {});
    }

    /** @param whenGivenUp told, with the reason, when Kafka cannot go on after it had started (a full disk, for one) */
    EmbeddedKafka(Path folder, int port, int controllerPort, Consumer<String> whenGivenUp) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
        this.whenGivenUp = whenGivenUp;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public synchronized void start() {
        LoopbackPorts.requireFree("Kafka", LoopbackPorts.HOST, port);
        LoopbackPorts.requireFree("Kafka's controller", LoopbackPorts.HOST, controllerPort);
        // Kafka ends the whole process, at once and without a word to anyone, when it cannot go on. That would leave
        // Redis behind.
        Exit.setExitProcedure(this::giveUp);
        Exit.setHaltProcedure(this::giveUp);
        try {
            formatOnce();
            server = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
            server.startup();
            running = true;
        } catch (Exception e) {
            close();
            throw new EngineFailedException(
                    "Kafka cannot run on %s with its data in %s: %s".formatted(bootstrapServers(), folder, rootOf(e)),
                    e);
        }
    }

    private void formatOnce() throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new Formatter()
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .run();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE, LoopbackPorts.HOST, controllerPort));
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", CLIENTS);
        settings.put(
                "listeners",
                "%1$s://%2$s:%3$d,%4$s://%2$s:%5$d"
                        .formatted(CLIENTS, LoopbackPorts.HOST, port, CONTROLLER, controllerPort));
        settings.put("advertised.listeners", "%s://%s:%d".formatted(CLIENTS, LoopbackPorts.HOST, port));
        settings.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");

        // The controller takes the broker of a killed process for alive until this has passed, and lets no other in.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("group.initial.rebalance.delay.ms", "0");

        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // Threads and memory for one machine; the log cleaner alone would take 128 MiB. After a kill, at most one
        // segment
        // of each partition is read again.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.segment.bytes", "67108864");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("metric.reporters", "");
        return settings;
    }

    /** Such as {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return LoopbackPorts.HOST + ":" + port;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("spring.kafka.bootstrap-servers", bootstrapServers());
    }

    @Override
    public synchronized void close() {
        running = false;
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    private void giveUp(int status, @Nullable String reason) {
        String text = reason == null ? "status " + status : reason;
        if (running) {
            whenGivenUp.accept(text);
        }
        throw new IllegalStateException(text);
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}

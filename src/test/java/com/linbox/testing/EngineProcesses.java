package com.linbox.testing;

import com.linbox.embedded.LoopbackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** All that LINBOX works on, each a process of its own on a port of the loopback interface, with every write synced. */
public final class EngineProcesses implements AutoCloseable {

    /** The processes. */
    public enum Engine {
        KAFKA,
        REDIS,
        MARIADB,
        ZOOKEEPER
    }

    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);
    private static final String OPTIONS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    private static final String ADMINISTRATOR = "linbox";

    private final Map<Engine, ServerProcess> processes = new EnumMap<>(Engine.class);
    private final Map<String, String> properties = new HashMap<>();
    private final int databasePort = LoopbackPorts.free();

    private EngineProcesses(String... jvmOptions) throws Exception {
        int kafka = LoopbackPorts.free();
        int zooKeeper = LoopbackPorts.free();
        RedisProcess redis = new RedisProcess("--auto-aof-rewrite-min-size", "512mb");
        processes.put(Engine.KAFKA, EngineProgram.kafka("KAFKA", kafka, jvmOptions));
        processes.put(Engine.ZOOKEEPER, EngineProgram.zooKeeper("ZOOKEEPER", zooKeeper, jvmOptions));
        processes.put(Engine.REDIS, redis.process());
        processes.put(Engine.MARIADB, MariaDbEngine.newProcess("MARIADB", databasePort));
        properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + kafka);
        properties.put("linbox.zookeeper.connect", "127.0.0.1:" + zooKeeper);
        properties.putAll(redis.properties());
    }

    /**
     * Starts all of them and waits until they can be used.
     *
     * @param jvmOptions of those that run in Java, such as {@code -Xmx300m}
     */
    public static EngineProcesses start(String... jvmOptions) throws Exception {
        EngineProcesses engines = new EngineProcesses(jvmOptions);
        for (ServerProcess engine : engines.all()) {
            engine.start();
        }
        engines.all().forEach(engine -> engine.awaitReady(STARTED_WITHIN));
        return engines;
    }

    public ServerProcess process(Engine engine) {
        return processes.get(engine);
    }

    public Collection<ServerProcess> all() {
        return Collections.unmodifiableCollection(processes.values());
    }

    /**
     * Makes a database and a user who may do everything in it, and nothing else.
     *
     * @return the Spring properties by which LINBOX finds all engines, and this database as this user
     */
    public Map<String, String> newDatabase(String name, String user) throws SQLException {
        asAdministrator("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        asAdministrator("CREATE USER " + user + "@'%' IDENTIFIED BY '" + user + "'");
        asAdministrator("GRANT ALL ON " + name + ".* TO " + user + "@'%'");
        Map<String, String> all = new HashMap<>(properties);
        all.put("spring.datasource.url", databaseUrl(name));
        all.put("spring.datasource.username", user);
        all.put("spring.datasource.password", user);
        return all;
    }

    private String databaseUrl(String name) {
        return "jdbc:mysql://127.0.0.1:" + databasePort + "/" + name + OPTIONS;
    }

    /** The administrator's way in. */
    public Connection database(String name) throws SQLException {
        return DriverManager.getConnection(databaseUrl(name), ADMINISTRATOR, ADMINISTRATOR);
    }

    public void asAdministrator(String statement) throws SQLException {
        try (Connection connection = database("");
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(ServerProcess::close);
    }
}

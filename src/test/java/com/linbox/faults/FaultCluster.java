package com.linbox.faults;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.EngineProgram;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisProcess;
import com.linbox.testing.ServerProcess;
import com.linbox.testing.TcpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole cluster on this machine, each part a process of its own, with a load balancer before its gateways. */
final class FaultCluster implements AutoCloseable {

    /** The processes. */
    enum Part {
        GATEWAY_1,
        GATEWAY_2,
        ROUTER_1,
        ROUTER_2,
        RPC,
        KAFKA,
        REDIS,
        MARIADB,
        ZOOKEEPER;

        /** What it is, of several that are alike. */
        String role() {
            return name().replaceFirst("_\\d$", "");
        }

        boolean isEngine() {
            return ordinal() >= KAFKA.ordinal();
        }
    }

    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);
    private static final String DATABASE = "linbox_faults";
    private static final String OPTIONS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    private static final List<String> TABLES = List.of("im_session_message", "im_group_message", "group_members");

    private final Map<Part, ServerProcess> processes = new EnumMap<>(Part.class);
    private final Map<String, String> engines = new HashMap<>();
    private final int databasePort = LoopbackPorts.free();
    private final int rpcPort = LoopbackPorts.free();
    private final TcpProxy loadBalancer;

    private FaultCluster() throws Exception {
        startEngines();
        int first = LoopbackPorts.free();
        int second = LoopbackPorts.free();
        add(Part.GATEWAY_1, "gateway", gateway(first));
        add(Part.GATEWAY_2, "gateway", gateway(second));
        add(Part.ROUTER_1, "router", Map.of());
        add(Part.ROUTER_2, "router", Map.of());
        add(Part.RPC, "rpc", Map.of("linbox.rpc.port", Integer.toString(rpcPort), "linbox.credential.mode", "open"));
        loadBalancer = new TcpProxy(
                List.of(new InetSocketAddress("127.0.0.1", first), new InetSocketAddress("127.0.0.1", second)));
    }

    /** Starts everything and returns when it is ready. */
    static FaultCluster start() throws Exception {
        FaultCluster cluster = new FaultCluster();
        for (Part part : Part.values()) {
            if (!part.isEngine()) {
                cluster.process(part).start();
            }
        }
        cluster.processes.values().forEach(process -> process.awaitReady(STARTED_WITHIN));
        return cluster;
    }

    private void startEngines() throws Exception {
        int kafka = LoopbackPorts.free();
        int zooKeeper = LoopbackPorts.free();
        RedisProcess redis = new RedisProcess();
        processes.put(Part.KAFKA, EngineProgram.kafka("KAFKA", kafka));
        processes.put(Part.ZOOKEEPER, EngineProgram.zooKeeper("ZOOKEEPER", zooKeeper));
        processes.put(Part.REDIS, redis.process());
        processes.put(Part.MARIADB, MariaDbEngine.newProcess("MARIADB", databasePort));
        for (ServerProcess engine : processes.values()) {
            engine.start();
        }
        processes.values().forEach(process -> process.awaitReady(STARTED_WITHIN));
        // LINBOX is no administrator there, so that refusing writes concerns it.
        asAdministrator("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        asAdministrator("CREATE USER app@'%' IDENTIFIED BY 'app'");
        asAdministrator("GRANT ALL ON " + DATABASE + ".* TO app@'%'");
        engines.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + kafka);
        engines.put("linbox.zookeeper.connect", "127.0.0.1:" + zooKeeper);
        engines.putAll(redis.properties());
        engines.put("spring.datasource.url", databaseUrl());
        engines.put("spring.datasource.username", "app");
        engines.put("spring.datasource.password", "app");
    }

    private String databaseUrl() {
        return "jdbc:mysql://127.0.0.1:" + databasePort + "/" + DATABASE + OPTIONS;
    }

    private static Map<String, String> gateway(int port) {
        return Map.of(
                "linbox.gateway.port", Integer.toString(port),
                "linbox.credential.mode", "open",
                "linbox.limits.request-rate", "0");
    }

    private void add(Part part, String role, Map<String, String> more) throws IOException {
        Map<String, String> properties = new HashMap<>(engines);
        properties.put("spring.profiles.active", role);
        properties.put("server.port", "0");
        properties.putAll(more);
        processes.put(part, LinboxProcess.notStarted(part.name(), properties));
    }

    ServerProcess process(Part part) {
        return processes.get(part);
    }

    /** Whether all processes can be used. */
    boolean isReady() {
        return processes.values().stream().allMatch(ServerProcess::isReady);
    }

    TcpProxy clients() {
        return loadBalancer;
    }

    InetSocketAddress backEnds() {
        return new InetSocketAddress("127.0.0.1", rpcPort);
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(databaseUrl(), "linbox", "linbox");
    }

    /** The database reads but does not write, as an operator sets it or a fail-over leaves it. */
    void setReadOnly(boolean readOnly) throws SQLException {
        asAdministrator("SET GLOBAL read_only = " + (readOnly ? 1 : 0));
    }

    /** The database answers every new row with the error that it gives when its disk is full. */
    void setFull(boolean full) throws SQLException {
        for (String table : TABLES) {
            String trigger = DATABASE + "." + table + "_full";
            asAdministrator(
                    full
                            ? ("CREATE TRIGGER %s BEFORE INSERT ON %s.%s FOR EACH ROW SIGNAL SQLSTATE 'HY000' "
                                            + "SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'The table is full'")
                                    .formatted(trigger, DATABASE, table)
                            : "DROP TRIGGER IF EXISTS " + trigger);
        }
    }

    private void asAdministrator(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mysql://127.0.0.1:" + databasePort + "/" + OPTIONS, "linbox", "linbox");
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Override
    public void close() throws Exception {
        loadBalancer.close();
        for (Part part : Part.values()) {
            process(part).close();
        }
        for (Part part : Part.values()) {
            LinboxProcess.requireNoLeak(process(part));
        }
    }
}

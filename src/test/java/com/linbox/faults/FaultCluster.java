package com.linbox.faults;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.EngineProcesses;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.ServerProcess;
import com.linbox.testing.TcpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
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
    private static final String[] SMALL_JVM = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx300m"};
    private static final List<String> TABLES = List.of("im_session_message", "im_group_message", "group_members");

    private final Map<Part, ServerProcess> processes = new EnumMap<>(Part.class);
    private final EngineProcesses engines = EngineProcesses.start(SMALL_JVM);
    private final Map<String, String> properties;
    private final int rpcPort = LoopbackPorts.free();
    private final TcpProxy loadBalancer;

    private FaultCluster() throws Exception {
        for (EngineProcesses.Engine engine : EngineProcesses.Engine.values()) {
            processes.put(Part.valueOf(engine.name()), engines.process(engine));
        }
        // LINBOX is no administrator there, so that refusing writes concerns it.
        properties = engines.newDatabase(DATABASE, "app");
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

    private static Map<String, String> gateway(int port) {
        return Map.of(
                "linbox.gateway.port", Integer.toString(port),
                "linbox.credential.mode", "open",
                "linbox.limits.request-rate", "0");
    }

    private void add(Part part, String role, Map<String, String> more) throws IOException {
        Map<String, String> itsProperties = new HashMap<>(properties);
        itsProperties.put("spring.profiles.active", role);
        itsProperties.put("server.port", "0");
        itsProperties.putAll(more);
        processes.put(part, LinboxProcess.notStarted(part.name(), itsProperties));
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
        return engines.database(DATABASE);
    }

    /** The database reads but does not write, as an operator sets it or a fail-over leaves it. */
    void setReadOnly(boolean readOnly) throws SQLException {
        engines.asAdministrator("SET GLOBAL read_only = " + (readOnly ? 1 : 0));
    }

    /** The database answers every new row with the error that it gives when its disk is full. */
    void setFull(boolean full) throws SQLException {
        for (String table : TABLES) {
            String trigger = DATABASE + "." + table + "_full";
            engines.asAdministrator(
                    full
                            ? ("CREATE TRIGGER %s BEFORE INSERT ON %s.%s FOR EACH ROW SIGNAL SQLSTATE 'HY000' "
                                            + "SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'The table is full'")
                                    .formatted(trigger, DATABASE, table)
                            : "DROP TRIGGER IF EXISTS " + trigger);
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

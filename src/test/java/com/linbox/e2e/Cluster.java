package com.linbox.e2e;

import com.linbox.testing.BackEnd;
import com.linbox.testing.KafkaEngine;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.SqlEngine;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two gateways and two routers, one of them with the rpc role, each a process of its own, on engines that the tests share. */
final class Cluster implements AutoCloseable {

    private final Map<String, String> engines = new HashMap<>();
    private final SqlEngine.Database database;
    private final List<LinboxProcess> gateways = new ArrayList<>();
    private final List<LinboxProcess> routers = new ArrayList<>();

    private final boolean fast;
    private final Map<String, String> more;

    private Cluster(
            KafkaEngine kafka,
            ZooKeeperEngine zooKeeper,
            RedisEngine redis,
            MariaDbEngine mariaDb,
            boolean fast,
            Map<String, String> more)
            throws Exception {
        this.fast = fast;
        this.more = more;
        database = mariaDb.newDatabase();
        engines.putAll(kafka.properties());
        engines.putAll(zooKeeper.properties());
        engines.putAll(redis.properties());
        engines.putAll(database.springProperties());
    }

    /** Starts all processes side by side and returns when they are ready. */
    static Cluster start(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        return start(kafka, zooKeeper, redis, mariaDb, Map.of());
    }

    /** The same with further properties for all processes. */
    static Cluster start(
            KafkaEngine kafka,
            ZooKeeperEngine zooKeeper,
            RedisEngine redis,
            MariaDbEngine mariaDb,
            Map<String, String> more)
            throws Exception {
        return start(new Cluster(kafka, zooKeeper, redis, mariaDb, false, more));
    }

    /** The same without what finds leaks and makes starts short, where it is to be seen how fast it is. */
    static Cluster startFast(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        return start(new Cluster(kafka, zooKeeper, redis, mariaDb, true, Map.of()));
    }

    private static Cluster start(Cluster cluster) throws Exception {
        try {
            for (int i = 0; i < 2; i++) {
                cluster.routers.add(cluster.newRouter(i));
                cluster.gateways.add(cluster.newGateway());
            }
            cluster.routers.forEach(LinboxProcess::awaitReady);
            cluster.gateways.forEach(LinboxProcess::awaitReady);
            return cluster;
        } catch (Throwable failure) {
            cluster.killAll();
            throw failure;
        }
    }

    /** The second one answers back ends too, in the way of an installation that has little to do. */
    private LinboxProcess newRouter(int number) throws IOException {
        return number == 0
                ? start("router", Map.of())
                : start("router,rpc", Map.of("linbox.rpc.port", "0", "linbox.credential.mode", "open"));
    }

    private LinboxProcess newGateway() throws IOException {
        return start(
                "gateway",
                Map.of(
                        "linbox.gateway.port", "0",
                        "linbox.credential.mode", "open",
                        // The tests' few users are as busy as many.
                        "linbox.limits.request-rate", "0"));
    }

    private LinboxProcess start(String role, Map<String, String> more) throws IOException {
        Map<String, String> properties = new HashMap<>(engines);
        properties.putAll(this.more);
        properties.put("spring.profiles.active", role);
        properties.put("server.port", "0");
        properties.putAll(more);
        String name = role.replace(',', '-');
        return fast ? LinboxProcess.startFast(name, properties) : LinboxProcess.start(name, properties);
    }

    InetSocketAddress gateway(int number) {
        return gateways.get(number).clients();
    }

    /** What a gateway has said so far. */
    String gatewayOutput(int number) {
        return gateways.get(number).output();
    }

    /** What the routers have said so far. */
    String routersOutput() {
        return routers.get(0).output() + routers.get(1).output();
    }

    List<ProcessHandle> routers() {
        return routers.stream().map(LinboxProcess::handle).toList();
    }

    BackEnd backEnd() {
        return new BackEnd(routers.get(1).backEnds());
    }

    SqlEngine.Database database() {
        return database;
    }

    /** The Actuators of all processes, with their roles. */
    Map<InetSocketAddress, Set<String>> actuators() {
        Map<InetSocketAddress, Set<String>> actuators = new LinkedHashMap<>();
        gateways.forEach(gateway -> actuators.put(gateway.http(), Set.of("gateway")));
        actuators.put(routers.get(0).http(), Set.of("router"));
        actuators.put(routers.get(1).http(), Set.of("router", "rpc"));
        return actuators;
    }

    /** kill -9. */
    void killGateway(int number) throws InterruptedException {
        gateways.get(number).kill();
    }

    /** Makes it stand still, with its connections open. */
    void suspendGateway(int number) throws IOException, InterruptedException {
        gateways.get(number).suspend();
    }

    void resumeGateway(int number) throws IOException, InterruptedException {
        gateways.get(number).resume();
    }

    /** Asks it to end, and waits until it has. */
    void stopGateway(int number) throws InterruptedException {
        gateways.get(number).stop();
    }

    /** Starts another one in the place of one that has ended. */
    void replaceGateway(int number) throws IOException {
        gateways.set(number, newGateway().awaitReady());
    }

    /** kill -9. */
    void killRouter(int number) throws InterruptedException {
        routers.get(number).kill();
    }

    /** Starts another one in the place of one that was killed. */
    void replaceRouter(int number) throws IOException {
        routers.set(number, newRouter(number).awaitReady());
    }

    private void killAll() throws InterruptedException {
        for (LinboxProcess process : all()) {
            process.kill();
        }
    }

    private List<LinboxProcess> all() {
        List<LinboxProcess> all = new ArrayList<>(gateways);
        all.addAll(routers);
        return all;
    }

    /** Stops all processes in the ordinary way; fails where one does not end, or has leaked a buffer. */
    @Override
    public void close() throws InterruptedException {
        try {
            for (LinboxProcess process : all()) {
                process.close();
            }
        } finally {
            killAll();
        }
    }
}

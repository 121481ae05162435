package com.linbox.cluster;

import static com.linbox.cluster.LivingGateways.UNREGISTERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.linbox.testing.TcpProxy;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways that announce themselves, and what the others know of them. */
@WithEngines(ZooKeeperEngine.class)
class ZooKeeperGatewaysTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SESSION_TIMEOUT_MILLIS = 2_000;

    private final String zooKeeper;
    private final List<CuratorFramework> clients = new ArrayList<>();
    private final List<ZooKeeperGatewayRegistry> registries = new ArrayList<>();
    private final List<ZooKeeperLivingGateways> caches = new ArrayList<>();
    private ZooKeeperLivingGateways known;

    ZooKeeperGatewaysTests(ZooKeeperEngine engine) {
        zooKeeper = engine.connect();
    }

    @BeforeEach
    void watch() {
        known = newWatcher();
    }

    @AfterEach
    void close() {
        registries.forEach(ZooKeeperGatewayRegistry::close);
        caches.forEach(ZooKeeperLivingGateways::close);
        clients.forEach(CuratorFramework::close);
    }

    @Test
    void theLeastLoadedGatewayComesFirstAndLoadsAreFollowed() {
        Gateway one = gateway(20);
        Gateway other = gateway(10);
        ZooKeeperGatewayRegistry registry = newRegistry(zooKeeper);
        registry.announce(one);
        newRegistry(zooKeeper).announce(other);
        await().atMost(SOON).untilAsserted(() -> assertThat(mine(one, other)).containsExactly(other, one));

        Gateway lighter = new Gateway(one.id(), one.host(), one.port(), 9503, 9080, 9443, 5, one.since(), false);
        await().atMost(SOON).untilAsserted(() -> {
            // As a gateway does, which tells its load again and again.
            registry.announce(lighter);
            assertThat(mine(one, other)).containsExactly(lighter, other);
        });
    }

    @Test
    void aGatewayThatWithdrewIsGoneAtOnceAndStaysSo() {
        Gateway gateway = gateway(1);
        ZooKeeperGatewayRegistry registry = newRegistry(zooKeeper);
        registry.announce(gateway);
        await().atMost(SOON).until(() -> mine(gateway).size() == 1);
        assertThat(known.isGone(gateway.id(), UNREGISTERED, longAgo())).isFalse();

        registry.withdraw();
        registry.announce(new Gateway(gateway.id(), "127.0.0.1", 1, null, null, null, 7, 0, false));

        await().atMost(SOON).until(() -> known.isGone(gateway.id(), UNREGISTERED, now()));
        assertThat(mine(gateway)).isEmpty();
    }

    @Test
    void aGatewayThatIsLeavingIsNotGoneButTakesNoMoreClients() {
        Gateway gateway = gateway(1);
        ZooKeeperGatewayRegistry registry = newRegistry(zooKeeper);
        registry.announce(gateway);
        await().atMost(SOON).until(() -> mine(gateway).size() == 1);
        assertThat(known.open()).contains(gateway);

        Gateway leaving =
                new Gateway(gateway.id(), gateway.host(), gateway.port(), null, null, null, 1, gateway.since(), true);
        registry.announce(leaving);

        await().atMost(SOON).until(() -> mine(gateway).contains(leaving));
        assertThat(known.open()).extracting(Gateway::id).doesNotContain(gateway.id());
        assertThat(known.isGone(gateway.id(), UNREGISTERED, longAgo())).isFalse();
    }

    @Test
    void aProbeSaysWhetherZooKeeperAnswersAndDoesNotWaitForOneThatStandsStill() throws Exception {
        String[] address = zooKeeper.split(":");
        try (TcpProxy proxy = new TcpProxy(address[0], Integer.parseInt(address[1]))) {
            ZooKeeperProbe probe = new ZooKeeperProbe(newClient("127.0.0.1:" + proxy.port()));
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> probe.ask(Duration.ofSeconds(1)));

            proxy.freeze();
            assertThatThrownBy(() -> probe.ask(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);
            await().atMost(SOON).untilAsserted(() -> assertThatThrownBy(() -> probe.ask(Duration.ofMillis(100)))
                    .hasMessage("not connected"));

            proxy.restore();
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> probe.ask(Duration.ofSeconds(1)));
        }
    }

    @Test
    void aGatewayThatFellSilentIsGoneAfterItsSessionAndSeenAgainWhenItIsBack() throws Exception {
        String[] address = zooKeeper.split(":");
        try (TcpProxy proxy = new TcpProxy(address[0], Integer.parseInt(address[1]))) {
            Gateway gateway = gateway(1);
            AtomicInteger seen = new AtomicInteger();
            ZooKeeperGatewayRegistry registry = newRegistry("127.0.0.1:" + proxy.port());
            registry.whenSeen(seen::incrementAndGet);
            registry.announce(gateway);
            await().atMost(SOON).until(() -> mine(gateway).size() == 1);
            await().atMost(SOON).untilAtomic(seen, is(1));
            long first = registry.registration();
            assertThat(known.isGone(gateway.id(), first, longAgo())).isFalse();

            proxy.refuse();
            await().atMost(SOON).until(() -> known.isGone(gateway.id(), UNREGISTERED, now()));
            assertThat(known.isGone(gateway.id(), first, now())).isTrue();
            assertThat(known.isGone(gateway.id(), first + 1, longAgo()))
                    .as("by a later registration, which is not seen here yet")
                    .isFalse();
            assertThat(mine(gateway)).isEmpty();

            proxy.restore();
            await().atMost(SOON).until(() -> !known.isGone(gateway.id(), UNREGISTERED, longAgo()));
            assertThat(mine(gateway)).containsExactly(gateway);
            await().atMost(SOON).until(() -> seen.get() == 2);
            assertThat(registry.registration()).isGreaterThan(first);
            assertThat(known.isGone(gateway.id(), registry.registration(), longAgo()))
                    .isFalse();
        }
    }

    @Test
    void aGatewayCanStopWhileZooKeeperIsAway() throws Exception {
        String[] address = zooKeeper.split(":");
        try (TcpProxy proxy = new TcpProxy(address[0], Integer.parseInt(address[1]))) {
            Gateway gateway = gateway(1);
            ZooKeeperGatewayRegistry registry = newRegistry("127.0.0.1:" + proxy.port());
            registry.announce(gateway);
            await().atMost(SOON).until(() -> mine(gateway).size() == 1);
            proxy.freeze();

            assertTimeoutPreemptively(SOON, registry::withdraw);

            await().atMost(SOON).until(() -> known.isGone(gateway.id(), UNREGISTERED, now()));
        }
    }

    /** Such as the sessions that a gateway left which was killed before this process started. */
    @Test
    void aGatewayThatWasNeverSeenIsGoneUnlessItMayHaveStartedAMomentAgo() {
        Gateway present = gateway(1);
        newRegistry(zooKeeper).announce(present);
        ZooKeeperLivingGateways later = newWatcher();
        String killedBefore = newId();

        await().atMost(SOON).until(() -> later.isGone(killedBefore, UNREGISTERED, longAgo()));
        assertThat(later.isGone(killedBefore, UNREGISTERED, now())).isFalse();
        assertThat(later.isGone(killedBefore, 1, now())).isTrue();
        assertThat(later.isGone(killedBefore, Long.MAX_VALUE, longAgo())).isFalse();
        await().atMost(SOON).until(() -> !later.isGone(present.id(), UNREGISTERED, longAgo()));
    }

    private List<Gateway> mine(Gateway... gateways) {
        List<String> ids = List.of(gateways).stream().map(Gateway::id).toList();
        return known.all().stream()
                .filter(gateway -> ids.contains(gateway.id()))
                .toList();
    }

    private ZooKeeperLivingGateways newWatcher() {
        ZooKeeperLivingGateways watcher = new ZooKeeperLivingGateways(newClient(zooKeeper), Clock.systemUTC());
        caches.add(watcher);
        return watcher;
    }

    private ZooKeeperGatewayRegistry newRegistry(String connect) {
        ZooKeeperGatewayRegistry registry = new ZooKeeperGatewayRegistry(newClient(connect));
        registries.add(registry);
        return registry;
    }

    private CuratorFramework newClient(String connect) {
        CuratorFramework client =
                CuratorFrameworkFactory.newClient(connect, SESSION_TIMEOUT_MILLIS, 2_000, new RetryForever(100));
        client.start();
        clients.add(client);
        return client;
    }

    private static Gateway gateway(int connections) {
        return new Gateway(newId(), "127.0.0.1", 9502, null, null, null, connections, now(), false);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static long longAgo() {
        return now() - Duration.ofHours(1).toMillis();
    }
}

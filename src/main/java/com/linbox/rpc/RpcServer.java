package com.linbox.rpc;

import com.linbox.cluster.ProviderRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.dubbo.common.URL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Serves back ends from the start of the application to its end. */
final class RpcServer implements SmartLifecycle, RpcEndpoint {

    private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

    /** How long calls are waited for that others no longer make. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    /** How long those that take longer may take to hear of it. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final RpcSettings settings;
    private final CallGate gate;
    private final List<Service<?>> services;
    private final RequestSender requests;
    private final Batches batches;
    private final ProviderRegistry registry;
    private volatile @Nullable DubboProvider provider;

    RpcServer(
            RpcSettings settings,
            CallGate gate,
            List<Service<?>> services,
            RequestSender requests,
            Batches batches,
            ProviderRegistry registry) {
        this.settings = settings;
        this.gate = gate;
        this.services = services;
        this.requests = requests;
        this.batches = batches;
        this.registry = registry;
    }

    @Override
    public synchronized void start() {
        DubboProvider.prepareJvm();
        // The way back is open before the first call comes in.
        requests.start();
        DubboProvider starting = new DubboProvider(settings, gate);
        try {
            List<URL> exported = starting.export(services);
            provider = starting;
            exported.forEach(url -> registry.announce(
                    url.getPath(), url.setHost(advertisedHost()).toFullString()));
        } catch (RuntimeException e) {
            starting.close();
            requests.stop();
            throw e;
        }
        if (!settings.asksWhoCalls()) {
            log.info(
                    "Callers of the rpc role need not prove who they are, so that it listens on {} only;"
                            + " linbox.rpc.secret or linbox.rpc.tls.client-ca would change that",
                    address().getAddress().getHostAddress());
        }
    }

    private String advertisedHost() {
        if (settings.advertisedHost() != null) {
            return settings.advertisedHost();
        }
        InetAddress address = address().getAddress();
        try {
            return DubboProvider.nameOf(address.isAnyLocalAddress() ? InetAddress.getLocalHost() : address);
        } catch (UnknownHostException e) {
            return address.getHostAddress();
        }
    }

    @Override
    public InetSocketAddress address() {
        DubboProvider running = provider;
        if (running == null) {
            throw new IllegalStateException("the rpc role does not run");
        }
        return running.address();
    }

    /** How many callers are connected. */
    int connections() {
        DubboProvider running = provider;
        return running == null ? 0 : running.connections();
    }

    /**
     * Callers hear first that this instance leaves; meanwhile, and until the last call is answered, it goes on. Calls that take
     * longer than a few seconds are told that the server stops.
     */
    @Override
    public synchronized void stop() {
        registry.withdraw();
        awaitQuiet(settings.drain(), LONGEST_CALL);
        requests.stop();
        awaitQuiet(Duration.ZERO, LAST_ANSWERS);
        DubboProvider running = provider;
        if (running != null) {
            running.close();
            provider = null;
        }
        batches.close();
    }

    private void awaitQuiet(Duration atLeast, Duration atMost) {
        try {
            gate.awaitQuiet(atLeast, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After the gateway of the same process, which takes longer, and before the router, which has the answers. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public boolean isRunning() {
        return provider != null;
    }
}

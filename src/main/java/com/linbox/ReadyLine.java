package com.linbox;

import com.linbox.console.ConsoleEndpoint;
import com.linbox.gateway.GatewayEndpoint;
import com.linbox.rpc.RpcEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Prints one line, on the standard output stream, when LINBOX answers, and says so to whoever asks for its readiness: which roles
 * run, where clients connect, where back ends call, where HTTP is, where the data is; and a second one with the console's secret,
 * where that was made at this start. Programs that start LINBOX wait for its first three words. With {@code linbox.exit-when-ready}
 * it is the last thing LINBOX does: enough to see that a configuration works, or which classes a start takes.
 */
@Component
@Profile("!chat & !bench")
class ReadyLine {

    /** After this long something is amiss, and health tells what. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Set<Status> NOT_READY = Set.of(Status.DOWN, Status.OUT_OF_SERVICE);

    private final ApplicationContext context;
    private final HealthEndpoint health;
    private final Environment environment;
    private final ObjectProvider<GatewayEndpoint> gateway;
    private final ObjectProvider<RpcEndpoint> rpc;
    private final ObjectProvider<ConsoleEndpoint> console;
    private @Nullable Duration timeTaken;

    ReadyLine(
            ApplicationContext context,
            HealthEndpoint health,
            Environment environment,
            ObjectProvider<GatewayEndpoint> gateway,
            ObjectProvider<RpcEndpoint> rpc,
            ObjectProvider<ConsoleEndpoint> console) {
        this.context = context;
        this.health = health;
        this.environment = environment;
        this.gateway = gateway;
        this.rpc = rpc;
        this.console = console;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        timeTaken = event.getTimeTaken();
    }

    /** To be called when the start is over. Waits for those who have a share in the work to be given theirs, but not for long. */
    void print() {
        long begun = System.nanoTime();
        while (!isReady() && System.nanoTime() - begun < LONGEST_WAIT.toNanos()) {
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println(line(timeTaken == null ? null : timeTaken.plus(waited)));
        console.ifAvailable(this::printSecret);
        if (environment.getProperty("linbox.exit-when-ready", Boolean.class, false)) {
            System.exit(SpringApplication.exit(context));
        }
    }

    /** What a load balancer is told. */
    private boolean isReady() {
        HealthDescriptor readiness = health.healthForPath("readiness");
        return readiness != null && !NOT_READY.contains(readiness.getStatus());
    }

    /** Only one that was made at this start: nobody else would know it. A given one is for those who were given it. */
    private void printSecret(ConsoleEndpoint endpoint) {
        String http = http();
        if (http != null && endpoint.madeSecret() != null) {
            System.out.println("LINBOX console: %s%s, secret %s (until the next start; linbox.console.secret sets one)"
                    .formatted(http, endpoint.path(), endpoint.madeSecret()));
        }
    }

    private @Nullable String http() {
        String port = environment.getProperty("local.server.port");
        return port == null
                ? null
                : "http://%s:%s".formatted(environment.getProperty("server.address", hostName()), port);
    }

    private String line(@Nullable Duration timeTaken) {
        List<String> parts = new ArrayList<>();
        gateway.ifAvailable(endpoint -> {
            parts.add("clients " + url("tcp", endpoint.address()));
            InetSocketAddress overTls = endpoint.tlsAddress();
            if (overTls != null) {
                parts.add(url("tls", overTls));
            }
            InetSocketAddress webSocket = endpoint.webSocketAddress();
            if (webSocket != null) {
                parts.add(url("ws", webSocket) + "/ws");
            }
            InetSocketAddress webSocketOverTls = endpoint.webSocketTlsAddress();
            if (webSocketOverTls != null) {
                parts.add(url("wss", webSocketOverTls) + "/ws");
            }
        });
        rpc.ifAvailable(endpoint -> parts.add("rpc " + url("dubbo", endpoint.address())));
        String http = http();
        if (http != null) {
            parts.add("http " + http);
        }
        if (is("backing")) {
            parts.add("Kafka " + environment.getProperty("spring.kafka.bootstrap-servers"));
            parts.add("ZooKeeper " + environment.getProperty("linbox.zookeeper.connect"));
            parts.add("Redis 127.0.0.1:" + environment.getProperty("spring.data.redis.port"));
            parts.add("H2 " + environment.getProperty("spring.datasource.url"));
        }
        if (is("standalone | backing")) {
            parts.add("data "
                    + Path.of(environment.getProperty("linbox.data-dir", "data"))
                            .toAbsolutePath()
                            .normalize());
        }
        return "LINBOX is ready: %s%s".formatted(String.join(", ", parts), inSeconds(timeTaken));
    }

    private static String url(String scheme, InetSocketAddress address) {
        return "%s://%s:%d".formatted(scheme, address.getAddress().getHostAddress(), address.getPort());
    }

    private boolean is(String profiles) {
        return environment.acceptsProfiles(Profiles.of(profiles));
    }

    private static String hostName() {
        return InetAddress.getLoopbackAddress().getHostName();
    }

    private static String inSeconds(@Nullable Duration timeTaken) {
        return timeTaken == null
                ? ""
                : String.format(Locale.ROOT, " (started in %.1f s)", timeTaken.toMillis() / 1000.0);
    }
}

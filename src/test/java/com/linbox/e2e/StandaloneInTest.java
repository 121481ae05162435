package com.linbox.e2e;

import com.linbox.LinboxApplication;
import com.linbox.gateway.GatewayEndpoint;
import com.linbox.rpc.RpcEndpoint;
import com.linbox.testing.BackEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The stand-alone server inside the tests' JVM, where leaked buffers are noticed; started once for all test classes and
 * ended with the JVM, by its own shutdown hook.
 */
final class StandaloneInTest implements AutoCloseable {

    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(3);

    private static StandaloneInTest started;

    private final ConfigurableApplicationContext context;

    private StandaloneInTest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static synchronized StandaloneInTest get() {
        if (started == null) {
            started = start(
                    "--linbox.gateway.auth-timeout=1s",
                    "--linbox.gateway.idle-timeout=" + IDLE_TIMEOUT.toMillis() + "ms",
                    // The tests' few users are as busy as many.
                    "--linbox.limits.request-rate=0");
        }
        return started;
    }

    /** Starts one with settings of its own, for a test class that closes it. */
    static StandaloneInTest start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--linbox.data-dir=" + newFolder());
        arguments.add("--linbox.gateway.port=0");
        arguments.add("--linbox.gateway.ws.port=0");
        arguments.add("--linbox.rpc.port=0");
        arguments.add("--server.port=0");
        return new StandaloneInTest(
                new SpringApplicationBuilder(LinboxApplication.class).run(arguments.toArray(String[]::new)));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "standalone-data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress clients() {
        return context.getBean(GatewayEndpoint.class).address();
    }

    InetSocketAddress webSocketClients() {
        return context.getBean(GatewayEndpoint.class).webSocketAddress();
    }

    BackEnd backEnd() {
        return new BackEnd(context.getBean(RpcEndpoint.class).address());
    }

    /** Of its Actuator. */
    URI http(String path) {
        return URI.create("http://127.0.0.1:" + property("local.server.port") + path);
    }

    String property(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A gauge's value. */
    double measured(String meter) {
        return context.getBean(MeterRegistry.class).get(meter).gauge().value();
    }

    @Override
    public void close() {
        context.close();
    }

    double counted(String meter, String tag, String value) {
        Counter counter =
                context.getBean(MeterRegistry.class).find(meter).tag(tag, value).counter();
        if (counter == null) {
            throw new AssertionError("no meter " + meter + " with " + tag + "=" + value);
        }
        return counter.count();
    }
}

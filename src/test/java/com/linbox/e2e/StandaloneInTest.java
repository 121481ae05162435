package com.linbox.e2e;

import com.linbox.LinboxApplication;
import com.linbox.gateway.GatewayEndpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The stand-alone server inside the tests' JVM, where leaked buffers are noticed; started once for all test classes and
 * ended with the JVM, by its own shutdown hook.
 */
final class StandaloneInTest {

    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(3);

    private static StandaloneInTest started;

    private final ConfigurableApplicationContext context;

    private StandaloneInTest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static synchronized StandaloneInTest get() {
        if (started == null) {
            started = new StandaloneInTest(new SpringApplicationBuilder(LinboxApplication.class)
                    .run(
                            "--linbox.data-dir=" + newFolder(),
                            "--linbox.gateway.port=0",
                            "--linbox.rpc.port=0",
                            "--linbox.gateway.auth-timeout=1s",
                            "--linbox.gateway.idle-timeout=" + IDLE_TIMEOUT.toMillis() + "ms",
                            "--server.port=0"));
        }
        return started;
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

    double counted(String meter, String tag, String value) {
        Counter counter =
                context.getBean(MeterRegistry.class).find(meter).tag(tag, value).counter();
        if (counter == null) {
            throw new AssertionError("no meter " + meter + " with " + tag + "=" + value);
        }
        return counter.count();
    }
}

package com.linbox.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

@Timeout(30)
class EnginesTests {

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Scripted redis = new Scripted(Engine.REDIS);
    private final Scripted zooKeeper = new Scripted(Engine.ZOOKEEPER);
    private final Engines engines = new Engines(
            List.of(new EngineWatch(redis, PATIENCE, PAUSE), new EngineWatch(zooKeeper, PATIENCE, PAUSE)),
            List.of(
                    new Reliance("gateway", Engine.REDIS, true, "nobody can sign in"),
                    new Reliance("rpc", Engine.REDIS, false, "503 for tokens"),
                    new Reliance("gateway", Engine.ZOOKEEPER, false, "it is not found")),
            registry);

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void anEngineThatIsEssentialToOneRoleIsDownWhileItIsAwayAndSaysWhatDoesNotWork() {
        redis.answers.add(new IllegalStateException("outer", new IllegalStateException("refused")));
        engines.start();
        await().until(() -> health("redis").getStatus().equals(Status.DOWN));
        assertThat(health("redis").getDetails())
                .containsEntry("reason", "refused")
                .containsEntry("gateway", "nobody can sign in")
                .containsEntry("rpc", "503 for tokens");
        assertThat(up("redis")).isZero();
        assertThat(up("zookeeper")).isOne();

        redis.answers.add(Scripted.IS_THERE);
        await().until(() -> health("redis").getStatus().equals(Status.UP));
        assertThat(up("redis")).isOne();
    }

    @Test
    void anEngineThatNoRoleNeedsForEverythingIsDegradedWhileItIsAway() {
        zooKeeper.answers.add(new IllegalStateException("not connected"));
        engines.start();
        await().until(() -> health("zookeeper").getStatus().equals(Degraded.STATUS));
        assertThat(health("redis").getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void anEngineThatHangsIsAwayAfterAWhileAndAskingForHealthDoesNotWaitForIt() {
        redis.answers.add(Scripted.HANGS);
        engines.start();
        await().until(() -> health("redis").getStatus().equals(Status.DOWN));
        assertThat(health("redis").getDetails().get("reason")).asString().startsWith("no answer for");
        long began = System.nanoTime();
        health("redis");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);

        redis.released.countDown();
        await().until(() -> health("redis").getStatus().equals(Status.UP));
    }

    private Health health(String engine) {
        return engines.indicators().get(engine).health();
    }

    private double up(String engine) {
        return registry.get(Engines.UP).tag("engine", engine).gauge().value();
    }

    /** An engine that does what it is told to, the last of it over and over. */
    private static final class Scripted implements EngineProbe {

        static final Object IS_THERE = "is there";
        static final Object HANGS = "hangs";

        final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        final CountDownLatch released = new CountDownLatch(1);

        private final Engine engine;
        private Object last = IS_THERE;

        Scripted(Engine engine) {
            this.engine = engine;
        }

        @Override
        public Engine engine() {
            return engine;
        }

        @Override
        public void ask(Duration atMost) throws Exception {
            Object next = answers.poll();
            last = next == null ? last : next;
            if (last instanceof Exception failure) {
                throw failure;
            }
            if (last == HANGS) {
                released.await();
            }
        }
    }
}

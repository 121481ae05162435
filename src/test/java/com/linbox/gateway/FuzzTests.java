package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.protocol.IndependentClient;
import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million frames that are not what they should be, at the whole pipeline: nothing fails, nothing is kept, nothing leaks.
 * Another number of them, or a run once more, with {@code -Dlinbox.fuzz.frames} and {@code -Dlinbox.fuzz.seed}.
 */
class FuzzTests {

    static final IndependentClient V1 = IndependentClient.withPassPhrase("medtree-im-passw");
    static final IndependentClient V2 = IndependentClient.ofVersion2();

    private static final int FRAMES = Integer.getInteger("linbox.fuzz.frames", 1_000_000);
    private static final int WORKERS = 2;
    private static final int MOST_OF_A_CONNECTION = 100;
    private static final long MOST_KEPT = 24 * 1024 * 1024;

    private final TestGateway gateway =
            new TestGateway("limits.request-rate", "0", "limits.connections-per-address", "0");
    private final Counter failures =
            gateway.registry.get("linbox.gateway.failures").counter();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMillionMutatedFramesLeaveNothingBehind() throws Exception {
        long seed = Long.getLong("linbox.fuzz.seed", System.nanoTime());
        try {
            run(seed, FRAMES / 10);
            long before = used();
            run(seed + WORKERS, FRAMES - FRAMES / 10);
            assertThat(used() - before).as("bytes kept after warm-up").isLessThan(MOST_KEPT);
            assertThat(gateway.open()).as("connections left").isZero();
            assertThat(gateway.services.connections().size()).isZero();
        } catch (Throwable failure) {
            throw new AssertionError("again with -Dlinbox.fuzz.seed=" + seed, failure);
        }
    }

    private void run(long seed, int frames) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Random random = new Random(seed + worker);
                running.add(workers.submit(() -> {
                    for (int sent = 0; sent < frames / WORKERS; ) {
                        sent += connection(random, frames / WORKERS - sent);
                    }
                    return null;
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** One connection's life; gives how many frames it got. */
    private int connection(Random random, int atMost) throws Exception {
        IndependentClient codec = random.nextBoolean() ? V1 : V2;
        long user = 1 + random.nextInt(1_000);
        MutatedFrames frames = new MutatedFrames(random, codec, user);
        TestChannel channel = TestChannel.onLoopback(gateway);
        int sent = 0;
        try {
            if (random.nextInt(10) > 0) {
                channel.signIn(codec, user);
            }
            while (channel.isOpen() && sent < Math.min(MOST_OF_A_CONNECTION, atMost)) {
                receive(channel, frames.next(), random);
                sent++;
                checkWritten(channel);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
        assertThat(failures.count()).as("failures of the gateway").isZero();
        return Math.max(1, sent);
    }

    private static void receive(TestChannel channel, byte[] bytes, Random random) {
        if (bytes.length > 1 && random.nextInt(8) == 0) {
            int split = 1 + random.nextInt(bytes.length - 1);
            channel.receive(java.util.Arrays.copyOf(bytes, split));
            if (channel.isOpen()) {
                channel.receive(java.util.Arrays.copyOfRange(bytes, split, bytes.length));
            }
        } else {
            channel.receive(bytes);
        }
        channel.runPendingTasks();
    }

    /** Whatever comes, what goes back is whole frames; nothing at all is what the end of a connection waits for. */
    private static void checkWritten(TestChannel channel) {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            try {
                boolean frame = out.readableBytes() > 8
                        && out.getUnsignedShort(0) >= 1
                        && out.getUnsignedShort(0) <= 2
                        && out.getInt(4) == out.readableBytes() - 8;
                if (out.isReadable() && !frame) {
                    throw new AssertionError("not a frame: " + io.netty.buffer.ByteBufUtil.hexDump(out));
                }
            } finally {
                out.release();
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.rpc.api.GatewayService;
import com.linbox.testing.LeakCheck;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Callers who are gone before they are answered. */
class AbandonedCallTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLS = 50;
    private static final byte[] REQUEST = ("POST /" + GatewayService.class.getName() + "/gateways HTTP/1.1\r\n"
                    + "host: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
            .getBytes(StandardCharsets.US_ASCII);

    /** Dubbo writes the answer to where there is nobody any more, and forgets it. */
    @Test
    void anAnswerThatNobodyWaitsForLeavesNothingBehind() throws Exception {
        Semaphore asked = new Semaphore(0);
        Semaphore mayAnswer = new Semaphore(0);
        AtomicInteger answered = new AtomicInteger();
        DubboProvider provider = LoopbackProvider.make();
        try {
            GatewayCalls calls = new GatewayCalls(() -> {
                asked.release();
                mayAnswer.acquireUninterruptibly();
                answered.incrementAndGet();
                return List.of();
            });
            provider.export(List.of(new Service<>(GatewayService.class, calls, Map.of())));
            for (int i = 0; i < CALLS; i++) {
                try (Socket socket = new Socket("127.0.0.1", provider.address().getPort())) {
                    socket.getOutputStream().write(REQUEST);
                    asked.acquire();
                }
            }
            // The server has noticed by then that they are gone.
            await().atMost(PATIENCE).until(() -> provider.connections() == 0);
            mayAnswer.release(CALLS);
            await().atMost(PATIENCE).until(() -> answered.get() == CALLS);
        } finally {
            mayAnswer.release(CALLS);
            provider.close();
        }

        assertThat(LeakCheck.findLeak()).isNull();
    }
}

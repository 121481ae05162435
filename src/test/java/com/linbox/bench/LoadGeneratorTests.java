package com.linbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.client.ConnectionFailedException;
import com.linbox.client.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@Timeout(60)
class LoadGeneratorTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private BenchSettings settings(String... namesAndValues) {
        Map<String, String> values = new HashMap<>(Map.of(
                "linbox.bench.port", "" + server.port(),
                "linbox.bench.pairs", "2",
                "linbox.bench.warmup", "200ms",
                "linbox.bench.duration", "1s",
                "linbox.bench.drain", "5s"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put("linbox.bench." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("linbox.bench", BenchSettings.class);
    }

    private BenchReport run(String... namesAndValues) throws InterruptedException {
        return new LoadGenerator(settings(namesAndValues), new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run();
    }

    @Test
    void anOpenLoopSendsAtItsRateAndEverythingArrives() throws Exception {
        BenchReport report = run("rate", "200", "payload", "300", "connections", "6", "threads", "2");

        assertThat(report.sent()).isBetween(195L, 205L);
        assertThat(report.stored()).isEqualTo(report.sent());
        assertThat(report.delivered()).isEqualTo(report.sent());
        assertThat(report.isGood()).isTrue();
        assertThat(report.sendToStored().p50())
                .isPositive()
                .isLessThanOrEqualTo(report.sendToStored().max());
        assertThat(report.load().connections()).isEqualTo(6);
        assertThat(server.received(1)).hasSize(6);
        assertThat(server.received(9))
                .allSatisfy(send ->
                        assertThat(send.get("msg").get("content").asString()).hasSize(300));
    }

    @Test
    void aClosedLoopKeepsItsWindowFull() throws Exception {
        BenchReport report = run("window", "3");

        assertThat(report.isGood()).isTrue();
        assertThat(report.storedPerSecond()).isGreaterThan(20);
        assertThat(server.stored(500_001, 500_002)).doesNotHaveDuplicates();
    }

    @Test
    void withSeveralPartnersEachUserSendsToAllOfThem() throws Exception {
        BenchReport report = run("window", "2", "pairs", "4", "partners", "3");

        assertThat(report.isGood()).isTrue();
        assertThat(server.received(9).stream()
                        .map(send -> Set.of(send.get("user_id"), send.get("remote_id")))
                        .distinct())
                .hasSize(8 * 3);
        assertThatThrownBy(() -> settings("pairs", "4", "partners", "4"))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("partners: 4, pairs: 4 (expected: fewer partners than pairs, or 1)");
    }

    @Test
    void twoRunsAgainstOneServerDoNotTakeEachOthersIds() throws Exception {
        assertThat(run("window", "1").isGood()).isTrue();
        assertThat(run("window", "1").isGood()).isTrue();
    }

    @Test
    void everySecondIsPrintedAndTheEndInFull() throws Exception {
        BenchReport report = run("rate", "100");
        report.print(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("   1 s", "send -> stored p50", "a second:  stored", "send -> delivered  p50");
    }

    @Test
    void refusalsAreCountedByStatusAndSpoilTheRun() throws Exception {
        server.refusal = 429;
        server.refused = request -> request.get("packet").asInt() == 9;

        BenchReport report = run("rate", "100");

        assertThat(report.refused()).containsOnlyKeys(429);
        assertThat(report.isGood()).isFalse();
    }

    @Test
    void whatIsNeverAnsweredOrDeliveredIsReported() throws Exception {
        server.ignored = request -> request.get("packet").asInt() == 9
                && request.get("user_id").asString().equals("500001");
        server.lostPush = message -> message.get("from_user_id").asString().equals("500003");

        BenchReport report = run("rate", "100", "drain", "300ms", "max-unanswered", "50");

        assertThat(report.unanswered()).isPositive().isLessThanOrEqualTo(50);
        assertThat(report.delivered()).isLessThan(report.stored());
        assertThat(report.isGood()).isFalse();
    }

    @Test
    void lostConnectionsAreCountedAndEndTheRunEarly() throws Exception {
        server.cutAfterStoring = request -> true;

        BenchReport report = run("rate", "100");

        assertThat(report.connectionsLost()).isEqualTo(4);
        assertThat(report.isGood()).isFalse();
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        server.close();

        assertThatThrownBy(() -> run("rate", "100")).hasCauseInstanceOf(ConnectionFailedException.class);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> settings("rate", "5", "window", "5"))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessage("rate: 5, window: 5 (expected: one of them)");
        assertThatThrownBy(() -> settings("duration", "0s")).isInstanceOf(BindException.class);
        assertThat(settings().rate()).isEqualTo(1_000);
        assertThat(settings("transport", "ws").version()).as("by WebSocket").isEqualTo(2);
    }
}

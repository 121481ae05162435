package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.rpc.api.GatewayService;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Callers who go on calling while an instance ends. */
class StoppingCallTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLERS = 4;

    /** Any interfaces: so many services take a while to be taken away. */
    private static final List<Class<?>> OTHERS = List.of(
            BiConsumer.class,
            BiFunction.class,
            BiPredicate.class,
            BooleanSupplier.class,
            Consumer.class,
            DoubleConsumer.class,
            DoubleFunction.class,
            DoublePredicate.class,
            DoubleSupplier.class,
            Function.class,
            IntConsumer.class,
            IntFunction.class,
            IntPredicate.class,
            IntSupplier.class,
            LongConsumer.class,
            LongFunction.class,
            LongPredicate.class,
            LongSupplier.class,
            Predicate.class,
            Supplier.class);

    @Test
    void nobodyIsToldThatThereIsNoSuchServiceWhileTheyAreTakenAway() throws Exception {
        DubboProvider provider = LoopbackProvider.make();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        try {
            List<Service<?>> services = new ArrayList<>();
            services.add(new Service<>(GatewayService.class, new GatewayCalls(List::of), Map.of()));
            OTHERS.forEach(type -> services.add(idle(type)));
            provider.export(services);
            URI uri = URI.create("http://127.0.0.1:" + provider.address().getPort() + "/"
                    + GatewayService.class.getName() + "/gateways");
            for (int i = 0; i < CALLERS; i++) {
                callers.add(CompletableFuture.runAsync(() -> callUntilTheEnd(uri, statuses)));
            }
            await().atMost(PATIENCE).until(() -> statuses.size() > 20 * CALLERS);
        } finally {
            provider.close();
        }
        for (CompletableFuture<Void> caller : callers) {
            caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(statuses).containsOnly(200);
    }

    private static <T> Service<T> idle(Class<T> type) {
        Object implementation =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> null);
        return new Service<>(type, type.cast(implementation), Map.of());
    }

    /** Until the connection ends and no other is to be had. */
    private static void callUntilTheEnd(URI uri, Queue<Integer> statuses) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        for (int failures = 0; failures < 5; ) {
            try {
                statuses.add(http.send(request, BodyHandlers.ofString()).statusCode());
            } catch (IOException e) {
                failures++;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

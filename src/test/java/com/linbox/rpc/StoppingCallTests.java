package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.rpc.api.CredentialService;
import com.linbox.rpc.api.GatewayService;
import com.linbox.rpc.api.GroupService;
import com.linbox.rpc.api.HistoryService;
import com.linbox.rpc.api.MessageService;
import com.linbox.rpc.api.PresenceService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.dubbo.remoting.http12.exception.HttpStatusException;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Callers who go on calling while an instance ends. */
class StoppingCallTests {

    private static final int CALLERS = 8;

    @Test
    void nobodyIsToldThatThereIsNoSuchService() throws Exception {
        RpcSettings settings = new Binder(new MapConfigurationPropertySource(Map.of("linbox.rpc.port", "0")))
                .bindOrCreate("linbox.rpc", RpcSettings.class);
        DubboProvider.prepareJvm();
        RpcMeters meters = new RpcMeters(new SimpleMeterRegistry(), Set.of());
        DubboProvider provider = new DubboProvider(settings, new CallGate(settings, meters));
        // The first of several: it is taken back while the port is still needed for the others.
        provider.export(List.of(
                new Service<>(GatewayService.class, new GatewayCalls(List::of), Map.of()),
                uncalled(CredentialService.class),
                uncalled(MessageService.class),
                uncalled(GroupService.class),
                uncalled(PresenceService.class),
                uncalled(HistoryService.class)));
        URI uri = URI.create("http://127.0.0.1:" + provider.address().getPort() + "/" + GatewayService.class.getName()
                + "/gateways");
        Set<Integer> statuses = new ConcurrentSkipListSet<>();
        CountDownLatch answered = new CountDownLatch(CALLERS);
        List<Thread> callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> new Thread(() -> callUntilTheEnd(uri, statuses, answered)))
                .toList();
        callers.forEach(Thread::start);
        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();

        provider.close();

        for (Thread caller : callers) {
            caller.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(caller.isAlive()).isFalse();
        }
        assertThat(statuses).contains(200).isSubsetOf(200, 503);
    }

    @Test
    void aServiceThatIsTakenBackAlreadyIsNotAvailableAndNotUnknown() {
        FrameworkModel framework = new FrameworkModel();
        try {
            ListeningPlace place = new ListeningPlace("127.0.0.1", 0, null);
            framework.getBeanFactory().registerBean(place);
            HttpFaults faults = new HttpFaults(framework);
            assertThat(statusOf(faults)).isEqualTo(404);

            place.mayClose();

            assertThat(statusOf(faults)).isEqualTo(503);
        } finally {
            framework.destroy();
        }
    }

    @SuppressWarnings("NullAway") // neither is looked at
    private static int statusOf(HttpFaults faults) {
        return faults.handle(new HttpStatusException(404), null, null).getStatus();
    }

    private static <T> Service<T> uncalled(Class<T> type) {
        Object nobody =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    throw new UnsupportedOperationException();
                });
        return new Service<>(type, type.cast(nobody), Map.of());
    }

    private static void callUntilTheEnd(URI uri, Set<Integer> statuses, CountDownLatch answered) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            while (true) {
                statuses.add(client.send(request, BodyHandlers.ofString()).statusCode());
                answered.countDown();
            }
        } catch (IOException | InterruptedException end) {
            answered.countDown();
        }
    }
}

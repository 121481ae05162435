package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.rpc.api.GatewayService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Callers who come while the services are still being put up. */
class EarlyCallTests {

    /** Any service whose being there says nothing of the other. */
    interface First {

        String hello();
    }

    @Test
    void nobodyIsToldThatThereIsNoSuchServiceBeforeAllAreThere() throws Exception {
        DubboProvider provider = LoopbackProvider.make();
        try {
            Service<First> first = new Service<>(First.class, () -> "hello", Map.of());
            Service<GatewayService> second = new Service<>(GatewayService.class, new GatewayCalls(List::of), Map.of());
            CompletableFuture<HttpResponse<String>> early = new CompletableFuture<>();
            provider.export(new AbstractList<>() {

                @Override
                public Service<?> get(int place) {
                    if (place == 1 && !early.isDone()) {
                        ask(provider, early);
                        assertThatThrownBy(() -> early.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
                    }
                    return place == 0 ? first : second;
                }

                @Override
                public int size() {
                    return 2;
                }
            });
            assertThat(early.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        } finally {
            provider.close();
        }
    }

    private static void ask(DubboProvider provider, CompletableFuture<HttpResponse<String>> answer) {
        URI uri = URI.create("http://127.0.0.1:" + provider.address().getPort() + "/" + GatewayService.class.getName()
                + "/gateways");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failure) -> {
                    if (failure == null) {
                        answer.complete(response);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
    }
}

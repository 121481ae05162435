package com.linbox.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A port of loopback by which tests of another process can have a server killed ({@code /kill}), stopped ({@code /stop}) and started
 * ({@code /start}); done when answered with 200, otherwise the answer says what went wrong.
 */
public final class ServerControl implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private interface Deed {
        void to(ServerProcess server) throws Exception;
    }

    private static final Map<String, Deed> DEEDS = Map.of(
            "/kill", ServerProcess::kill,
            "/stop", ServerProcess::terminate,
            "/start", server -> server.start().awaitReady(READY_WITHIN));

    private final HttpServer http;

    public ServerControl(ServerProcess server) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DEEDS.forEach((path, deed) -> http.createContext(path, exchange -> answer(exchange, server, deed)));
        http.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, ServerProcess server, Deed deed) throws IOException {
        try (exchange) {
            byte[] failure = new byte[0];
            try {
                deed.to(server);
            } catch (Exception | AssertionError e) {
                failure = e.toString().getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(failure.length == 0 ? 200 : 500, failure.length == 0 ? -1 : failure.length);
            exchange.getResponseBody().write(failure);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

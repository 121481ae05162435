package com.linbox.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook's other end, on loopback. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Post> answer = post -> 200;
    private volatile byte[] answerBody = {};

    /** @param events their ids */
    record Post(String path, String timestamp, String signature, byte[] body, List<String> events, int status) {}

    /** @param port 0 for any */
    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers with this status from now on. */
    void answers(ToIntFunction<Post> status) {
        answer = status;
    }

    void answersWith(byte[] body) {
        answerBody = body;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        List<String> ids = JsonMapper.shared()
                .readTree(body)
                .path("events")
                .valueStream()
                .map((JsonNode event) -> event.path("event_id").asString())
                .toList();
        Post post = new Post(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Linbox-Timestamp"),
                exchange.getRequestHeaders().getFirst("Linbox-Signature"),
                body,
                ids,
                0);
        int status = answer.applyAsInt(post);
        posts.add(new Post(post.path(), post.timestamp(), post.signature(), body, ids, status));
        if (status / 100 == 3) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(status, answerBody.length == 0 ? -1 : answerBody.length);
        exchange.getResponseBody().write(answerBody);
        exchange.close();
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    /** The events accepted so far, as often as they were. */
    List<String> accepted() {
        return posts.stream()
                .filter(post -> post.status() / 100 == 2)
                .flatMap(post -> post.events().stream())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package com.linbox.performance;

import com.linbox.client.ClientSettings;
import com.linbox.client.Connection;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.ConnectionListener;
import com.linbox.protocol.PacketType;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One signed-in connection over which single packets are asked and answered. */
final class RawClient implements ConnectionListener, AutoCloseable {

    private static final Pattern REQUEST_ID = Pattern.compile("\"r_id\":(\\d+)");
    private static final Pattern REFUSED = Pattern.compile("\"status\":(?!200)\\d+");

    private final Map<Long, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
    private final Connection connection;

    RawClient(ClientSettings settings, EventLoopGroup loops) throws Exception {
        connection = Connection.open(loops, settings, this).get(1, TimeUnit.MINUTES);
    }

    /**
     * The answer's JSON.
     *
     * @param json without its braces and without {@code r_id}
     */
    CompletableFuture<String> ask(PacketType type, long requestId, String json) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.put(requestId, answer);
        byte[] packet = ("{\"r_id\":" + requestId + "," + json + "}").getBytes(StandardCharsets.UTF_8);
        connection.eventLoop().execute(() -> {
            connection.write(type, packet);
            connection.flush();
        });
        return answer;
    }

    @Override
    public void received(PacketType type, byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        Matcher requestId = REQUEST_ID.matcher(text);
        CompletableFuture<String> answer = requestId.find() ? asked.remove(Long.valueOf(requestId.group(1))) : null;
        if (answer == null) {
            return;
        }
        if (REFUSED.matcher(text).find()) {
            answer.completeExceptionally(new IllegalStateException(text));
        } else {
            answer.complete(text);
        }
    }

    @Override
    public void closed(ConnectionFailedException cause) {
        asked.values().forEach(answer -> answer.completeExceptionally(cause));
    }

    @Override
    public void close() {
        connection.close();
    }
}

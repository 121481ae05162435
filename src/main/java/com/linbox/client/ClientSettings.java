package com.linbox.client;

import com.linbox.protocol.AesContentCipher;
import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.PlainContentCipher;
import com.linbox.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who signs in where, and how patient the client is.
 *
 * @param others where to go when {@code host} and {@code port} do not answer, or ask the client to leave: each in turn, and then
 *     from the beginning
 * @param token what the server takes for proof; never written to a log
 * @param device the kind of device, such as {@code iphone} or {@code desktop}
 * @param version of the protocol. Version 2 needs TLS, or a server on the same machine
 * @param tls how to know the server, null for a plain connection
 * @param webSocket whether to connect by WebSocket, at the path {@code /ws} of the gateway's port for that; needs version 2
 * @param passPhrase the installation's key of version 1, 16 or 32 characters
 * @param contentKey the user's own key as Base64 text, where the installation hands out such keys: everything but the
 *     AuthRequest is encrypted with it; null where the pass phrase serves for everything
 * @param connectTimeout for the connection and the sign-in together
 * @param requestTimeout after this long without an answer a send is sent again, anything else fails
 * @param sendDeadline how long a send is tried altogether, over all reconnects
 * @param pingInterval must be less than the server's idle timeout, 60 s by default
 * @param reconnectMin pause before the first attempt to reconnect; doubled after each, with jitter
 * @param reconnectMax longest such pause
 * @param maxPending how many requests may wait for their answers; one more fails at once
 * @param maxSent longest content of a frame that is sent, in bytes; the server closes the connection over a longer one
 * @param maxReceived longest content of a frame that is accepted, in bytes
 * @param reconnectAfterTakeover whether to sign in again after the server signed this client out. Two clients of one
 *     device type that both do so throw each other out for ever
 * @param deliverUnread whether messages that were unread when the client first signed in are handed to the listener too
 */
public record ClientSettings(
        String host,
        int port,
        List<ServerAddress> others,
        long userId,
        String token,
        String device,
        ProtocolVersion version,
        @Nullable ClientTls tls,
        boolean webSocket,
        String passPhrase,
        @Nullable String contentKey,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration sendDeadline,
        Duration pingInterval,
        Duration reconnectMin,
        Duration reconnectMax,
        int maxPending,
        int maxSent,
        int maxReceived,
        boolean reconnectAfterTakeover,
        boolean deliverUnread) {

    public ClientSettings {
        require(port >= 1 && port <= 65_535, "port", port, "1..65535");
        others = List.copyOf(others);
        require(!webSocket || version == ProtocolVersion.V2, "version", version, "V2, by WebSocket");
        require(userId >= 1, "userId", userId, ">= 1");
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("requestTimeout", requestTimeout);
        requirePositive("sendDeadline", sendDeadline);
        requirePositive("pingInterval", pingInterval);
        requirePositive("reconnectMin", reconnectMin);
        require(reconnectMax.compareTo(reconnectMin) >= 0, "reconnectMax", reconnectMax, ">= " + reconnectMin);
        require(maxPending >= 1, "maxPending", maxPending, ">= 1");
        require(maxSent >= 1, "maxSent", maxSent, ">= 1");
        require(maxReceived >= 1, "maxReceived", maxReceived, ">= 1");
        // Fails here and now where a key is none.
        AesContentCipher.ofPassPhrase(passPhrase);
        if (contentKey != null) {
            AesContentCipher.ofBase64(contentKey);
        }
    }

    public static Builder of(String host, int port, long userId) {
        return new Builder(host, port, userId);
    }

    ContentCipher signInCipher() {
        return switch (version) {
            case V1 -> AesContentCipher.ofPassPhrase(passPhrase);
            case V2 -> PlainContentCipher.INSTANCE;
        };
    }

    ContentCipher contentCipher() {
        return contentKey == null || version == ProtocolVersion.V2
                ? signInCipher()
                : AesContentCipher.ofBase64(contentKey);
    }

    /** Where the server may be found, in the order to try. */
    List<ServerAddress> addresses() {
        List<ServerAddress> addresses = new ArrayList<>(List.of(new ServerAddress(host, port)));
        addresses.addAll(others);
        return addresses;
    }

    /** Without token and keys, which must never reach a log. */
    @Override
    public String toString() {
        return "ClientSettings[" + host + ":" + port + ", userId=" + userId + ", device=" + device + "]";
    }

    private static void requirePositive(String name, Duration value) {
        require(!value.isNegative() && !value.isZero(), name, value, "> 0");
    }

    private static void require(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** Every setting but address and user has a default. Not thread-safe. */
    public static final class Builder {

        private final String host;
        private final int port;
        private final long userId;
        private final List<ServerAddress> others = new ArrayList<>();
        private String token = "";
        private String device = "desktop";
        private ProtocolVersion version = ProtocolVersion.V1;
        private @Nullable ClientTls tls;
        private boolean webSocket;
        private String passPhrase = "medtree-im-passw";
        private @Nullable String contentKey;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(5);
        private Duration sendDeadline = Duration.ofMinutes(2);
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration reconnectMin = Duration.ofMillis(100);
        private Duration reconnectMax = Duration.ofSeconds(10);
        private int maxPending = 1_024;
        private int maxSent = 64 * 1_024;
        private int maxReceived = 16 * 1_024 * 1_024;
        private boolean reconnectAfterTakeover;
        private boolean deliverUnread;

        private Builder(String host, int port, long userId) {
            this.host = host;
            this.port = port;
            this.userId = userId;
        }

        /** Another address of the same installation. */
        public Builder alsoAt(String otherHost, int otherPort) {
            others.add(new ServerAddress(otherHost, otherPort));
            return this;
        }

        public Builder token(String value) {
            token = value;
            return this;
        }

        public Builder device(String value) {
            device = value;
            return this;
        }

        public Builder version(ProtocolVersion value) {
            version = value;
            return this;
        }

        /** Connects over TLS; null for a plain connection. Other than that, the version stays what it is. */
        public Builder tls(@Nullable ClientTls value) {
            tls = value;
            return this;
        }

        /** Connects by WebSocket, over TLS where {@link #tls} says so. */
        public Builder webSocket(boolean value) {
            webSocket = value;
            return this;
        }

        public Builder passPhrase(String value) {
            passPhrase = value;
            return this;
        }

        public Builder contentKey(@Nullable String base64) {
            contentKey = base64;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder requestTimeout(Duration value) {
            requestTimeout = value;
            return this;
        }

        public Builder sendDeadline(Duration value) {
            sendDeadline = value;
            return this;
        }

        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        public Builder reconnect(Duration min, Duration max) {
            reconnectMin = min;
            reconnectMax = max;
            return this;
        }

        public Builder maxPending(int value) {
            maxPending = value;
            return this;
        }

        public Builder maxSent(int bytes) {
            maxSent = bytes;
            return this;
        }

        public Builder maxReceived(int bytes) {
            maxReceived = bytes;
            return this;
        }

        public Builder reconnectAfterTakeover(boolean value) {
            reconnectAfterTakeover = value;
            return this;
        }

        public Builder deliverUnread(boolean value) {
            deliverUnread = value;
            return this;
        }

        public ClientSettings build() {
            return new ClientSettings(
                    host,
                    port,
                    others,
                    userId,
                    token,
                    device,
                    version,
                    tls,
                    webSocket,
                    passPhrase,
                    contentKey,
                    connectTimeout,
                    requestTimeout,
                    sendDeadline,
                    pingInterval,
                    reconnectMin,
                    reconnectMax,
                    maxPending,
                    maxSent,
                    maxReceived,
                    reconnectAfterTakeover,
                    deliverUnread);
        }
    }
}

package com.linbox.rpc;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where and how to listen, and where that came to be. Thread-safe. */
final class ListeningPlace {

    private final InetSocketAddress wanted;
    private final @Nullable SslContext tls;
    private volatile @Nullable InetSocketAddress bound;
    private volatile @Nullable RpcListener listener;
    private volatile boolean closing;

    /**
     * @param port 0 for any that is free now: Dubbo names services by their port before it listens there
     * @param tls null where connections are plain
     */
    ListeningPlace(String host, int port, @Nullable SslContext tls) {
        this.tls = tls;
        InetSocketAddress asked = new InetSocketAddress(host, port);
        wanted = port == 0 && !asked.isUnresolved() ? free(asked) : asked;
    }

    private static InetSocketAddress free(InetSocketAddress asked) {
        try (ServerSocket socket = new ServerSocket(0, 1, asked.getAddress())) {
            return new InetSocketAddress(asked.getAddress(), socket.getLocalPort());
        } catch (IOException e) {
            throw new RpcBindException(asked, e);
        }
    }

    InetSocketAddress wanted() {
        return wanted;
    }

    @Nullable
    SslContext tls() {
        return tls;
    }

    void bound(RpcListener listening) {
        bound = listening.getLocalAddress();
        listener = listening;
    }

    /** Callers may come in. */
    void letIn() {
        Objects.requireNonNull(listener).letIn();
    }

    @Nullable
    InetSocketAddress bound() {
        return bound;
    }

    /** How many are connected there. */
    int connections() {
        RpcListener listening = listener;
        return listening == null ? 0 : listening.getChannelsSize();
    }

    /** Whether the port may be closed, see {@link RpcListener#close()}. */
    boolean isClosing() {
        return closing;
    }

    /** Closes the port and all connections. */
    void close() {
        closing = true;
        RpcListener listening = listener;
        if (listening != null) {
            listening.close();
        }
    }
}

package com.linbox.rpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Where to listen, and where that came to be. Thread-safe. */
final class ListeningPlace {

    private final InetSocketAddress wanted;
    private volatile @Nullable InetSocketAddress bound;

    /** @param port 0 for any that is free now: Dubbo names services by their port before it listens there */
    ListeningPlace(String host, int port) {
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

    void bound(InetSocketAddress address) {
        bound = address;
    }

    @Nullable
    InetSocketAddress bound() {
        return bound;
    }
}

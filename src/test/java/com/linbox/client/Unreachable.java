package com.linbox.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * An address where connections are refused: the port is taken, so that nobody else can come to listen there, by a socket that
 * does not listen.
 */
final class Unreachable implements AutoCloseable {

    private final Socket socket = new Socket();

    Unreachable() throws IOException {
        socket.setReuseAddress(false);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

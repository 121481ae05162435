package com.linbox.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spreads connections over the gateways, passing over one that refuses, as TCP load balancers do; and breaks connections on
 * demand.
 */
final class LoadBalancer implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1_000;

    private final List<InetSocketAddress> targets;
    private final ServerSocket server;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Socket, Socket> connections = new ConcurrentHashMap<>();

    LoadBalancer(List<InetSocketAddress> targets) throws IOException {
        this.targets = targets;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Breaks each connection with this probability. */
    void cut(double probability, Random random) {
        connections.forEach((client, gateway) -> {
            if (random.nextDouble() < probability) {
                close(client);
                close(gateway);
            }
        });
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            inBackground(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        for (int i = 0; i < targets.size(); i++) {
            Socket gateway = new Socket();
            try {
                gateway.connect(targets.get(Math.floorMod(next.getAndIncrement(), targets.size())), CONNECT_MILLIS);
            } catch (IOException refused) {
                gateway.close();
                continue;
            }
            client.setTcpNoDelay(true);
            gateway.setTcpNoDelay(true);
            connections.put(client, gateway);
            inBackground(() -> pump(gateway, client));
            pump(client, gateway);
            return;
        }
        client.close();
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
            }
        } finally {
            connections.remove(from);
            connections.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // That is what was wanted.
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void inBackground(Io io) {
        Thread thread = new Thread(() -> {
            try {
                io.run();
            } catch (IOException closed) {
                // One of the ends has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach((client, gateway) -> {
            close(client);
            close(gateway);
        });
    }
}

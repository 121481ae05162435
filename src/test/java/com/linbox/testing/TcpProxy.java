package com.linbox.testing;

import java.io.ByteArrayOutputStream;
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
import org.jspecify.annotations.Nullable;

/**
 * A way to a server that a test can interrupt, as if the server were down ({@link #refuse}), or frozen ({@link #freeze}), or
 * the network bad ({@link #cut}). Of several servers each connection gets the next one that does not refuse it, as with a load
 * balancer. Listens on one loopback port from its creation to {@link #close}.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int BACKLOG = 200;

    private final List<InetSocketAddress> targets;
    private final AtomicInteger next = new AtomicInteger();
    private final int port;
    /** To their servers, from their clients. */
    private final Map<Socket, Socket> connections = new ConcurrentHashMap<>();

    private final Object thaw = new Object();
    private volatile @Nullable ServerSocket server;
    private final ByteArrayOutputStream toTarget = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromTarget = new ByteArrayOutputStream();
    private volatile boolean frozen;
    private volatile boolean recording;

    public TcpProxy(String host, int targetPort) throws IOException {
        this(List.of(new InetSocketAddress(host, targetPort)));
    }

    /** Spreads connections over these. */
    public TcpProxy(List<InetSocketAddress> targets) throws IOException {
        this.targets = List.copyOf(targets);
        ServerSocket first = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.port = first.getLocalPort();
        accept(first);
    }

    public int port() {
        return port;
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Keeps what goes through it from now on. */
    public void record() {
        recording = true;
    }

    /** What clients have sent since {@link #record()}. */
    public byte[] sentToTarget() {
        return toTarget.toByteArray();
    }

    /** What they were sent. */
    public byte[] sentFromTarget() {
        return fromTarget.toByteArray();
    }

    /** Cuts every connection and takes no new one. */
    public synchronized void refuse() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
        cut(1, new Random());
    }

    /** Cuts each connection with this probability. */
    public void cut(double probability, Random random) throws IOException {
        for (Map.Entry<Socket, Socket> connection : connections.entrySet()) {
            if (random.nextDouble() < probability) {
                connection.getKey().close();
                connection.getValue().close();
            }
        }
    }

    /** Keeps connections, and takes new ones, but nothing goes through any more. */
    public void freeze() {
        frozen = true;
    }

    /** Ends {@link #refuse} or {@link #freeze}. */
    public synchronized void restore() throws IOException {
        synchronized (thaw) {
            frozen = false;
            thaw.notifyAll();
        }
        if (server == null) {
            ServerSocket again = new ServerSocket();
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            accept(again);
        }
    }

    @Override
    public void close() throws IOException {
        refuse();
        synchronized (thaw) {
            frozen = false;
            thaw.notifyAll();
        }
    }

    private void accept(ServerSocket listening) {
        server = listening;
        inBackground(() -> {
            while (true) {
                Socket client = listening.accept();
                inBackground(() -> serve(client));
            }
        });
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        try (client;
                Socket upstream = connect()) {
            connections.put(client, upstream);
            if (server == null) {
                return;
            }
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            inBackground(() -> pump(upstream, client, fromTarget));
            pump(client, upstream, toTarget);
        } finally {
            connections.remove(client);
        }
    }

    private Socket connect() throws IOException {
        for (int left = targets.size(); ; left--) {
            Socket upstream = new Socket();
            try {
                upstream.connect(targets.get(Math.floorMod(next.getAndIncrement(), targets.size())), CONNECT_MILLIS);
                return upstream;
            } catch (IOException refused) {
                upstream.close();
                if (left == 1) {
                    throw refused;
                }
            }
        }
    }

    private void pump(Socket from, Socket to, OutputStream record) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                synchronized (thaw) {
                    while (frozen) {
                        thaw.wait();
                    }
                }
                if (recording) {
                    record.write(buffer, 0, length);
                }
                out.write(buffer, 0, length);
                out.flush();
            }
        }
    }

    private interface Io {
        void run() throws IOException, InterruptedException;
    }

    private static void inBackground(Io io) {
        Thread thread = new Thread(() -> {
            try {
                io.run();
            } catch (IOException | InterruptedException closed) {
                // The other end has gone, or the test has closed it.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

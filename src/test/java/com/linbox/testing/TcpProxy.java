package com.linbox.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server that a test can interrupt, as if the server were down ({@link #refuse}), or frozen ({@link #freeze}).
 * Listens on one loopback port from its creation to {@link #close}.
 */
public final class TcpProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object thaw = new Object();
    private @Nullable ServerSocket server;
    private final ByteArrayOutputStream toTarget = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromTarget = new ByteArrayOutputStream();
    private volatile boolean frozen;
    private volatile boolean recording;

    public TcpProxy(String host, int targetPort) throws IOException {
        this.target = new InetSocketAddress(host, targetPort);
        ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = first.getLocalPort();
        accept(first);
    }

    public int port() {
        return port;
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
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
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
                Socket upstream = new Socket();
                sockets.add(client);
                sockets.add(upstream);
                upstream.connect(target);
                inBackground(() -> pump(client, upstream, toTarget));
                inBackground(() -> pump(upstream, client, fromTarget));
            }
        });
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

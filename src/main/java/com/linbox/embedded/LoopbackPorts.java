package com.linbox.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address: 127.0.0.1, whatever the machine calls itself. */
public final class LoopbackPorts {

    public static final String HOST = "127.0.0.1";

    /**
     * Below the range from which Linux, macOS and Windows give ports to outgoing connections, so that none of those takes
     * a port between its being found free here and its being listened on.
     */
    private static final int FROM = 20_000;

    private static final int TO = 32_000;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private LoopbackPorts() {}

    /** A free port that no earlier call of this process returned. */
    public static synchronized int free() {
        for (int attempt = 0; attempt < 10_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            if (!GIVEN.contains(port) && isFree(HOST, port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new EngineFailedException("no free port of %s between %d and %d".formatted(HOST, FROM, TO));
    }

    /**
     * Fails before a server tries, because most servers say it late and in many words.
     *
     * @param purpose what the port is for, such as {@code Kafka}
     * @throws EngineFailedException if something listens there
     */
    static void requireFree(String purpose, String host, int port) {
        if (!isFree(host, port)) {
            throw new EngineFailedException("port %d of %s, for %s, is in use".formatted(port, host, purpose));
        }
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do it; otherwise the closed connections of a server that just ended would keep its port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}

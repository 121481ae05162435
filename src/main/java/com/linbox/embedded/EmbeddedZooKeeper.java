package com.linbox.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.zookeeper.server.PurgeTxnLog;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZKDatabase;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FilePadding;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.jspecify.annotations.Nullable;

/** A single ZooKeeper server inside this process. Sessions may be as short as a second. */
public final class EmbeddedZooKeeper implements EmbeddedEngine {

    private static final int TICK_MILLIS = 500;
    private static final int SHORTEST_SESSION_MILLIS = 1_000;
    private static final int LONGEST_SESSION_MILLIS = 60_000;
    private static final int BACKLOG = 128;
    private static final int SNAPSHOTS_KEPT = 3;
    private static final int LOG_PREALLOCATION_BYTES = 1 << 20;

    private final Path folder;
    private final int port;
    private @Nullable ServerCnxnFactory connections;

    /**
     * @param folder where snapshots and logs are kept; created if absent
     * @param port the port of 127.0.0.1 to listen on
     */
    public EmbeddedZooKeeper(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public String name() {
        return "ZooKeeper";
    }

    @Override
    public synchronized void start() {
        LoopbackPorts.requireFree("ZooKeeper", LoopbackPorts.HOST, port);
        // A log file is filled with zeros ahead of what is written; the default of 64 MiB is for busier places.
        FilePadding.setPreallocSize(LOG_PREALLOCATION_BYTES);
        try {
            FileTxnSnapLog files = new FileTxnSnapLog(folder.toFile(), folder.toFile());
            PurgeTxnLog.purge(folder.toFile(), folder.toFile(), SNAPSHOTS_KEPT);
            ZooKeeperServer server = new ZooKeeperServer(
                    files,
                    TICK_MILLIS,
                    SHORTEST_SESSION_MILLIS,
                    LONGEST_SESSION_MILLIS,
                    BACKLOG,
                    new ZKDatabase(files),
                    "");
            connections = ServerCnxnFactory.createFactory(new InetSocketAddress(LoopbackPorts.HOST, port), 0);
            connections.startup(server);
        } catch (IOException e) {
            close();
            throw new EngineFailedException(
                    "ZooKeeper cannot run on %s with its data in %s: %s".formatted(connect(), folder, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new EngineFailedException("ZooKeeper's start was interrupted", e);
        }
    }

    /** Such as {@code 127.0.0.1:2181}. */
    public String connect() {
        return LoopbackPorts.HOST + ":" + port;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("linbox.zookeeper.connect", connect());
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.shutdown();
            connections = null;
        }
    }
}

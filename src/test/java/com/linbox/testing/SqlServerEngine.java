package com.linbox.testing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A MySQL-like server: MySQL 8.4 in a container where Docker is there, otherwise a process of this machine. */
abstract class SqlServerEngine implements SqlEngine {

    private @Nullable SqlServer server;
    private @Nullable Database shared;

    @Override
    public final void start() throws Exception {
        if (server == null) {
            server = Docker.isAvailable() ? MySqlContainer.start() : startProcess();
            shared = server.newDatabase();
        }
    }

    @Override
    public final Map<String, String> properties() {
        return shared.springProperties();
    }

    @Override
    public final Database newDatabase() throws Exception {
        return server.newDatabase();
    }

    /** Starts the server on a free port of the loopback interface, to be ended with the JVM, and waits until it answers. */
    abstract SqlServer startProcess() throws Exception;

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}

package com.linbox.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * H2 in this process, behaving as MySQL where LINBOX can tell. By itself only this process reaches the database; with a
 * port, others on this machine do too.
 */
public final class EmbeddedH2 implements EmbeddedEngine {

    private static final int NO_PORT = 0;
    private static final String DATABASE = "linbox";
    private static final String USER = "sa";
    private static final String PASSWORD = "";

    private final Path folder;
    private final int port;
    private @Nullable Server server;
    private @Nullable Connection heldOpen;

    /** A database that only this process reaches. */
    EmbeddedH2(Path folder) {
        this(folder, NO_PORT);
    }

    /**
     * @param folder where the database's file is kept; created if absent
     * @param port the port of 127.0.0.1 to listen on
     */
    EmbeddedH2(Path folder, int port) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
    }

    /**
     * The JDBC URL by which a process opens the database whose file's name begins with this path. Texts compare and names
     * fold as in MySQL, and the database is not closed by a shutdown hook of H2 while LINBOX still works with it. A commit is in
     * the file half a second later, or at once with {@code CHECKPOINT}, which the store says after each.
     */
    public static String url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath()
                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
                + ";MAX_LENGTH_INPLACE_LOB=65536;PAGE_SIZE=2048;DB_CLOSE_ON_EXIT=FALSE";
    }

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public synchronized void start() {
        // Read once, when H2's first class is; without it the server would listen on every address.
        System.setProperty("h2.bindAddress", LoopbackPorts.HOST);
        try {
            // Open as long as this engine runs, whether or not anybody is connected; and there before the server
            // listens,
            // which makes no database for whoever asks.
            heldOpen = DriverManager.getConnection(url(folder.resolve(DATABASE)), USER, PASSWORD);
            if (port != NO_PORT) {
                LoopbackPorts.requireFree("H2", LoopbackPorts.HOST, port);
                server = Server.createTcpServer(
                                "-tcpPort",
                                Integer.toString(port),
                                "-baseDir",
                                folder.toString(),
                                "-ifExists",
                                "-tcpDaemon")
                        .start();
            }
        } catch (SQLException e) {
            close();
            throw new EngineFailedException(
                    "H2 cannot run with its data in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public Map<String, String> properties() {
        // The settings of an open database are those it was opened with.
        String url = port == NO_PORT
                ? url(folder.resolve(DATABASE))
                : "jdbc:h2:tcp://%s:%d/%s".formatted(LoopbackPorts.HOST, port, DATABASE);
        return Map.of(
                "spring.datasource.url", url,
                "spring.datasource.username", USER,
                "spring.datasource.password", PASSWORD);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop();
            server = null;
        }
        if (heldOpen != null) {
            try {
                heldOpen.close();
            } catch (SQLException e) {
                // Closing tidies the file; what was stored is in it already.
            }
            heldOpen = null;
        }
    }
}

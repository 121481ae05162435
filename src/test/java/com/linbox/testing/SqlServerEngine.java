package com.linbox.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A MySQL-like server: MySQL 8.4 in a container where Docker is there, otherwise a process of this machine. */
abstract class SqlServerEngine implements SqlEngine {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

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

    /** Prepares a folder for {@link #serve}. */
    abstract SqlServer startProcess() throws Exception;

    /** Starts the server on a free port of the loopback interface, to be ended with the JVM, and waits until it answers. */
    static SqlServer serve(Path executable, Path folder, List<String> further) throws IOException {
        // Everybody may sign in as this administrator, from this machine only.
        Path init = Files.writeString(
                folder.resolve("init.sql"),
                "CREATE USER linbox@'%' IDENTIFIED BY 'linbox';\nGRANT ALL ON *.* TO linbox@'%' WITH GRANT OPTION;\n");
        int port = freePort();
        List<String> command = command(executable, folder);
        command.add("--socket=" + folder.resolve("socket"));
        command.add("--pid-file=" + folder.resolve("pid"));
        command.add("--bind-address=127.0.0.1");
        command.add("--port=" + port);
        command.add("--skip-name-resolve");
        command.add("--skip-log-bin");
        command.add("--innodb-flush-log-at-trx-commit=1");
        command.add("--init-file=" + init);
        command.addAll(further);
        Process process = process(folder, command).start();
        AtExit.run(() -> process.destroyForcibly().onExit().join());
        SqlServer server =
                new SqlServer("127.0.0.1", port, "linbox", "linbox", "?sslMode=DISABLED&allowPublicKeyRetrieval=true");
        Awaitility.await("a server, see " + folder.resolve("log"))
                .atMost(START_TIMEOUT)
                .ignoreExceptions()
                .until(() -> server.newDatabase() != null);
        return server;
    }

    /** The beginning of every command line of the server. */
    static List<String> command(Path executable, Path folder) {
        List<String> command =
                new ArrayList<>(List.of(executable.toString(), "--no-defaults", "--datadir=" + folder.resolve("data")));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    /** Runs a command to its end. */
    static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = process(folder, command).start();
        if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " failed: " + Files.readString(folder.resolve("log")));
        }
    }

    private static ProcessBuilder process(Path folder, List<String> command) {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

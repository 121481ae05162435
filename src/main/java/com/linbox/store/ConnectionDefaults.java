package com.linbox.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What the store counts on, given to the connection pool wherever the operator has not said otherwise, in the URL or by
 * {@code spring.datasource.hikari.*}.
 */
final class ConnectionDefaults implements BeanPostProcessor {

    private static final long HIKARI_CONNECTION_TIMEOUT = Duration.ofSeconds(30).toMillis();
    private static final long CONNECTION_TIMEOUT = Duration.ofSeconds(3).toMillis();
    private static final long HIKARI_VALIDATION_TIMEOUT = Duration.ofSeconds(5).toMillis();
    private static final long VALIDATION_TIMEOUT = Duration.ofSeconds(2).toMillis();

    /**
     * Of MySQL's driver. A dead or frozen server is noticed within seconds; a lock is waited for less long than a socket;
     * the server takes any Unicode and compares it byte for byte; and the driver remembers the session's state rather than
     * ask for it. Truncated values are errors by the driver's own default. Statements are prepared in the driver: an
     * INSERT's number of rows is another one nearly every time, which a server's prepared statements are no use for. What the
     * driver finds in reading one is kept, some 25 KB for one with a hundred rows: reading it again takes as long as sending it.
     */
    private static final Map<String, String> MYSQL = Map.of(
            "connectTimeout", "3000",
            "socketTimeout", "10000",
            "sessionVariables", "innodb_lock_wait_timeout=3",
            "connectionCollation", "utf8mb4_bin",
            "useLocalSessionState", "true",
            "cacheServerConfiguration", "true",
            "maintainTimeStats", "false",
            "cachePrepStmts", "true",
            "prepStmtCacheSize", "128",
            "prepStmtCacheSqlLimit", "32768");

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof HikariDataSource pool) {
            apply(pool);
        }
        return bean;
    }

    private static void apply(HikariDataSource pool) {
        String url = String.valueOf(pool.getJdbcUrl());
        if (url.startsWith("jdbc:h2:mem:")) {
            // What Spring Boot falls back to where nobody said anything.
            throw new InvalidConfigurationPropertyValueException(
                    "spring.datasource.url",
                    url,
                    "Messages must survive a restart: name a database on disk, such as"
                            + " jdbc:mysql://host:3306/linbox");
        }
        if (pool.getTransactionIsolation() == null) {
            pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        }
        if (pool.getConnectionTimeout() == HIKARI_CONNECTION_TIMEOUT) {
            pool.setConnectionTimeout(CONNECTION_TIMEOUT);
        }
        if (pool.getValidationTimeout() == HIKARI_VALIDATION_TIMEOUT) {
            pool.setValidationTimeout(VALIDATION_TIMEOUT);
        }
        driverDefaults(url).forEach((name, value) -> {
            if (!pool.getDataSourceProperties().containsKey(name)) {
                pool.addDataSourceProperty(name, value);
            }
        });
    }

    /** Of the driver of this URL, without what the URL itself says. */
    static Map<String, String> driverDefaults(String url) {
        Map<String, String> defaults = new HashMap<>();
        if (url.startsWith("jdbc:mysql:")) {
            MYSQL.forEach((name, value) -> {
                if (!url.contains(name + "=")) {
                    defaults.put(name, value);
                }
            });
        }
        return defaults;
    }
}

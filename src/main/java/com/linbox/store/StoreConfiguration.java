package com.linbox.store;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * The database, for the roles that have one. Boot's own configurations of it are no part of what every role has (see
 * {@link com.linbox.LinboxApplication}) and are brought in here, so that a gateway opens no connection and needs no URL.
 */
@Configuration(proxyBeanMethods = false)
@Profile({"router", "rpc", "standalone"})
@Import({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ImportAutoConfiguration(DataSourcePoolMetricsAutoConfiguration.class)
class StoreConfiguration {

    @Bean
    static BeanPostProcessor connectionDefaults() {
        return new ConnectionDefaults();
    }

    @Bean
    TakeOver takeOver(JdbcConnectionDetails connection) {
        return new TakeOver(connection);
    }

    @Bean
    DatabaseProbe databaseProbe(DataSource dataSource) {
        return new DatabaseProbe(dataSource);
    }

    @Bean
    StoreMeters storeMeters(MeterRegistry registry) {
        return new StoreMeters(registry);
    }

    @Bean
    @DependsOnDatabaseInitialization
    MessageStore messageStore(DataSource dataSource, StoreMeters meters) {
        return new JdbcMessageStore(dataSource, meters);
    }

    @Bean
    @DependsOnDatabaseInitialization
    GroupStore groupStore(DataSource dataSource, StoreMeters meters) {
        return new JdbcGroupStore(dataSource, meters);
    }
}

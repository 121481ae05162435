package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.LinboxApplication;
import com.linbox.testing.H2Engine;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class StoreConfigurationTests {

    /** As {@link LinboxApplication}, without the other modules. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @Import(StoreConfiguration.class)
    static class Application {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Application.class);

    @Test
    void theApplicationLeavesTheDatabaseToTheStore() {
        assertThat(LinboxApplication.class
                        .getAnnotation(SpringBootApplication.class)
                        .exclude())
                .containsExactlyInAnyOrder(Application.class
                        .getAnnotation(EnableAutoConfiguration.class)
                        .exclude());
    }

    @Test
    void aGatewayHasNoDatabase() {
        context.withPropertyValues("spring.profiles.active=gateway").run(started -> assertThat(started)
                .hasNotFailed()
                .doesNotHaveBean(DataSource.class)
                .doesNotHaveBean(Flyway.class)
                .doesNotHaveBean(MessageStore.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"router", "rpc", "standalone", "gateway,router"})
    void otherRolesHaveItMigratedAndPooled(String profiles, @TempDir Path folder) {
        context.withPropertyValues(
                        "spring.profiles.active=" + profiles,
                        "spring.datasource.url=" + H2Engine.url(folder.resolve("linbox")))
                .run(started -> {
                    assertThat(started).hasNotFailed().hasSingleBean(MessageStore.class);
                    assertThat(started.getBean(Flyway.class).info().pending()).isEmpty();
                    HikariDataSource pool = started.getBean(HikariDataSource.class);
                    assertThat(pool.getTransactionIsolation()).isEqualTo("TRANSACTION_READ_COMMITTED");
                    assertThat(pool.getConnectionTimeout()).isEqualTo(3000);
                });
    }

    @Test
    void aRouterThatWasToldNoDatabaseDoesNotKeepMessagesInMemory() {
        context.withPropertyValues("spring.profiles.active=router").run(started -> assertThat(started)
                .getFailure()
                .rootCause()
                .hasMessageContainingAll("spring.datasource.url", "Messages must survive a restart"));
    }

    @Test
    void whatTheOperatorSaysOfConnectionsCounts() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:mysql://127.0.0.1:1/linbox?socketTimeout=1");
        pool.setConnectionTimeout(7000);
        pool.addDataSourceProperty("connectTimeout", "9");

        new ConnectionDefaults().postProcessBeforeInitialization(pool, "dataSource");

        assertThat(pool.getConnectionTimeout()).isEqualTo(7000);
        assertThat(pool.getDataSourceProperties())
                .containsEntry("connectTimeout", "9")
                .containsEntry("connectionCollation", "utf8mb4_bin")
                .doesNotContainKey("socketTimeout");
    }
}

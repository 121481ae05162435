package com.linbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** Starts the role or roles that the active profiles name. */
@SpringBootApplication(
        // The store brings them in for the roles that have a database.
        exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
public class LinboxApplication {

    public static void main(String[] args) {
        SpringApplication.run(LinboxApplication.class, args);
    }
}

package com.linbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the role or roles that the active profiles name. */
@SpringBootApplication
public class LinboxApplication {

    public static void main(String[] args) {
        SpringApplication.run(LinboxApplication.class, args);
    }
}

package com.linbox.testing;

import org.testcontainers.DockerClientFactory;

/** Whether tests may use containers. */
final class Docker {

    private static final boolean AVAILABLE = DockerClientFactory.instance().isDockerAvailable();

    private Docker() {}

    static boolean isAvailable() {
        return AVAILABLE;
    }
}

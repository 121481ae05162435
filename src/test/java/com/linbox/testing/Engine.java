package com.linbox.testing;

import java.util.Map;

/**
 * A real server for tests, listening on loopback only. Started when first needed, shared by all tests of the JVM, ended
 * with it. Where Docker is there it is the official image in a container, otherwise the same server as a local process or
 * inside this JVM; tests cannot tell.
 */
public interface Engine {

    /** Starts the server unless it runs already, and returns once it answers. */
    void start() throws Exception;

    /** The Spring properties by which LINBOX finds it, such as {@code spring.data.redis.port}. */
    Map<String, String> properties();
}

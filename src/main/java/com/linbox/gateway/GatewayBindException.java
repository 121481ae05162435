package com.linbox.gateway;

/** The gateway cannot listen where it should. */
public final class GatewayBindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GatewayBindException(String setting, String host, int port, Throwable cause) {
        super("%s: %d on %s cannot be listened on: %s".formatted(setting, port, host, cause.getMessage()), cause);
    }
}

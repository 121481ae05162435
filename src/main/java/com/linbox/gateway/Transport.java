package com.linbox.gateway;

/** What carries a connection's packets. The lower-case name is the value of the {@code transport} tag in metrics. */
enum Transport {
    TCP,
    TLS,
    WS,
    WSS;

    boolean isOverTls() {
        return this == TLS || this == WSS;
    }

    boolean isWebSocket() {
        return this == WS || this == WSS;
    }

    static Transport of(boolean overTls, boolean isWebSocket) {
        if (isWebSocket) {
            return overTls ? WSS : WS;
        }
        return overTls ? TLS : TCP;
    }
}

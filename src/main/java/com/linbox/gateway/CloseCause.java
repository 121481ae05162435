package com.linbox.gateway;

/**
 * Why a connection ended. The lower-case name is the value of the {@code cause} tag in metrics; a client that is connected by
 * WebSocket is told the code (RFC 6455, section 7.4.1).
 */
enum CloseCause {
    CLIENT_CLOSED(Codes.NORMAL),
    NETWORK_FAILED(Codes.GOING_AWAY),
    SIGN_IN_TOO_SLOW(Codes.POLICY),
    SIGN_IN_REFUSED(Codes.POLICY),
    NOT_SIGNED_IN_FIRST(Codes.POLICY),
    TOO_MUCH_BEFORE_SIGN_IN(Codes.POLICY),
    IDLE(Codes.POLICY),
    TAKEN_OVER(Codes.POLICY),
    TOO_MANY_CONNECTIONS(Codes.POLICY),
    TOO_MANY_FROM_ADDRESS(Codes.POLICY),
    TOO_MANY_REQUESTS(Codes.POLICY),
    /** The PROXY header is missing or wrong. */
    BAD_PROXY_HEADER(Codes.POLICY),
    TLS_FAILED(Codes.POLICY),
    /** HTTP that did not become WebSocket. */
    HANDSHAKE_REFUSED(Codes.POLICY),
    /** The product's back end asked for it. */
    DISCONNECTED(Codes.POLICY),
    UNKNOWN_VERSION(Codes.POLICY),
    V1_SWITCHED_OFF(Codes.POLICY),
    /** Version 2 over a network where everybody could read it. */
    V2_WITHOUT_TLS(Codes.POLICY),
    BAD_LENGTH(Codes.TOO_BIG),
    /** Of WebSocket: a frame that its protocol does not permit. */
    WEB_SOCKET_VIOLATION(Codes.PROTOCOL_ERROR),
    /** Of WebSocket: packets are text. */
    BINARY_FRAME(Codes.UNSUPPORTED_DATA),
    /** Of WebSocket: not UTF-8, or badly compressed. */
    UNREADABLE_TEXT(Codes.INVALID_DATA),
    UNKNOWN_TYPE(Codes.POLICY),
    UNDECRYPTABLE(Codes.POLICY),
    SLOW_READER(Codes.POLICY),
    SERVER_FAILED(Codes.SERVER_ERROR),
    SERVER_STOPPING(Codes.GOING_AWAY);

    private final int webSocketCode;

    CloseCause(int webSocketCode) {
        this.webSocketCode = webSocketCode;
    }

    int webSocketCode() {
        return webSocketCode;
    }

    private static final class Codes {

        static final int NORMAL = 1000;
        static final int GOING_AWAY = 1001;
        static final int PROTOCOL_ERROR = 1002;
        static final int UNSUPPORTED_DATA = 1003;
        static final int INVALID_DATA = 1007;
        static final int POLICY = 1008;
        static final int TOO_BIG = 1009;
        static final int SERVER_ERROR = 1011;
    }
}

package com.linbox.gateway;

/** Why a connection ended. The lower-case name is the value of the {@code cause} tag in metrics. */
enum CloseCause {
    CLIENT_CLOSED,
    NETWORK_FAILED,
    SIGN_IN_TOO_SLOW,
    SIGN_IN_REFUSED,
    NOT_SIGNED_IN_FIRST,
    TOO_MUCH_BEFORE_SIGN_IN,
    IDLE,
    TAKEN_OVER,
    TOO_MANY_CONNECTIONS,
    TOO_MANY_FROM_ADDRESS,
    TOO_MANY_REQUESTS,
    /** The PROXY header is missing or wrong. */
    BAD_PROXY_HEADER,
    TLS_FAILED,
    /** The product's back end asked for it. */
    DISCONNECTED,
    UNKNOWN_VERSION,
    V1_SWITCHED_OFF,
    /** Version 2 over a network where everybody could read it. */
    V2_WITHOUT_TLS,
    BAD_LENGTH,
    UNKNOWN_TYPE,
    UNDECRYPTABLE,
    SLOW_READER,
    SERVER_FAILED,
    SERVER_STOPPING
}

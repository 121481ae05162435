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
    /** The product's back end asked for it. */
    DISCONNECTED,
    UNKNOWN_VERSION,
    BAD_LENGTH,
    UNKNOWN_TYPE,
    UNDECRYPTABLE,
    SLOW_READER,
    SERVER_FAILED,
    SERVER_STOPPING
}

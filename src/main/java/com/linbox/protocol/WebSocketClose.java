package com.linbox.protocol;

/**
 * A close frame of WebSocket, the last one of its sender.
 *
 * @param code the status code, 1005 where the frame has none (RFC 6455, section 7.4)
 */
public record WebSocketClose(int code) {

    /** Stands for no code at all, and must not be sent. */
    public static final int NO_CODE = 1005;
}

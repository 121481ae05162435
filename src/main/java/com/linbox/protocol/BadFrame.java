package com.linbox.protocol;

/**
 * What {@link FrameDecoder} and {@link WebSocketFrameDecoder} report in place of a {@link Frame} where the bytes are none.
 * Nothing is decoded after it: the place of the next frame is unknown, or the peer is not to be trusted with one.
 *
 * @param offending the value that was read, 0 where there is none to tell
 */
public record BadFrame(Fault fault, long offending) {

    /** What is wrong. */
    public enum Fault {
        /** None that is known, or another one than that of the frames before. */
        UNKNOWN_VERSION,
        BAD_LENGTH,
        /** Of WebSocket: a frame that RFC 6455 does not permit here; the offending value is its first byte. */
        WEB_SOCKET_VIOLATION,
        /** Of WebSocket: a binary frame, which carries no packet. */
        BINARY,
        /** Of WebSocket: a text that is not UTF-8, or cannot be inflated. */
        UNREADABLE_TEXT,
        /** Of WebSocket: a text that names no packet, or one that there is not. */
        UNKNOWN_PACKET
    }
}

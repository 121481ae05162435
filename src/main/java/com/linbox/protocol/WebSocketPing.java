package com.linbox.protocol;

/** A ping frame of WebSocket, to be answered with a pong of the same payload: at most 125 bytes. */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record WebSocketPing(byte[] payload) {}

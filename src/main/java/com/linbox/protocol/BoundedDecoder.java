package com.linbox.protocol;

import io.netty.handler.codec.ByteToMessageDecoder;

/** Cuts what comes over a connection into {@link Frame}s that are no longer than a limit, which may change in the middle of one. */
public abstract sealed class BoundedDecoder extends ByteToMessageDecoder permits FrameDecoder, WebSocketFrameDecoder {

    private int maxContent;

    /** @param maxContent the longest content in bytes that is accepted, at least 1 */
    BoundedDecoder(int maxContent) {
        setMaxContent(maxContent);
    }

    /** Changes the limit from the next frame on; to be called on the channel's event loop. */
    public final void setMaxContent(int maxContent) {
        if (maxContent < 1) {
            throw new IllegalArgumentException("maxContent: " + maxContent + " (expected: >= 1)");
        }
        this.maxContent = maxContent;
    }

    /** In bytes. */
    final int maxContent() {
        return maxContent;
    }
}

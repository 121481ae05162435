package com.linbox.protocol;

/**
 * What {@link FrameDecoder} reports in place of a {@link Frame} where the bytes are none. Nothing is decoded after it:
 * the place of the next frame is unknown.
 *
 * @param offending the value that was read
 */
public record BadFrame(Fault fault, long offending) {

    /** What is wrong with the header. */
    public enum Fault {
        /** None that is known, or another one than that of the frames before. */
        UNKNOWN_VERSION,
        BAD_LENGTH
    }
}

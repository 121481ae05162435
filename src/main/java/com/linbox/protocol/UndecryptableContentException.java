package com.linbox.protocol;

/** A frame's content was not made with the key at hand: a wrong key, or not a LINBOX client at all. */
public final class UndecryptableContentException extends Exception {

    public UndecryptableContentException(String message) {
        // No stack trace: strangers cause this as often as they like.
        super(message, null, false, false);
    }
}

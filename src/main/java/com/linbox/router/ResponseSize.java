package com.linbox.router;

import com.linbox.message.Message;

/** Estimates what a message adds to a response, so that responses can be cut before they are written. */
final class ResponseSize {

    private static final int FIELDS = 200;

    private ResponseSize() {}

    /** An upper bound for ordinary text: three bytes of UTF-8 for each UTF-16 unit. */
    static long of(Message message) {
        return FIELDS + 3L * message.content().length();
    }
}

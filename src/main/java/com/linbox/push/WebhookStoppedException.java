package com.linbox.push;

/** The process is about to end; what was posted last may have arrived or not. */
final class WebhookStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WebhookStoppedException() {
        super("stopped while posting", null, false, false);
    }
}

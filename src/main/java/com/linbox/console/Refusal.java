package com.linbox.console;

import org.springframework.http.HttpStatus;

/** A call is not carried out; the operator is told the status and the message. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    Refusal(HttpStatus status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal wrong(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(HttpStatus.NOT_FOUND, message);
    }

    HttpStatus status() {
        return status;
    }
}

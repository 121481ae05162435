package com.linbox.push;

/** Why an event is put aside. */
final class UndeliverableException extends Exception {

    private static final long serialVersionUID = 1L;

    UndeliverableException(String why) {
        super(why, null, false, false);
    }
}

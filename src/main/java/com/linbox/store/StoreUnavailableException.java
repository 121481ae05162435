package com.linbox.store;

/** The database cannot be asked at present: away, overloaded, read-only, full. The same call may succeed later. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

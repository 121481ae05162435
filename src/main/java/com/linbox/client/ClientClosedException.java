package com.linbox.client;

/** {@link LinboxClient#close()} was called before the answer came. */
public final class ClientClosedException extends LinboxClientException {

    public ClientClosedException() {
        super("the client is closed", null);
    }
}

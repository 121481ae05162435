package com.linbox.console;

import org.jspecify.annotations.Nullable;

/**
 * Where the console is, for whoever tells the one who started LINBOX. There is one where this process has the console.
 *
 * @param path on the HTTP port
 * @param madeSecret what to sign in with, where it was made at this start and is known to nobody else; null where it was given
 */
public record ConsoleEndpoint(String path, @Nullable String madeSecret) {

    /** Without the secret, which must never reach a log. */
    @Override
    public String toString() {
        return "ConsoleEndpoint[path=" + path + "]";
    }
}

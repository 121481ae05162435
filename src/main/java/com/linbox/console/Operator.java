package com.linbox.console;

/**
 * Who does something, as far as that is known: everybody has the same secret.
 *
 * @param session the first characters of the hash of the session's token, which tell sessions apart and let nobody in; {@code -} without
 *     one
 * @param address from where, as the server's socket has it
 */
record Operator(String session, String address) {

    static final String NO_SESSION = "-";
}

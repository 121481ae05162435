package com.linbox.gateway;

import java.nio.file.Path;

/** A PEM file that TLS cannot be made of; the message names the setting, the file and the reason. */
final class UnusableTlsFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String setting;
    private final transient Path file;
    private final String reason;

    UnusableTlsFileException(String setting, Path file, String reason) {
        super("linbox.gateway.tls." + setting + "=" + file + ": " + reason);
        this.setting = setting;
        this.file = file;
        this.reason = reason;
    }

    String setting() {
        return "linbox.gateway.tls." + setting;
    }

    Path file() {
        return file;
    }

    String reason() {
        return reason;
    }
}

package com.linbox.cluster;

import org.jspecify.annotations.Nullable;

/** ZooKeeper did not carry out something in time. It may or may not have happened. */
public final class ZooKeeperUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ZooKeeperUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package com.linbox.rpc;

import java.net.InetSocketAddress;

/** The rpc role cannot listen where it should. */
public final class RpcBindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RpcBindException(InetSocketAddress wanted, Throwable cause) {
        super(
                "linbox.rpc.port: %d on %s cannot be listened on: %s"
                        .formatted(wanted.getPort(), wanted.getHostString(), cause.getMessage()),
                cause);
    }
}

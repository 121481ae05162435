package com.linbox.rpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Counts callers that TLS did not let in: without a certificate, with a wrong one, or without TLS at all. */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {

    private final CallGate gate;

    HandshakeWatch(CallGate gate) {
        this.gate = gate;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            gate.refusedByTls();
        }
        ctx.fireUserEventTriggered(event);
    }
}

package com.linbox.gateway;

import com.linbox.protocol.Frame;
import com.linbox.protocol.PlainContentCipher;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks at the first frame's version, which is the connection's: whether it is welcome here, and how its content is
 * read. Leaves the pipeline after it; {@link com.linbox.protocol.FrameDecoder} sees to it that the version stays.
 */
final class VersionHandler extends ChannelInboundHandlerAdapter {

    private final Connection connection;
    private final boolean v1;

    /** @param v1 whether version 1 is served */
    VersionHandler(Connection connection, boolean v1) {
        this.connection = connection;
        this.v1 = v1;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Frame frame) {
            switch (frame.version()) {
                case V1 -> {
                    if (!v1) {
                        connection.close(CloseCause.V1_SWITCHED_OFF);
                    }
                }
                case V2 -> {
                    if (connection.isPrivate()) {
                        connection.setCipher(PlainContentCipher.INSTANCE);
                    } else {
                        connection.close(CloseCause.V2_WITHOUT_TLS);
                    }
                }
            }
            ctx.pipeline().remove(this);
        }
        // A closed connection's frames are released where those of every connection are.
        ctx.fireChannelRead(message);
    }
}

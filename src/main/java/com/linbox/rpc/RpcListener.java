package com.linbox.rpc;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.beans.factory.ScopeBeanFactory;
import org.apache.dubbo.common.utils.NetUtils;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.api.WireProtocol;
import org.apache.dubbo.remoting.api.pu.AbstractPortUnificationServer;
import org.apache.dubbo.remoting.transport.dispatcher.ChannelHandlers;
import org.apache.dubbo.remoting.transport.netty4.NettyChannelHandler;
import org.apache.dubbo.remoting.transport.netty4.NettyPortUnificationServerHandler;
import org.jspecify.annotations.Nullable;

/**
 * The one port for all of Dubbo's protocols. It takes the place of Dubbo's own, which
 *
 * <ul>
 *   <li>listens on every address when it is told to listen on 127.0.0.1,
 *   <li>where a connection begins with fewer than five bytes, does not look whether they are TLS, which lets callers in
 *       without it,
 *   <li>and forgets a buffer with each connection of HTTP/2 over TLS, and with each answer that comes too late, see {@link
 *       CollectableBuffers}.
 * </ul>
 *
 * Where to listen, and with which certificate, is told by {@link ListeningPlace}, not by Dubbo's URL.
 */
@SuppressWarnings("NullAway.Init") // the constructor of the superclass calls doOpen0
final class RpcListener extends AbstractPortUnificationServer {

    private static final int BACKLOG = 1024;
    private static final int CLOSED_WITHIN_MILLIS = 2_000;

    // Without initial values: these would be assigned after doOpen0.
    private Map<String, Channel> channels;
    private EventLoopGroup loops;
    private io.netty.channel.Channel listening;
    private ListeningPlace place;

    RpcListener(URL url, ChannelHandler handler) throws RemotingException {
        super(url, ChannelHandlers.wrap(handler, url));
    }

    @Override
    public void addSupportedProtocol(URL url, ChannelHandler handler) {
        super.addSupportedProtocol(url, ChannelHandlers.wrap(handler, url));
    }

    @Override
    protected void doOpen0() {
        channels = new ConcurrentHashMap<>();
        loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("linbox-rpc"),
                NioIoHandler.newFactory());
        ScopeBeanFactory ours = getUrl().getOrDefaultFrameworkModel().getBeanFactory();
        place = ours.getBean(ListeningPlace.class);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Callers wait before the door until all services are there, see letIn.
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, new CollectableBuffers())
                .childHandler(new Pipeline(place.tls(), ours.getBean(CallGate.class)))
                .bind(place.wanted())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, CLOSED_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
            throw new RpcBindException(place.wanted(), bound.cause());
        }
        listening = bound.channel();
        place.bound(this);
    }

    /** All services are there: whoever came earlier would have been told that what they call is none. */
    void letIn() {
        listening.config().setAutoRead(true);
    }

    /** Only where this LINBOX ends: a Dubbo that ends would close the ports of all others in the JVM. */
    @Override
    public void close() {
        if (place.isClosing() && !isClosed()) {
            super.close();
        }
    }

    @Override
    protected void doClose() {
        listening.close().awaitUninterruptibly(CLOSED_WITHIN_MILLIS);
        channels.values().forEach(Channel::close);
        getProtocols().values().forEach(WireProtocol::close);
        loops.shutdownGracefully(0, CLOSED_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSED_WITHIN_MILLIS);
    }

    @Override
    protected int getChannelsSize() {
        return channels.size();
    }

    @Override
    public boolean isBound() {
        return listening.isActive();
    }

    @Override
    public Collection<Channel> getChannels() {
        return List.copyOf(channels.values());
    }

    @Override
    public @Nullable Channel getChannel(InetSocketAddress remoteAddress) {
        return channels.get(NetUtils.toAddressString(remoteAddress));
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return (InetSocketAddress) listening.localAddress();
    }

    @Override
    public boolean canHandleIdle() {
        return true;
    }

    /** TLS, where it is asked for, and then Dubbo's own handlers. */
    private final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final @Nullable SslContext tls;
        private final CallGate gate;

        Pipeline(@Nullable SslContext tls, CallGate gate) {
            this.tls = tls;
            this.gate = gate;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (tls != null) {
                channel.pipeline()
                        .addLast("tls", tls.newHandler(channel.alloc()))
                        .addLast("handshake", new HandshakeWatch(gate));
            }
            channel.pipeline()
                    .addLast("channel", new NettyChannelHandler(channels, getUrl(), RpcListener.this))
                    .addLast("first-bytes", new FirstBytes())
                    // Leaves, and lets the protocol's own handlers in.
                    .addLast(
                            "protocol",
                            new NettyPortUnificationServerHandler(
                                    getUrl(),
                                    false,
                                    getProtocols(),
                                    RpcListener.this,
                                    getSupportedUrls(),
                                    getSupportedHandlers()));
        }
    }
}

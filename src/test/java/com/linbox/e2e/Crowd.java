package com.linbox.e2e;

import com.linbox.client.ClientEventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connections that only look on, in a process of their own: the files that one process may open are too few for both ends
 * of ten thousand.
 */
final class Crowd implements AutoCloseable {

    private static final String CONNECTED = "all connected";
    private static final String GONE = "all gone";

    private final Process process;
    private final BufferedReader says;

    private Crowd(Process process) {
        this.process = process;
        this.says = process.inputReader(StandardCharsets.UTF_8);
    }

    static Crowd start(InetSocketAddress gateway, int number) throws IOException {
        return new Crowd(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crowd.class.getName(),
                        gateway.getHostString(),
                        Integer.toString(gateway.getPort()),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void awaitConnected() throws IOException {
        await(CONNECTED);
    }

    /** Until the other side has closed every connection. */
    void awaitGone() throws IOException {
        await(GONE);
    }

    private void await(String line) throws IOException {
        for (String said = says.readLine(); !line.equals(said); said = says.readLine()) {
            if (said == null) {
                throw new IOException("the crowd's process has ended before it said: " + line);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Host, port, number of connections. */
    public static void main(String[] args) throws InterruptedException {
        int number = Integer.parseInt(args[2]);
        Counting counting = new Counting(number);
        EventLoopGroup loops = ClientEventLoops.create(1);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(counting);
        for (int i = 0; i < number; i++) {
            bootstrap.connect(args[0], Integer.parseInt(args[1])).addListener(connected -> {
                if (!connected.isSuccess()) {
                    System.err.println(connected.cause());
                }
            });
        }
        counting.connected.await();
        System.out.println(CONNECTED);
        counting.gone.await();
        System.out.println(GONE);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Sharable
    private static final class Counting extends ChannelInboundHandlerAdapter {

        private final CountDownLatch connected;
        private final CountDownLatch gone;

        Counting(int number) {
            connected = new CountDownLatch(number);
            gone = new CountDownLatch(number);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connected.countDown();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            gone.countDown();
        }
    }
}

package com.linbox.performance;

import com.linbox.testing.EngineProcesses;
import com.linbox.testing.EngineProcesses.Engine;
import com.linbox.testing.ServerProcess;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What the engines can do alone on this machine, asked in the way in which LINBOX asks them: the ceiling that no figure of LINBOX
 * can be above.
 */
final class EngineLimits {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int FRAME = 250;
    private static final int CONNECTIONS = 400;
    private static final int WINDOW = 4;
    private static final int ROWS = 200;
    private static final int COMMANDS = 50;
    private static final String TOPIC = "limits";

    private final EngineProcesses engines;
    private final Map<String, String> properties;
    private final Duration length;

    /** @param properties by which the engines are found, with a database that this may fill */
    EngineLimits(EngineProcesses engines, Map<String, String> properties, Duration length) {
        this.engines = engines;
        this.properties = properties;
        this.length = length;
    }

    /**
     * One engine's.
     *
     * @param micros CPU of the engine's process for each
     */
    record Limit(String what, double perSecond, double micros) {}

    List<Limit> measure() throws Exception {
        return List.of(echo(), kafka(), database(), redis());
    }

    /** Something that is done over and over; gives how many that was. */
    private interface Work {

        long once() throws Exception;
    }

    private Limit limit(String what, ServerProcess engine, Work work) throws Exception {
        runFor(WARM_UP, work);
        Duration before = engine.handle().info().totalCpuDuration().orElseThrow();
        long began = System.nanoTime();
        long done = runFor(length, work);
        double seconds = (System.nanoTime() - began) / 1e9;
        Duration cpu = engine.handle().info().totalCpuDuration().orElseThrow().minus(before);
        return new Limit(what, done / seconds, cpu.toNanos() / 1e3 / done);
    }

    private static long runFor(Duration time, Work work) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        long done = 0;
        while (System.nanoTime() < end) {
            done += work.once();
        }
        return done;
    }

    private Limit kafka() throws Exception {
        String servers = properties.get("spring.kafka.bootstrap-servers");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 8, (short) 1))).all().get(1, TimeUnit.MINUTES);
        }
        Map<String, Object> consuming =
                Map.of("bootstrap.servers", servers, "group.id", "limits", "auto.offset.reset", "earliest");
        Map<String, Object> producing =
                Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", "1", "batch.size", "131072");
        byte[] value = new byte[300];
        try (var producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
                var consumer =
                        new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long[] sent = {0};
            long[] received = {0};
            return limit("Kafka, 300 bytes, acks=all, produce → consume", engines.process(Engine.KAFKA), () -> {
                while (sent[0] - received[0] < 2_000) {
                    producer.send(new ProducerRecord<>(TOPIC, value));
                    sent[0]++;
                }
                int count = consumer.poll(Duration.ofMillis(100)).count();
                received[0] += count;
                return count;
            });
        }
    }

    private Limit database() throws Exception {
        String name = properties.get("spring.datasource.username");
        try (Connection connection = engines.database(name);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE limits (SessionId VARCHAR(39) CHARACTER SET ascii NOT NULL, MsgID BIGINT NOT NULL,"
                            + " FromUserID BIGINT NOT NULL, RId BIGINT NOT NULL, Content MEDIUMTEXT NOT NULL,"
                            + " PRIMARY KEY (SessionId, MsgID), UNIQUE (SessionId, FromUserID, RId)) ENGINE = InnoDB");
            connection.setAutoCommit(false);
            String row = "(?,?,?,?,?)";
            String insert = "INSERT INTO limits VALUES " + (row + ",").repeat(ROWS - 1) + row;
            try (PreparedStatement rows = connection.prepareStatement(insert)) {
                long[] next = {0};
                return limit(
                        "MariaDB, %d rows a statement, a synced commit each".formatted(ROWS),
                        engines.process(Engine.MARIADB),
                        () -> insert(connection, rows, next));
            }
        }
    }

    private static long insert(Connection connection, PreparedStatement rows, long[] next) throws SQLException {
        int place = 1;
        for (int i = 0; i < ROWS; i++) {
            long number = next[0]++;
            rows.setString(place++, "1000000_" + (2_000_000 + number % ROWS));
            rows.setLong(place++, number);
            rows.setLong(place++, 1_000_000);
            rows.setLong(place++, number);
            rows.setString(place++, "x".repeat(64));
        }
        rows.executeUpdate();
        connection.commit();
        return ROWS;
    }

    private Limit redis() throws Exception {
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(Integer.parseInt(properties.get("spring.data.redis.port")))
                .build());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.setAutoFlushCommands(false);
            long[] next = {0};
            return limit(
                    "Redis, %d HSET a round trip, appendfsync always".formatted(COMMANDS),
                    engines.process(Engine.REDIS),
                    () -> {
                        List<RedisFuture<?>> answers = new ArrayList<>();
                        for (int i = 0; i < COMMANDS; i++) {
                            long number = next[0]++;
                            answers.add(connection
                                    .async()
                                    .hset("limits:" + number % 1_000, "1000000", Long.toString(number)));
                        }
                        connection.flushCommands();
                        LettuceFutures.awaitAll(Duration.ofMinutes(1), answers.toArray(RedisFuture[]::new));
                        return COMMANDS;
                    });
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** Both ends are in this process: its CPU is that of a frame's way there and back, for both. */
    private Limit echo() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        LongAdder returned = new LongAdder();
        try {
            Channel server = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, CONNECTIONS)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(framed(() -> new Echo(null)))
                    .bind(new InetSocketAddress("127.0.0.1", 0))
                    .sync()
                    .channel();
            Bootstrap client = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(framed(() -> new Echo(returned)));
            for (int i = 0; i < CONNECTIONS; i++) {
                Channel channel = client.connect(server.localAddress()).sync().channel();
                for (int frame = 0; frame < WINDOW; frame++) {
                    channel.writeAndFlush(channel.alloc()
                            .buffer(FRAME)
                            .writeInt(FRAME - Integer.BYTES)
                            .writeZero(FRAME - Integer.BYTES));
                }
            }
            Thread.sleep(WARM_UP.toMillis());
            returned.reset();
            Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
            long began = System.nanoTime();
            Thread.sleep(length.toMillis());
            long done = returned.sum();
            double seconds = (System.nanoTime() - began) / 1e9;
            Duration cpu = ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElseThrow()
                    .minus(before);
            return new Limit(
                    "Netty, %d connections, window %d, a frame of %d bytes there and back, both ends"
                            .formatted(CONNECTIONS, WINDOW, FRAME),
                    done / seconds,
                    cpu.toNanos() / 1e3 / done);
        } finally {
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static ChannelInitializer<SocketChannel> framed(Supplier<Echo> last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(FRAME, 0, Integer.BYTES))
                        .addLast(last.get());
            }
        };
    }

    /** Sends back what comes, and counts it where it is at the end of its way. */
    private static final class Echo extends ChannelInboundHandlerAdapter {

        private final @Nullable LongAdder count;

        Echo(@Nullable LongAdder count) {
            this.count = count;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (count != null) {
                count.increment();
            }
            context.write(((ByteBuf) frame), context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}

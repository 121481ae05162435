package com.linbox.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;

/** How the Redis client is to behave, beyond what {@code spring.data.redis.*} says. */
final class LettuceSettings {

    /** Where {@code spring.data.redis.timeout} is not set. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Commands that a batch sends before it waits; well below {@link #REQUEST_QUEUE}, or they would be refused. */
    static final int MAX_COMMANDS_AT_ONCE = 2_000;

    /** Commands that may be under way on one connection. */
    private static final int REQUEST_QUEUE = 20_000;

    private static final Duration RECONNECT_AT_MOST_EVERY = Duration.ofSeconds(1);
    private static final Duration REFRESH_TOPOLOGY_EVERY = Duration.ofSeconds(30);

    private LettuceSettings() {}

    static Duration timeout(DataRedisProperties properties) {
        Duration timeout = properties.getTimeout();
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }

    static void apply(ClientOptions.Builder options, DataRedisProperties properties) {
        options.autoReconnect(true)
                // Callers back off and try again; queued commands would only take memory and come too late.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_QUEUE)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutSource(new SingleCommandTimeout(timeout(properties)))
                        .timeoutCommands()
                        .build())
                .socketOptions(socketOptions(properties))
                // Known only to one vendor's Redis; elsewhere each connection would begin with an error.
                .maintNotificationsConfig(MaintNotificationsConfig.disabled());
        if (options instanceof ClusterClientOptions.Builder cluster) {
            cluster.topologyRefreshOptions(topologyRefresh(properties));
        }
    }

    /** A fail-over is noticed by what goes wrong, and by asking now and then in case nothing does. */
    private static ClusterTopologyRefreshOptions topologyRefresh(DataRedisProperties properties) {
        DataRedisProperties.Lettuce.Cluster.Refresh refresh =
                properties.getLettuce().getCluster().getRefresh();
        Duration period = refresh.getPeriod();
        return ClusterTopologyRefreshOptions.builder()
                .dynamicRefreshSources(refresh.isDynamicRefreshSources())
                .enableAllAdaptiveRefreshTriggers()
                .adaptiveRefreshTriggersTimeout(RECONNECT_AT_MOST_EVERY)
                .enablePeriodicRefresh(period == null ? REFRESH_TOPOLOGY_EVERY : period)
                .build();
    }

    private static SocketOptions socketOptions(DataRedisProperties properties) {
        Duration connectTimeout = properties.getConnectTimeout();
        SocketOptions.Builder socket = SocketOptions.builder()
                .connectTimeout(connectTimeout == null ? DEFAULT_TIMEOUT : connectTimeout)
                .keepAlive(true);
        if (EpollProvider.isAvailable()) {
            // A host that vanished without a word would otherwise be believed in for a quarter of an hour.
            socket.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(Duration.ofSeconds(20))
                    .build());
        }
        return socket.build();
    }

    static void apply(ClientResources.Builder resources) {
        // Lettuce's own delay grows to 30 s, for which LINBOX would stand still after Redis is back.
        resources
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(50), RECONNECT_AT_MOST_EVERY, 50, TimeUnit.MILLISECONDS))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled());
    }

    /** A batch waits for all its commands itself: a timer for each of them would cost more than sending it. */
    private static final class SingleCommandTimeout extends TimeoutOptions.TimeoutSource {

        private final long millis;

        SingleCommandTimeout(Duration timeout) {
            this.millis = timeout.toMillis();
        }

        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            return CommandWrapper.unwrap(command, BatchedCommand.class) == null ? millis : -1;
        }

        @Override
        public TimeUnit getTimeUnit() {
            return TimeUnit.MILLISECONDS;
        }
    }
}

package com.linbox.rpc;

import com.linbox.cluster.GatewayDirectory;
import com.linbox.cluster.ProviderRegistry;
import com.linbox.credential.ContentKeys;
import com.linbox.credential.CredentialIssuer;
import com.linbox.group.GroupIds;
import com.linbox.health.Engine;
import com.linbox.health.Reliance;
import com.linbox.im.interfaces.IIMService;
import com.linbox.inbox.Inbox;
import com.linbox.journal.RequestLog;
import com.linbox.outbox.OutboxReader;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.protocol.CommandReader;
import com.linbox.redis.RedisConnections;
import com.linbox.rpc.api.CredentialService;
import com.linbox.rpc.api.GatewayService;
import com.linbox.rpc.api.GroupService;
import com.linbox.rpc.api.HistoryService;
import com.linbox.rpc.api.MessageService;
import com.linbox.rpc.api.PresenceService;
import com.linbox.store.GroupStore;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"rpc", "standalone"})
@EnableConfigurationProperties(RpcSettings.class)
class RpcConfiguration {

    private static final String ROLE = "rpc";

    /** What may be done twice is tried again elsewhere, where an instance does not answer; a system message is not. */
    private static final Map<String, String> TRY_AGAIN = Map.of("retries", "2");

    private static final Map<String, String> TRY_MESSAGES_AGAIN =
            Map.of("retries", "2", "sendSystem.retries", "0", "sendSystemToAll.retries", "0");

    private static final Map<String, String> TRY_ONCE = Map.of("retries", "0");

    @Bean
    RequestSender rpcRequestSender(
            OutboxReader outbox, RequestLog requestLog, CommandReader commands, Tracing tracing) {
        Clock clock = Clock.systemUTC();
        return new RequestSender(newInstanceId(clock), outbox, requestLog, commands, clock, tracing);
    }

    @Bean
    RpcServer rpcServer(
            RpcSettings settings,
            RequestSender requests,
            GatewayDirectory gateways,
            CredentialIssuer issuer,
            ContentKeys contentKeys,
            Presence presence,
            OutboxWriter outbox,
            MessageStore store,
            GroupStore groups,
            Inbox inbox,
            SystemMessages systemMessages,
            CommandReader commands,
            RedisConnections redis,
            GroupIds groupIds,
            ProviderRegistry registry,
            MeterRegistry meterRegistry) {
        Batches batches = new Batches(redis);
        SessionFinder sessions = new SessionFinder(presence, batches);
        DeliveryPost post = new DeliveryPost(outbox, batches);
        GatewayCalls gatewayCalls = new GatewayCalls(gateways);
        PresenceCalls presenceCalls = new PresenceCalls(sessions, post);
        CredentialCalls credentialCalls =
                new CredentialCalls(issuer, contentKeys, gatewayCalls, presenceCalls, settings);
        MessageSender sender = new MessageSender(requests);
        MessageCalls messageCalls =
                new MessageCalls(sender, sessions, post, systemMessages, batches, gateways, commands, settings);
        GroupCalls groupCalls = new GroupCalls(requests, groups, groupIds, settings, Clock.systemUTC());
        HistoryCalls historyCalls = new HistoryCalls(store, groups, inbox, systemMessages, batches, settings);
        OriginalCalls originalCalls =
                new OriginalCalls(gateways, credentialCalls, sender, messageCalls, groupIds, settings);
        List<Service<?>> services = List.of(
                new Service<>(GatewayService.class, gatewayCalls, TRY_AGAIN),
                new Service<>(CredentialService.class, credentialCalls, TRY_AGAIN),
                new Service<>(MessageService.class, messageCalls, TRY_MESSAGES_AGAIN),
                new Service<>(GroupService.class, groupCalls, TRY_AGAIN),
                new Service<>(PresenceService.class, presenceCalls, TRY_AGAIN),
                new Service<>(HistoryService.class, historyCalls, TRY_AGAIN),
                new Service<>(IIMService.class, originalCalls, TRY_ONCE));
        RpcMeters meters = new RpcMeters(meterRegistry, methodsOf(services));
        RpcServer server =
                new RpcServer(settings, new CallGate(settings, meters), services, requests, batches, registry);
        meters.bindConnections(server::connections);
        return server;
    }

    @Bean
    RpcHealth rpcHealthIndicator(RpcServer server) {
        return new RpcHealth(server);
    }

    // No engine is essential: each call needs others, and says so itself where one is away.

    @Bean
    Reliance rpcNeedsKafka() {
        return new Reliance(ROLE, Engine.KAFKA, false, "503 for what sends or changes messages and groups");
    }

    @Bean
    Reliance rpcNeedsRedis() {
        return new Reliance(
                ROLE, Engine.REDIS, false, "503 for tokens, presence, system messages, unread counts, and what sends");
    }

    @Bean
    Reliance rpcNeedsDatabase() {
        return new Reliance(ROLE, Engine.DATABASE, false, "503 for history and for what asks about groups");
    }

    @Bean
    Reliance rpcNeedsZooKeeper() {
        return new Reliance(ROLE, Engine.ZOOKEEPER, false, "Dubbo callers may not find this instance");
    }

    /** Never used again, even by the same instance after a restart: whatever names the old one is void. */
    private static String newInstanceId(Clock clock) {
        return "rpc-" + Long.toString(clock.millis(), Character.MAX_RADIX) + "-"
                + Integer.toString(new SecureRandom().nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
    }

    private static Set<String> methodsOf(List<Service<?>> services) {
        return services.stream()
                .map(Service::type)
                .flatMap(type -> Arrays.stream(type.getMethods()).map(method -> name(type, method)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(Class<?> type, Method method) {
        return type.getSimpleName() + "." + method.getName();
    }
}

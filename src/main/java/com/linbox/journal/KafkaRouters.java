package com.linbox.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** {@link Routers} by the members of the consumer groups. */
final class KafkaRouters implements Routers {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);

    /** Operators who look at the same time get the same answer. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final JournalAdmin admin;
    private final LagWatch lag;
    private @Nullable List<Router> known;
    private long knownSince;

    KafkaRouters(JournalAdmin admin, LagWatch lag) {
        this.admin = admin;
        this.lag = lag;
    }

    @Override
    public synchronized List<Router> all() {
        List<Router> last = known;
        if (last == null || System.nanoTime() - knownSince > FRESH.toNanos()) {
            last = ask();
            known = last;
            knownSince = System.nanoTime();
        }
        return last;
    }

    private List<Router> ask() {
        Map<String, Found> found = new TreeMap<>();
        try {
            Map<String, KafkaFuture<ConsumerGroupDescription>> groups = admin.get()
                    .describeConsumerGroups(
                            LagWatch.WATCHED.stream().map(Topic::topicName).toList())
                    .describedGroups();
            for (Topic topic : LagWatch.WATCHED) {
                KafkaFuture<ConsumerGroupDescription> group = groups.get(topic.topicName());
                if (group != null) {
                    members(group).forEach(member -> found.computeIfAbsent(
                                    RequestLogConsumers.processOf(member.clientId()) + " " + member.host(),
                                    any -> new Found(RequestLogConsumers.processOf(member.clientId()), member.host()))
                            .add(topic, member, lag));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalUnavailableException(e);
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            throw new JournalUnavailableException(e);
        }
        return found.values().stream()
                .map(Found::router)
                .sorted(Comparator.comparing(Router::host).thenComparing(Router::id))
                .toList();
    }

    private static List<MemberDescription> members(KafkaFuture<ConsumerGroupDescription> group)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return new ArrayList<>(
                    group.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS).members());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                // No router has ever been there.
                return List.of();
            }
            throw e;
        }
    }

    /** A router, thread by thread. */
    private static final class Found {

        private final String id;
        private final String host;
        private final Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        private long waiting;

        Found(String id, String host) {
            this.id = id;
            // Kafka says "/127.0.0.1".
            this.host = host.startsWith("/") ? host.substring(1) : host;
        }

        void add(Topic topic, MemberDescription member, LagWatch lag) {
            partitions.merge(topic, member.assignment().topicPartitions().size(), Integer::sum);
            for (TopicPartition partition : member.assignment().topicPartitions()) {
                waiting += lag.waitingIn(partition);
            }
        }

        Router router() {
            return new Router(id, host, Map.copyOf(partitions), waiting);
        }
    }
}

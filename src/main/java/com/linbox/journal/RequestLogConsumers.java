package com.linbox.journal;

import com.linbox.tracing.TraceContext;
import com.linbox.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Makes the threads that work on the {@link RequestLog}. All threads of all processes that read one topic share its
 * partitions.
 */
public final class RequestLogConsumers {

    private static final Logger log = LoggerFactory.getLogger(RequestLogConsumers.class);

    /** How long threads that are stopped may take for the batch they have, and to leave their group. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    /** How long after it was worked off a batch is committed at the latest, about. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    private static final String CLIENT_SEPARATOR = "/";

    private final Map<String, Object> clientProperties;
    private final JournalSettings settings;
    private final KafkaDeadLetters deadLetters;
    private final JournalMeters meters;
    private final Tracing tracing;
    private final Map<Topic, List<Loop>> loops = new ConcurrentHashMap<>();

    /** By which Kafka, and whoever asks it, knows which of its clients are of one process; new at each start. */
    private final String process = "linbox-" + ProcessHandle.current().pid() + "-"
            + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000, 0x100000));

    RequestLogConsumers(
            Map<String, Object> clientProperties,
            JournalSettings settings,
            KafkaDeadLetters deadLetters,
            JournalMeters meters,
            Tracing tracing) {
        this.clientProperties = clientProperties;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.tracing = tracing;
    }

    /** Which process a consumer belongs to, by its client id. */
    static String processOf(String clientId) {
        int end = clientId.indexOf(CLIENT_SEPARATOR);
        return end < 0 ? clientId : clientId.substring(0, end);
    }

    /** Starts threads on a topic, each with a handler of its own; {@link Running#stop()} ends them. */
    public Running start(Topic topic, int threads, Supplier<? extends BatchHandler> handlers) {
        List<BatchHandler> ofThreads = new ArrayList<>();
        List<KafkaMessageListenerContainer<byte[], byte[]>> containers = new ArrayList<>();
        List<Loop> itsLoops = Stream.generate(Loop::new).limit(threads).toList();
        if (loops.put(topic, itsLoops) == null) {
            meters.bindStanding(topic, () -> standing(topic));
        }
        for (int i = 0; i < threads; i++) {
            BatchHandler handler = new TracedHandler(handlers.get(), topic, tracing);
            ofThreads.add(handler);
            containers.add(container(topic, i, handler, itsLoops.get(i)));
        }
        containers.forEach(KafkaMessageListenerContainer::start);
        return new Containers(topic, containers, ofThreads);
    }

    /** How the threads of each topic that was started with {@link #start} stand. */
    public List<Standing> standings() {
        return loops.keySet().stream().sorted().map(this::standing).toList();
    }

    private Standing standing(Topic topic) {
        return Standing.of(topic, loops.getOrDefault(topic, List.of()));
    }

    /**
     * Starts a thread on a topic for work that may have to wait for long.
     *
     * @param group of the threads that share the topic's partitions
     * @param handler closed by the thread when it ends
     */
    public Running startPatient(Topic topic, String group, PatientHandler handler) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        var consumer = new PatientConsumer(topic, new KafkaConsumer<>(properties), this::readable, handler, meters);
        Thread thread = new Thread(consumer, "linbox-" + topic.name().toLowerCase(Locale.ROOT) + "-patient");
        thread.setDaemon(true);
        thread.start();
        return new Running() {
            @Override
            public void beginToStop() {
                consumer.stop();
            }

            @Override
            public void awaitEnd() {
                join(thread);
            }
        };
    }

    private static void join(Thread thread) {
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Threads at work. */
    public interface Running {

        /** Has every thread finish its batch, commit it, leave its group and end. Returns at once. */
        void beginToStop();

        /**
         * Waits for that, for some seconds after {@link #beginToStop} at most: of engines that are away it cannot be told when
         * they come back.
         */
        void awaitEnd();

        /** Both of them. */
        default void stop() {
            beginToStop();
            awaitEnd();
        }
    }

    /** The threads of a topic, each with its handler. */
    private static final class Containers implements Running {

        private final Topic topic;
        private final List<KafkaMessageListenerContainer<byte[], byte[]>> containers;
        private final List<BatchHandler> handlers;
        private final CountDownLatch running;
        private volatile long deadline;

        Containers(
                Topic topic,
                List<KafkaMessageListenerContainer<byte[], byte[]>> containers,
                List<BatchHandler> handlers) {
            this.topic = topic;
            this.containers = containers;
            this.handlers = handlers;
            this.running = new CountDownLatch(containers.size());
        }

        @Override
        public void beginToStop() {
            deadline = System.nanoTime() + LONGEST_END.toNanos();
            containers.forEach(container -> container.stop(running::countDown));
        }

        @Override
        public void awaitEnd() {
            try {
                if (!running.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    log.warn(
                            "{}: {} threads did not end in time; what they have in hand is done again by others",
                            topic.topicName(),
                            running.getCount());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            handlers.forEach(BatchHandler::close);
        }
    }

    private KafkaMessageListenerContainer<byte[], byte[]> container(
            Topic topic, int number, BatchHandler handler, Loop loop) {
        var properties = new ContainerProperties(topic.topicName());
        properties.setGroupId(topic.topicName());
        properties.setClientId(process + CLIENT_SEPARATOR + topic.name().toLowerCase(Locale.ROOT) + "-" + number);
        // What is not committed yet when a process is killed is done twice, which changes nothing. A commit costs Kafka
        // as much as taking a record does.
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(COMMIT_INTERVAL.toMillis());
        properties.setPollTimeout(COMMIT_INTERVAL.toMillis());
        properties.setSyncCommits(false);
        var workedOff = new WorkedOff();
        properties.setCommitCallback(workedOff::answered);
        properties.setMessageListener((BatchMessageListener<byte[], byte[]>) records -> {
            deliver(topic, records, handler, loop);
            workedOff.add(records);
        });
        properties.setConsumerRebalanceListener(new Rebalances(loop, handler, workedOff));
        var container = new KafkaMessageListenerContainer<>(
                new FreshConsumers(clientProperties, settings.maxBatch()), properties);
        container.setBeanName("linbox-" + topic.name().toLowerCase(Locale.ROOT) + "-" + number);
        container.setCommonErrorHandler(retryForEver(topic, loop));
        return container;
    }

    private DefaultErrorHandler retryForEver(Topic topic, Loop loop) {
        var handler = new DefaultErrorHandler(
                new FixedBackOff(settings.retryBackoff().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        // Spring would pass over the records of some failures, and of all that it was not told about.
        handler.setClassifications(Map.of(), true);
        handler.setLogLevel(org.springframework.kafka.KafkaException.Level.DEBUG);
        handler.setRetryListeners(new HeldUp(topic, loop));
        return handler;
    }

    private void deliver(Topic topic, List<ConsumerRecord<byte[], byte[]>> records, BatchHandler handler, Loop loop) {
        List<JournalRecord> batch = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JournalRecord readable = readable(record);
            if (readable != null) {
                batch.add(readable);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        try {
            handler.handle(batch);
        } catch (Error e) {
            // It would end the thread without a word.
            throw new IllegalStateException(e);
        }
        loop.goesOn();
        meters.batch(topic, batch.size());
        meters.batchHandled(topic, System.nanoTime() - began);
    }

    private @Nullable JournalRecord readable(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(KafkaRequestLog.ORIGIN_HEADER);
        try {
            if (header == null || record.value() == null) {
                throw new IllegalArgumentException("a record without an origin or a value");
            }
            return new JournalRecord(Origin.ofBytes(header.value()).at(trace(record)), record);
        } catch (IllegalArgumentException e) {
            deadLetters.bury(record, e);
            return null;
        }
    }

    private static @Nullable TraceContext trace(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(TraceContext.HEADER);
        return header == null || header.value() == null
                ? null
                : TraceContext.parse(new String(header.value(), StandardCharsets.US_ASCII));
    }

    /** What a thread does when it is given partitions or has to give some away. */
    private record Rebalances(Loop loop, BatchHandler handler, WorkedOff workedOff)
            implements ConsumerAwareRebalanceListener {

        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            workedOff.commitKept(consumer, partitions);
            loop.assigned(partitions.size());
            handler.onReassigned();
        }

        @Override
        public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            workedOff.handOver(consumer, partitions);
            loop.revoked(partitions.size());
        }

        @Override
        public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            workedOff.lost(partitions);
            loop.revoked(partitions.size());
        }
    }

    /** Makes the clients of the containers. */
    private static final class FreshConsumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

        private final int maxBatch;

        FreshConsumers(Map<String, Object> properties, int maxBatch) {
            super(properties);
            this.maxBatch = maxBatch;
        }

        @Override
        protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> properties) {
            return new FreshConsumer(properties, maxBatch);
        }
    }

    /** Says once, and not at every attempt, that a batch is held up. */
    private final class HeldUp implements org.springframework.kafka.listener.RetryListener {

        private final Topic topic;
        private final Loop loop;

        HeldUp(Topic topic, Loop loop) {
            this.topic = topic;
            this.loop = loop;
        }

        @Override
        public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception cause, int attempt) {
            // Only batches are delivered here.
        }

        @Override
        public void failedDelivery(
                org.apache.kafka.clients.consumer.ConsumerRecords<?, ?> records,
                @Nullable Exception cause,
                int attempt) {
            loop.heldUp(cause);
            meters.retried(topic);
            if (attempt == 1) {
                log.warn("{} records of {} wait until this is over", records.count(), topic.topicName(), cause);
            }
        }
    }
}

package com.linbox.journal;

import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@EnableConfigurationProperties({JournalSettings.class, KafkaProperties.class})
class JournalConfiguration {

    @Bean
    JournalMeters journalMeters(MeterRegistry registry) {
        return new JournalMeters(registry);
    }

    @Bean(destroyMethod = "close")
    Producer<byte[], byte[]> journalProducer(KafkaProperties kafka, JournalSettings settings) {
        Topics.createAbsent(kafka.buildAdminProperties(), settings);
        Producer<byte[], byte[]> producer = new QuicklyClosed(producerProperties(kafka, settings));
        learnTopics(producer, settings);
        return producer;
    }

    @Bean
    RequestLog requestLog(Producer<byte[], byte[]> producer, JournalSettings settings, JournalMeters meters) {
        return new KafkaRequestLog(producer, settings.buffer().toBytes(), meters);
    }

    @Bean(destroyMethod = "close")
    JournalAdmin journalAdmin(KafkaProperties kafka) {
        return new JournalAdmin(kafka.buildAdminProperties());
    }

    @Bean
    KafkaProbe kafkaProbe(JournalAdmin admin) {
        return new KafkaProbe(admin);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LagWatch lagWatch(JournalAdmin admin, JournalMeters meters) {
        return new LagWatch(admin, meters, LagWatch.PERIOD);
    }

    @Bean
    KafkaDeadLetters deadLetters(Producer<byte[], byte[]> producer, JournalSettings settings, JournalMeters meters) {
        return new KafkaDeadLetters(producer, settings.publishTimeout().plusSeconds(1), meters);
    }

    @Bean
    KafkaDeadLetterArchive deadLetterArchive(
            KafkaProperties kafka, Producer<byte[], byte[]> producer, JournalSettings settings, JournalMeters meters) {
        Map<String, Object> properties = new HashMap<>(kafka.buildConsumerProperties());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        // An operator looks at them; all that a broker gives at once would be 50 MB.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaDeadLetterArchive(
                () -> new KafkaConsumer<>(properties), producer, settings.publishTimeout(), meters);
    }

    @Bean
    KafkaRouters routers(JournalAdmin admin, LagWatch lag) {
        return new KafkaRouters(admin, lag);
    }

    @Bean
    RequestLogConsumers requestLogConsumers(
            KafkaProperties kafka,
            JournalSettings settings,
            KafkaDeadLetters deadLetters,
            JournalMeters meters,
            Tracing tracing) {
        Map<String, Object> properties = new HashMap<>(kafka.buildConsumerProperties());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where no offset is committed yet, nothing may be passed over.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FreshPolls.half(settings.maxBatch()));
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                settings.sessionTimeout().toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) settings.sessionTimeout().toMillis() / 3);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new RequestLogConsumers(properties, settings, deadLetters, meters, tracing);
    }

    private static Map<String, Object> producerProperties(KafkaProperties kafka, JournalSettings settings) {
        Map<String, Object> properties = new HashMap<>(kafka.buildProducerProperties());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, (int) settings.linger().toMillis());
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        // While a request is on its way the next one grows: the busier a broker, the fewer and larger they are.
        properties.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Twice what is ever asked of it, because batches are not filled to the brim.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.buffer().toBytes() * 2);
        int publishTimeout = (int) settings.publishTimeout().toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, publishTimeout);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, publishTimeout / 3);
        // send() is called on event loops, which must never wait: the topics are known beforehand and never forgotten.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        properties.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis());
        return properties;
    }

    /** Waits until the producer knows where every topic lives. */
    private static void learnTopics(Producer<byte[], byte[]> producer, JournalSettings settings) {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        for (Topic topic : Topic.values()) {
            while (true) {
                try {
                    producer.partitionsFor(topic.topicName());
                    break;
                } catch (TimeoutException e) {
                    if (System.nanoTime() > deadline) {
                        producer.close(Duration.ZERO);
                        throw new IllegalStateException("Kafka: topic " + topic.topicName() + " is unknown", e);
                    }
                    Topics.pause(Duration.ofMillis(5));
                }
            }
        }
    }

    /** What still waits at the end of the process is given a moment, not as long as Kafka is away. */
    private static final class QuicklyClosed extends KafkaProducer<byte[], byte[]> {

        private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);

        QuicklyClosed(Map<String, Object> properties) {
            super(properties);
        }

        @Override
        public void close() {
            close(LONGEST_CLOSE);
        }
    }
}

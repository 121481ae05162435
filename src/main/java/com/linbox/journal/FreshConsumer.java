package com.linbox.journal;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A consumer with {@link FreshPolls}. */
final class FreshConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** A broker that has anything answers in less. */
    private static final Duration SECOND_LOOK = Duration.ofMillis(1);

    private final FreshPolls polls;

    /** @param most how many records a poll gives at most */
    FreshConsumer(Map<String, Object> properties, int most) {
        super(properties);
        this.polls = new FreshPolls(most, AT_ONCE, SECOND_LOOK);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return polls.poll(super::poll, this::assignment, timeout);
    }
}

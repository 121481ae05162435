package com.linbox.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** {@link DeadLetterArchive} by a consumer of no group, made for each question: it commits nothing and is in nobody's way. */
final class KafkaDeadLetterArchive implements DeadLetterArchive {

    /** Names the dead letter, {@code partition@offset}, that a record was before it was sent again. */
    static final String REPLAY_HEADER = "linbox.replay-of";

    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int LARGEST_PAGE = 200;
    private static final Pattern PLACE = Pattern.compile("(.+)-\\d+@\\d+");
    private static final Pattern CURSOR = Pattern.compile("\\d{1,5}:\\d{1,18}(?:,\\d{1,5}:\\d{1,18}){0,999}");
    private static final Map<String, Topic> TOPICS = Arrays.stream(Topic.values())
            .filter(topic -> topic != Topic.DEAD)
            .collect(Collectors.toUnmodifiableMap(Topic::topicName, topic -> topic));

    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final Producer<byte[], byte[]> producer;
    private final Duration publishTimeout;
    private final JournalMeters meters;

    /** @param consumers makes one that belongs to no group, to be closed by whoever asked for it */
    KafkaDeadLetterArchive(
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Duration publishTimeout,
            JournalMeters meters) {
        this.consumers = consumers;
        this.producer = producer;
        this.publishTimeout = publishTimeout;
        this.meters = meters;
    }

    /** A part of one partition: from an offset on, up to another, without that one. */
    private record Span(long from, long upTo) {

        boolean isEmpty() {
            return from >= upTo;
        }
    }

    @Override
    public synchronized Page newest(@Nullable String before, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + LARGEST_PAGE + ")");
        }
        Map<Integer, Long> ends = cursor(before);
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Map<TopicPartition, Span> all = spans(consumer);
            Map<TopicPartition, Span> wanted = new LinkedHashMap<>();
            all.forEach((partition, span) -> {
                long upTo = Math.min(span.upTo(), ends.getOrDefault(partition.partition(), Long.MAX_VALUE));
                // More of one partition than a page has cannot be on it.
                wanted.put(partition, new Span(Math.max(span.from(), upTo - limit), upTo));
            });
            Map<Integer, Deque<DeadLetter>> read = new TreeMap<>();
            read(consumer, wanted, record -> read.computeIfAbsent(record.partition(), any -> new ArrayDeque<>())
                    .addFirst(letter(record)));
            List<DeadLetter> page = merged(read, limit);
            return new Page(page, older(page, all, wanted));
        } catch (KafkaException e) {
            throw new JournalUnavailableException(e);
        }
    }

    /** The newest of each partition's newest, over and over, so that what is left over of a partition is older than what was taken. */
    private static List<DeadLetter> merged(Map<Integer, Deque<DeadLetter>> read, int limit) {
        List<DeadLetter> page = new ArrayList<>();
        while (page.size() < limit) {
            Deque<DeadLetter> next = read.values().stream()
                    .filter(left -> !left.isEmpty())
                    .max(Comparator.comparingLong(left -> left.getFirst().buriedAt()))
                    .orElse(null);
            if (next == null) {
                break;
            }
            page.add(next.removeFirst());
        }
        return page;
    }

    /** Of each partition up to where it was taken; null where nothing comes before that. */
    private static @Nullable String older(
            List<DeadLetter> page, Map<TopicPartition, Span> all, Map<TopicPartition, Span> wanted) {
        Map<Integer, Long> ends = new TreeMap<>();
        wanted.forEach((partition, span) -> ends.put(partition.partition(), span.upTo()));
        page.forEach(letter -> ends.merge(letter.partition(), letter.offset(), Math::min));
        boolean more = all.entrySet().stream()
                .anyMatch(partition -> ends.getOrDefault(partition.getKey().partition(), 0L)
                        > partition.getValue().from());
        return more
                ? ends.entrySet().stream()
                        .map(end -> end.getKey() + ":" + end.getValue())
                        .collect(Collectors.joining(","))
                : null;
    }

    private static Map<Integer, Long> cursor(@Nullable String text) {
        Map<Integer, Long> ends = new HashMap<>();
        if (text != null) {
            if (!CURSOR.matcher(text).matches()) {
                throw new IllegalArgumentException("before: not where a page ended");
            }
            for (String end : text.split(",")) {
                String[] parts = end.split(":");
                ends.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
            }
        }
        return ends;
    }

    @Override
    public synchronized @Nullable Content find(int partition, long offset) {
        ConsumerRecord<byte[], byte[]> record = record(partition, offset);
        return record == null
                ? null
                : new Content(letter(record), record.value() == null ? new byte[0] : record.value());
    }

    private @Nullable ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            TopicPartition asked = new TopicPartition(Topic.DEAD.topicName(), partition);
            Span there = spans(consumer).get(asked);
            if (there == null || offset < there.from() || offset >= there.upTo()) {
                return null;
            }
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            read(consumer, Map.of(asked, new Span(offset, offset + 1)), found::add);
            return found.isEmpty() ? null : found.get(0);
        } catch (KafkaException e) {
            throw new JournalUnavailableException(e);
        }
    }

    private static Map<TopicPartition, Span> spans(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.DEAD.topicName(), LONGEST_QUESTION).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions, LONGEST_QUESTION);
        Map<TopicPartition, Long> upTo = consumer.endOffsets(partitions, LONGEST_QUESTION);
        Map<TopicPartition, Span> spans = new LinkedHashMap<>();
        partitions.forEach(partition ->
                spans.put(partition, new Span(from.getOrDefault(partition, 0L), upTo.getOrDefault(partition, 0L))));
        return spans;
    }

    private static void read(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Span> spans,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> found) {
        Map<TopicPartition, Span> left = new HashMap<>(spans);
        left.values().removeIf(Span::isEmpty);
        consumer.assign(left.keySet());
        left.forEach((partition, span) -> consumer.seek(partition, span.from()));
        long deadline = System.nanoTime() + LONGEST_QUESTION.toNanos();
        while (!left.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Span span = left.get(new TopicPartition(record.topic(), record.partition()));
                if (span != null && record.offset() < span.upTo()) {
                    found.accept(record);
                }
            }
            left.entrySet()
                    .removeIf(span ->
                            consumer.position(span.getKey()) >= span.getValue().upTo());
            consumer.pause(consumer.assignment().stream()
                    .filter(partition -> !left.containsKey(partition))
                    .toList());
            if (System.nanoTime() > deadline) {
                throw new JournalUnavailableException(null);
            }
        }
    }

    @Override
    public synchronized boolean replay(int partition, long offset) {
        ConsumerRecord<byte[], byte[]> record = record(partition, offset);
        if (record == null) {
            return false;
        }
        Topic topic = topicOf(text(record, KafkaDeadLetters.PLACE_HEADER));
        if (topic == null) {
            throw new IllegalStateException("the letter does not say which topic it comes from");
        }
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!isOurs(header.key())) {
                headers.add(header);
            }
        }
        // Without the record's own time: one that is long over would let Kafka delete it before it is read.
        var again = new ProducerRecord<>(topic.topicName(), null, record.key(), record.value(), headers);
        again.headers().add(REPLAY_HEADER, (partition + "@" + offset).getBytes(StandardCharsets.US_ASCII));
        publish(topic, again);
        return true;
    }

    private void publish(Topic topic, ProducerRecord<byte[], byte[]> record) {
        long began = System.nanoTime();
        try {
            producer.send(record).get(publishTimeout.toMillis(), TimeUnit.MILLISECONDS);
            meters.published(topic, System.nanoTime() - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalUnavailableException(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            meters.publishFailed();
            throw new JournalUnavailableException(e);
        }
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        String place = text(record, KafkaDeadLetters.PLACE_HEADER);
        String replayOf = text(record, REPLAY_HEADER);
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            if (!isOurs(header.key()) && !header.key().equals(KafkaRequestLog.ORIGIN_HEADER)) {
                headers.put(header.key(), text(header.value()));
            }
        }
        return new DeadLetter(
                record.partition(),
                record.offset(),
                buriedAt(record),
                place,
                topicOf(place),
                text(record, KafkaDeadLetters.CAUSE_HEADER),
                origin(record),
                replayOf.isEmpty() ? null : replayOf,
                text(record.key()),
                record.value() == null ? 0 : record.value().length,
                headers);
    }

    private static boolean isOurs(String header) {
        return header.equals(KafkaDeadLetters.PLACE_HEADER)
                || header.equals(KafkaDeadLetters.CAUSE_HEADER)
                || header.equals(KafkaDeadLetters.BURIED_HEADER)
                || header.equals(REPLAY_HEADER);
    }

    private static long buriedAt(ConsumerRecord<byte[], byte[]> record) {
        String text = text(record, KafkaDeadLetters.BURIED_HEADER);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : record.timestamp();
    }

    private static @Nullable Topic topicOf(String place) {
        Matcher parts = PLACE.matcher(place);
        return parts.matches() ? TOPICS.get(parts.group(1)) : null;
    }

    private static @Nullable Origin origin(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(KafkaRequestLog.ORIGIN_HEADER);
        try {
            return header == null || header.value() == null ? null : Origin.ofBytes(header.value());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}

package com.linbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTests {

    @TempDir
    Path folder;

    @Test
    void recordsSurviveARestartOnOtherPorts() throws Exception {
        try (EmbeddedKafka first = started()) {
            createTopic(first);
            try (var producer = new KafkaProducer<>(at(first), new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("kept", "key", "value")).get();
            }
        }
        try (EmbeddedKafka second = started();
                var consumer = new KafkaConsumer<>(
                        with(at(second), Map.of("group.id", "readers", "auto.offset.reset", "earliest")),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.subscribe(Set.of("kept"));
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(20));
            assertThat(records).extracting(record -> record.value()).containsExactly("value");
        }
    }

    @Test
    void aPortInUseIsNamed() {
        try (EmbeddedKafka first = started();
                EmbeddedKafka second =
                        new EmbeddedKafka(folder.resolve("second"), portOf(first), LoopbackPorts.free())) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(EngineFailedException.class)
                    .hasMessageContaining("port %d", portOf(first))
                    .hasMessageContaining("in use");
        }
    }

    private EmbeddedKafka started() {
        EmbeddedKafka engine = new EmbeddedKafka(folder.resolve("first"), LoopbackPorts.free(), LoopbackPorts.free());
        engine.start();
        return engine;
    }

    private static int portOf(EmbeddedKafka engine) {
        return Integer.parseInt(engine.bootstrapServers().split(":")[1]);
    }

    private static Map<String, Object> at(EmbeddedKafka engine) {
        return Map.of("bootstrap.servers", engine.bootstrapServers());
    }

    private static Map<String, Object> with(Map<String, Object> settings, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    private static void createTopic(EmbeddedKafka engine) throws Exception {
        try (Admin admin = Admin.create(at(engine))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}

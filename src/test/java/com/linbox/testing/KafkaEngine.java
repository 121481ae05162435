package com.linbox.testing;

import com.linbox.embedded.EmbeddedKafka;
import com.linbox.embedded.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/** A Kafka of one broker without topics. */
public final class KafkaEngine implements Engine {

    private String bootstrapServers = "not started";

    @Override
    public void start() throws Exception {
        if (Docker.isAvailable()) {
            // Ended by Testcontainers with the JVM.
            @SuppressWarnings("resource")
            KafkaContainer container =
                    new KafkaContainer("apache/kafka:4.2.1").withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
            container.start();
            bootstrapServers = container.getBootstrapServers();
        } else {
            Path folder = TemporaryFolder.create("kafka");
            EmbeddedKafka kafka = new EmbeddedKafka(folder, LoopbackPorts.free(), LoopbackPorts.free());
            kafka.start();
            AtExit.run(kafka::close);
            bootstrapServers = kafka.bootstrapServers();
        }
    }

    /** Such as {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("spring.kafka.bootstrap-servers", bootstrapServers);
    }
}

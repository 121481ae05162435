package com.linbox.embedded;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Where the engines listen on 127.0.0.1. Under the profile {@code backing} these are settings.
 *
 * @param kafkaPort Kafka, for clients
 * @param kafkaControllerPort Kafka's broker and controller among themselves
 * @param zookeeperPort ZooKeeper
 * @param redisPort Redis
 * @param h2Port H2
 */
record EnginePorts(
        @DefaultValue("9092") int kafkaPort,
        @DefaultValue("9093") int kafkaControllerPort,
        @DefaultValue("2181") int zookeeperPort,
        @DefaultValue("6379") int redisPort,
        @DefaultValue("9123") int h2Port) {

    static final String PREFIX = "linbox.backing";

    EnginePorts {
        check("kafka-port", kafkaPort);
        check("kafka-controller-port", kafkaControllerPort);
        check("zookeeper-port", zookeeperPort);
        check("redis-port", redisPort);
        check("h2-port", h2Port);
    }

    static EnginePorts free() {
        return new EnginePorts(
                LoopbackPorts.free(),
                LoopbackPorts.free(),
                LoopbackPorts.free(),
                LoopbackPorts.free(),
                LoopbackPorts.free());
    }

    private static void check(String name, int port) {
        if (port < 1 || port > 65_535) {
            throw new InvalidConfigurationPropertyValueException(PREFIX + "." + name, port, "expected: 1..65535");
        }
    }
}

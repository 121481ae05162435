package com.linbox.embedded;

import com.linbox.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Path;

/** The engines alone, in a process of their own, as a cluster on one machine uses them. */
final class BackingProcess {

    private BackingProcess() {}

    /** Starts them on these ports, with their data below this folder, and returns at once. */
    static JarProcess start(Path folder, EnginePorts ports) throws IOException {
        return JarProcess.start(
                folder,
                "--spring.profiles.active=backing",
                "--linbox.backing.kafka-port=" + ports.kafkaPort(),
                "--linbox.backing.kafka-controller-port=" + ports.kafkaControllerPort(),
                "--linbox.backing.zookeeper-port=" + ports.zookeeperPort(),
                "--linbox.backing.redis-port=" + ports.redisPort(),
                "--linbox.backing.h2-port=" + ports.h2Port());
    }
}

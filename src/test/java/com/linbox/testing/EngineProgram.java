package com.linbox.testing;

import com.linbox.embedded.EmbeddedEngine;
import com.linbox.embedded.EmbeddedKafka;
import com.linbox.embedded.EmbeddedZooKeeper;
import com.linbox.embedded.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Kafka or ZooKeeper as a process of its own. */
public final class EngineProgram {

    private static final String READY = "The engine is ready.";

    private EngineProgram() {}

    /** A Kafka of one broker, not started. */
    public static ServerProcess kafka(String name, int port, String... jvmOptions) throws IOException {
        return process(name, List.of(jvmOptions), "kafka", port, LoopbackPorts.free());
    }

    /** A single ZooKeeper, not started. */
    public static ServerProcess zooKeeper(String name, int port, String... jvmOptions) throws IOException {
        return process(name, List.of(jvmOptions), "zookeeper", port);
    }

    private static ServerProcess process(String name, List<String> jvmOptions, String engine, int... ports)
            throws IOException {
        Path folder = TemporaryFolder.create(engine);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EngineProgram.class.getName(),
                engine,
                folder.resolve("data").toString()));
        for (int port : ports) {
            command.add(Integer.toString(port));
        }
        return new ServerProcess(name, command, folder.resolve("log"), said -> said.contains(READY));
    }

    /** Takes the engine's name, its folder and its ports, and runs until it is told to end. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        EmbeddedEngine engine = arguments[0].equals("kafka")
                ? new EmbeddedKafka(folder, port, Integer.parseInt(arguments[3]))
                : new EmbeddedZooKeeper(folder, port);
        engine.start();
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}

package com.linbox.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts the engines of {@code standalone} and {@code backing} before there is any bean, so that they start while Spring
 * does, and stops them when every bean is gone. Beans find them through the usual properties.
 *
 * <p>Redis, ZooKeeper and H2 answer before the first bean is made. Kafka, which takes longest, answers before the first
 * lifecycle bean is started: whoever uses it earlier waits for it as for any Kafka that is still starting.
 */
final class EmbeddedEnginesInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedEnginesInitializer.class);
    private static final String BEAN = "embeddedEngines";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (environment.acceptsProfiles(Profiles.of("standalone", "backing"))) {
            // Before anything has been started in vain, and long before those who listen there would say so.
            RedisBinary.requireAvailable();
            requireFree(environment, "clients", "linbox.gateway.host", "linbox.gateway.port");
            requireFree(environment, "WebSocket", "linbox.gateway.host", "linbox.gateway.ws.port");
            requireFree(environment, "back ends", "linbox.rpc.host", "linbox.rpc.port");
            requireFree(environment, "HTTP", "server.address", "server.port");
            EmbeddedEngines engines = engines(environment);
            // Closes them also if the context does not come to life.
            SpringApplication.getShutdownHandlers().add(engines::close);
            environment.getPropertySources().addFirst(new MapPropertySource(BEAN, properties(engines)));
            wire(engines, context);
            engines.start();
        }
    }

    private static void requireFree(Environment environment, String purpose, String hostName, String portName) {
        int port = environment.getProperty(portName, Integer.class, 0);
        String host = environment.getProperty(hostName, "");
        boolean here = environment.acceptsProfiles(Profiles.of("standalone"));
        if (here && port > 0 && !host.isEmpty()) {
            LoopbackPorts.requireFree(purpose + " (" + portName + ")", host, port);
        }
    }

    private static EmbeddedEngines engines(Environment environment) {
        Path path = Path.of(environment.getProperty("linbox.data-dir", "data"));
        boolean backing = environment.acceptsProfiles(Profiles.of("backing"));
        EnginePorts ports = backing
                ? Binder.get(environment).bindOrCreate(EnginePorts.PREFIX, EnginePorts.class)
                : EnginePorts.free();
        DataFolder folder = DataFolder.take(path);
        return new EmbeddedEngines(
                folder,
                List.of(
                        new EmbeddedKafka(
                                folder.path().resolve("kafka"),
                                ports.kafkaPort(),
                                ports.kafkaControllerPort(),
                                EmbeddedEnginesInitializer::stopWithoutKafka),
                        new EmbeddedZooKeeper(folder.path().resolve("zookeeper"), ports.zookeeperPort()),
                        new EmbeddedRedis(folder.path().resolve("redis"), ports.redisPort()),
                        backing
                                ? new EmbeddedH2(folder.path().resolve("h2"), ports.h2Port())
                                : new EmbeddedH2(folder.path().resolve("h2"))));
    }

    private static void stopWithoutKafka(String reason) {
        log.error("Kafka inside this process cannot go on, so this process ends: {}", reason);
        // Not on the caller's thread, which is one of Kafka's that its own end waits for.
        new Thread(() -> System.exit(1), "stop-without-kafka").start();
    }

    private static Map<String, Object> properties(EmbeddedEngines engines) {
        return new LinkedHashMap<>(engines.properties());
    }

    private static void wire(EmbeddedEngines engines, ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> engines.await(engine -> !(engine instanceof EmbeddedKafka)));
        var beans = ((GenericApplicationContext) context).getDefaultListableBeanFactory();
        // What is registered first is destroyed last, and the first definition is the first to hear that all are made.
        beans.registerSingleton(BEAN, engines);
        beans.registerDisposableBean(BEAN, engines::close);
        registerKafkaGate(engines, beans);
    }

    private static void registerKafkaGate(EmbeddedEngines engines, BeanDefinitionRegistry beans) {
        RootBeanDefinition gate = new RootBeanDefinition(
                SmartInitializingSingleton.class, () -> () -> engines.await(EmbeddedKafka.class::isInstance));
        beans.registerBeanDefinition("embeddedKafkaGate", gate);
    }
}

/**
 * Kafka, ZooKeeper, Redis and H2 inside this process, for stand-alone ({@code standalone}) and for trying a cluster on one
 * machine ({@code backing}). They are the real servers, listening on 127.0.0.1 only; nothing else of LINBOX knows that
 * they are here.
 *
 * <table>
 *   <caption>Where they are</caption>
 *   <tr><th>engine</th><th>folder under {@code linbox.data-dir}</th><th>port under standalone</th>
 *       <th>port under backing, and its setting</th></tr>
 *   <tr><td>Kafka</td><td>{@code kafka}</td><td>any free</td><td>9092, {@code linbox.backing.kafka-port}; 9093 for its
 *       controller, {@code linbox.backing.kafka-controller-port}</td></tr>
 *   <tr><td>ZooKeeper</td><td>{@code zookeeper}</td><td>any free</td><td>2181,
 *       {@code linbox.backing.zookeeper-port}</td></tr>
 *   <tr><td>Redis</td><td>{@code redis}, with its log and the program itself</td><td>any free</td><td>6379,
 *       {@code linbox.backing.redis-port}</td></tr>
 *   <tr><td>H2, as MySQL</td><td>{@code h2}</td><td>none</td><td>9123, {@code linbox.backing.h2-port}</td></tr>
 * </table>
 *
 * <p>{@code linbox.lock} in the folder is locked by the process that uses it. {@code kill -9} loses nothing that an engine
 * had acknowledged, and leaves no Redis behind.
 *
 * <p>Starting points: {@link com.linbox.embedded.EmbeddedEngine}; {@code EmbeddedEnginesInitializer}, which Spring Boot
 * finds in {@code META-INF/spring.factories}. Tests use the engines one by one.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

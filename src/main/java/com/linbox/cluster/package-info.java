/**
 * What ZooKeeper tells: which gateways live, which instances of the rpc role, and which settings have other values than the
 * processes started with.
 *
 * <table>
 * <caption>Nodes</caption>
 * <tr><th>path</th><th>kind</th><th>data</th></tr>
 * <tr><td>{@code /linbox/gateways/<id>}</td><td>ephemeral</td><td>JSON: {@code host}, {@code port},
 * {@code tls_port}, {@code ws_port}, {@code wss_port}, {@code connections} (how many are signed in), {@code since} (milliseconds since the epoch),
 * {@code leaving} (whether it is about to stop: messages still reach its clients by it, and no new ones are sent there)</td></tr>
 * <tr><td>{@code /linbox/settings/<name>}</td><td>persistent, made by operators, with ZooKeeper's own client or in the console</td><td>a setting's value as text; the name
 * is that of a settings file, such as {@code linbox.gateway.idle-timeout}</td></tr>
 * <tr><td>{@code /dubbo/<interface>/providers/<URL>}</td><td>ephemeral</td><td>none: the URL, percent-encoded, says
 * everything. It is the layout of Dubbo's own registry, by which its consumers from 2.7 on find providers;
 * 127.0.0.1 stands there as 2130706433, because Dubbo's consumers would go elsewhere</td></tr>
 * </table>
 *
 * <p>Starting points: {@link com.linbox.cluster.GatewayRegistry} for a gateway that announces itself,
 * {@link com.linbox.cluster.LivingGateways} and {@link com.linbox.cluster.GatewayDirectory} for everybody else;
 * {@link com.linbox.cluster.ProviderRegistry} for the rpc role; {@link com.linbox.cluster.SettingsNodes} to change settings.
 */
@ApplicationModule(allowedDependencies = {"message", "settings", "health"})
@NullMarked
package com.linbox.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

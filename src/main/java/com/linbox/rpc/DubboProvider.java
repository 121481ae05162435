package com.linbox.rpc;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.url.component.ServiceConfigURL;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.model.ModuleModel;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Dubbo as LINBOX has it: nothing but services, their two protocols and one port. */
final class DubboProvider implements AutoCloseable {

    private static final String APPLICATION = "linbox";
    private static final int MAX_CONNECTIONS = 4096;
    private static final int MAX_CALL = 4 * 1024 * 1024;

    /** What Dubbo's own classes of settings have no place for. */
    private static final Map<String, String> OPTIONS = Map.of(
            // Spring stops LINBOX, and LINBOX Dubbo.
            "dubbo.shutdownHook.listenIgnore", "true",
            "dubbo.protocol.triple.servlet.enabled", "false",
            "dubbo.protocol.triple.verbose", "false");

    /** What Dubbo would do to calls, and LINBOX does by itself or not at all. */
    private static final String FILTERS =
            "-exception,-monitor,-metrics-provider,-accesslog,-trace,-observationreceiver";

    /** Of an exported URL, what callers are to know of it. */
    private static final List<String> ANNOUNCED = List.of(
            "application",
            "deprecated",
            "dubbo",
            "dynamic",
            "generic",
            "interface",
            "methods",
            "release",
            "revision",
            "serialization",
            "side",
            "timeout",
            "timestamp");

    private final RpcSettings settings;
    private final ListeningPlace place;
    private final FrameworkModel framework = new FrameworkModel();

    DubboProvider(RpcSettings settings, CallGate gate) {
        this.settings = settings;
        this.place = new ListeningPlace(settings.host(), settings.port(), tls(settings.tls()));
        framework.getBeanFactory().registerBean(place);
        framework.getBeanFactory().registerBean(gate);
    }

    /** What Dubbo asks of the JVM rather than of its own configuration. An operator's word goes before ours. */
    static void prepareJvm() {
        Map.of(
                        "dubbo.application.logger", "slf4j",
                        // The others do not run on Java 25, or know no records.
                        "dubbo.json-framework.prefer", "fastjson2")
                .forEach((name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    /**
     * Opens the port and serves these; nobody is answered before all of them are there.
     *
     * @return Dubbo's URL of each, with this server's host, in their order
     * @throws RpcBindException where the port cannot be listened on
     */
    List<URL> export(List<Service<?>> services) {
        // The default one, because some of Dubbo's settings are looked for there only.
        ApplicationModel application = framework.defaultApplication();
        application.modelEnvironment().updateAppConfigMap(OPTIONS);
        application.getApplicationConfigManager().setApplication(application());
        ModuleModel module = application.newModule();
        ProtocolConfig protocol = protocol();
        try {
            List<URL> exported = services.stream()
                    .map(service -> export(service, module, protocol))
                    .toList();
            place.letIn();
            return exported;
        } catch (RuntimeException e) {
            throw bindFailure(e);
        }
    }

    private <T> URL export(Service<T> service, ModuleModel module, ProtocolConfig protocol) {
        ServiceConfig<T> config = config(service, module, protocol);
        config.export();
        URL exported = config.getExportedUrls().stream()
                .filter(url -> url.getProtocol().equals(protocol.getName()))
                .findFirst()
                .orElseThrow();
        Map<String, String> announced = new HashMap<>(exported.getParameters());
        announced.keySet().retainAll(ANNOUNCED);
        announced.putAll(service.advice());
        if (settings.tls() != null) {
            announced.put("ssl-enabled", "true");
        }
        return new ServiceConfigURL(
                protocol.getName(),
                address().getAddress().getHostAddress(),
                address().getPort(),
                exported.getPath(),
                announced);
    }

    private static RuntimeException bindFailure(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RpcBindException bind) {
                return bind;
            }
        }
        return failure;
    }

    private static ApplicationConfig application() {
        ApplicationConfig application = new ApplicationConfig(APPLICATION);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        application.setRegisterMode("interface");
        application.setSerializeCheckStatus("STRICT");
        application.setShutwait("1000");
        return application;
    }

    private static @Nullable SslContext tls(RpcSettings.@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        try {
            SslContextBuilder context = SslContextBuilder.forServer(file(tls.certificate()), file(tls.privateKey()))
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1));
            if (tls.clientCa() != null) {
                context.trustManager(tls.clientCa().toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            return context.build();
        } catch (IllegalArgumentException | SSLException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "linbox.rpc.tls", tls.certificate(), "certificate, private-key and client-ca: " + e.getMessage());
        }
    }

    private static File file(@Nullable Path path) {
        return Objects.requireNonNull(path).toFile();
    }

    private ProtocolConfig protocol() {
        ProtocolConfig protocol = new ProtocolConfig("dubbo");
        protocol.setHost(hostForDubbo());
        protocol.setPort(place.wanted().getPort());
        protocol.setExtProtocol("tri");
        protocol.setSerialization("hessian2");
        protocol.setThreadpool("fixed");
        protocol.setThreads(settings.threads());
        protocol.setAccepts(MAX_CONNECTIONS);
        protocol.setPayload(MAX_CALL);
        // Commands over telnet, of which there is none of this name.
        protocol.setParameters(Map.of("transporter", ListenerTransporter.NAME, "telnet", "none"));
        return protocol;
    }

    private String hostForDubbo() {
        InetAddress address = place.wanted().getAddress();
        return address.isLoopbackAddress() ? nameOf(address) : settings.host();
    }

    /**
     * An address as Dubbo will have it. Both its ends take 127.0.0.1 for a mistake and go to another of the machine's addresses;
     * the same four bytes written as one number, which is as good a literal of an address, they leave alone.
     */
    static String nameOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress() && bytes.length == Integer.BYTES
                ? Integer.toUnsignedString(ByteBuffer.wrap(bytes).getInt())
                : address.getHostAddress();
    }

    private <T> ServiceConfig<T> config(Service<T> service, ModuleModel module, ProtocolConfig protocol) {
        ServiceConfig<T> config = new ServiceConfig<>(module);
        config.setInterface(service.type());
        config.setRef(service.implementation());
        config.setProtocol(protocol);
        // With a registry, be it none, comes a service of metadata and a port for it.
        config.setRegister(false);
        config.setScope("remote");
        config.setProxy(DirectCalls.NAME);
        config.setFilter(FILTERS);
        config.setTimeout((int) settings.longestDeadline().plusSeconds(2).toMillis());
        return config;
    }

    /** Where the port is; there once services are exported. */
    InetSocketAddress address() {
        return Objects.requireNonNull(place.bound());
    }

    /** How many callers are connected. */
    int connections() {
        return place.connections();
    }

    /** The port first, with all connections: Dubbo takes its services away one by one, and who calls meanwhile is told there is none. */
    @Override
    public void close() {
        place.close();
        framework.destroy();
    }
}

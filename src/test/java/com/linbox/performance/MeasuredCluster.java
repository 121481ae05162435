package com.linbox.performance;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.EngineProcesses;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster as an operator runs one: nothing is held back, and every write is synced. */
final class MeasuredCluster implements AutoCloseable {

    /** The collector is the JVM's own choice. */
    private static final String[] USUAL_JVM = {"-Xmx512m"};

    private static final Pattern ALLOCATED =
            Pattern.compile("^jvm_gc_memory_allocated_bytes_total\\S* (\\S+)$", Pattern.MULTILINE);
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

    private final Map<String, ServerProcess> roles = new LinkedHashMap<>();
    private final Map<String, Integer> actuators = new LinkedHashMap<>();
    private final List<InetSocketAddress> gateways = new ArrayList<>();
    private final int webSocketPort = LoopbackPorts.free();
    private final EngineProcesses engines;
    private final Map<String, String> properties;
    private final String[] gatewayJvm;

    private MeasuredCluster(EngineProcesses engines, String database, int gateways, int routers, String[] gatewayJvm)
            throws Exception {
        this.engines = engines;
        this.gatewayJvm = gatewayJvm;
        this.properties = engines.newDatabase(database, database);
        for (int i = 1; i <= gateways; i++) {
            int port = LoopbackPorts.free();
            this.gateways.add(new InetSocketAddress("127.0.0.1", port));
            add(
                    "gateway " + i,
                    "gateway",
                    Map.of(
                            "linbox.gateway.port",
                            Integer.toString(port),
                            "linbox.gateway.ws.port",
                            Integer.toString(i == 1 ? webSocketPort : 0),
                            "linbox.credential.mode",
                            "open",
                            "linbox.limits.request-rate",
                            "0"));
        }
        for (int i = 1; i <= routers; i++) {
            add("router " + i, "router", Map.of());
        }
    }

    static MeasuredCluster start(EngineProcesses engines, String database, int gateways, int routers) throws Exception {
        return start(engines, database, gateways, routers, USUAL_JVM);
    }

    /**
     * Starts one and waits until all of it is ready.
     *
     * @param database of its own; the engines may have served others before
     * @param gatewayJvm options of each gateway's JVM
     */
    static MeasuredCluster start(
            EngineProcesses engines, String database, int gateways, int routers, String[] gatewayJvm) throws Exception {
        MeasuredCluster cluster = new MeasuredCluster(engines, database, gateways, routers, gatewayJvm);
        for (ServerProcess role : cluster.roles.values()) {
            role.start();
        }
        cluster.roles.values().forEach(role -> role.awaitReady(STARTED_WITHIN));
        return cluster;
    }

    private void add(String name, String role, Map<String, String> more) throws IOException {
        Map<String, String> itsProperties = new HashMap<>(properties);
        itsProperties.put("spring.profiles.active", role);
        int actuator = LoopbackPorts.free();
        actuators.put(name, actuator);
        itsProperties.put("server.port", Integer.toString(actuator));
        itsProperties.putAll(more);
        String[] jvm = role.equals("gateway") ? gatewayJvm : USUAL_JVM;
        roles.put(name, LinboxProcess.operated(name.replace(' ', '-'), itsProperties, jvm));
    }

    List<InetSocketAddress> gateways() {
        return gateways;
    }

    /** Where the first gateway serves WebSocket. */
    int webSocketPort() {
        return webSocketPort;
    }

    ServerProcess role(String name) {
        return roles.get(name);
    }

    /** What each process has taken from the processors since it was started. */
    Map<String, Duration> cpu() {
        Map<String, Duration> cpu = new LinkedHashMap<>();
        roles.forEach((name, process) -> cpu.put(name, cpu(process)));
        for (EngineProcesses.Engine engine : EngineProcesses.Engine.values()) {
            cpu.put(engine.name().toLowerCase(Locale.ROOT), cpu(engines.process(engine)));
        }
        return cpu;
    }

    /** How many bytes each process of LINBOX has allocated since it was started, up to its last collection. */
    Map<String, Double> allocated() throws IOException, InterruptedException {
        Map<String, Double> allocated = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> actuator : actuators.entrySet()) {
            allocated.put(actuator.getKey(), allocated(actuator.getValue()));
        }
        return allocated;
    }

    private static double allocated(int actuator) throws IOException, InterruptedException {
        Matcher allocated = ALLOCATED.matcher(meters(actuator));
        return allocated.find() ? Double.parseDouble(allocated.group(1)) : 0;
    }

    /**
     * What counters stand at, all processes together.
     *
     * @param name as Prometheus has it
     * @param tag by whose values they differ
     */
    Map<String, Long> counted(String name, String tag) throws IOException, InterruptedException {
        Pattern line =
                Pattern.compile("^%s\\{[^}]*%s=\"([^\"]+)\"[^}]*} (\\S+)$".formatted(name, tag), Pattern.MULTILINE);
        Map<String, Long> counted = new TreeMap<>();
        for (int actuator : actuators.values()) {
            Matcher found = line.matcher(meters(actuator));
            while (found.find()) {
                counted.merge(found.group(1), (long) Double.parseDouble(found.group(2)), Long::sum);
            }
        }
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    /** What a meter without tags of its own stands at, all processes together; those that do not have it count as 0. */
    double measured(String name) throws IOException, InterruptedException {
        Pattern line = Pattern.compile("^%s(?:\\{[^}]*})? (\\S+)$".formatted(name), Pattern.MULTILINE);
        double measured = 0;
        for (int actuator : actuators.values()) {
            Matcher found = line.matcher(meters(actuator));
            measured += found.find() ? Double.parseDouble(found.group(1)) : 0;
        }
        return measured;
    }

    private static String meters(int actuator) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + actuator + "/actuator/prometheus");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Duration cpu(ServerProcess process) {
        return process.handle()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this machine does not tell a process' CPU time"));
    }

    @Override
    public void close() {
        roles.values().forEach(ServerProcess::close);
    }
}

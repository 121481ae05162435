package com.linbox.performance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of the load generator, a process of its own, and what the servers took meanwhile.
 *
 * @param report the generator's, see src/docs/bench.md
 * @param microsPerMessage CPU of each server process for a message that was stored, while the generator measured
 * @param bytesPerMessage what each process of LINBOX has allocated for a message, in the whole of the run
 */
record LoadRun(JsonNode report, Map<String, Double> microsPerMessage, Map<String, Double> bytesPerMessage) {

    private static final Pattern SECOND = Pattern.compile(" *(\\d+) s( \\(warm-up\\))?  sent .* stored ([\\d,]+)  .*");

    /** What happens in the middle of a run. */
    interface Interlude {

        void run() throws Exception;
    }

    /**
     * Runs one to its end.
     *
     * @param options of the load generator but for the address and the times, such as {@code --window=4}
     * @param interlude begun when the measuring begins, on a thread of its own
     */
    static LoadRun of(MeasuredCluster cluster, Duration warmUp, Duration length, Interlude interlude, String... options)
            throws Exception {
        Path json = Files.createTempFile("linbox-load", ".json");
        Map<String, Double> allocated = cluster.allocated();
        try {
            Process generator = new ProcessBuilder(command(cluster, warmUp, length, json, options))
                    .redirectErrorStream(true)
                    .start();
            Map<String, Duration> before = null;
            Map<String, Duration> after = null;
            long stored = 0;
            long storedInAll = 0;
            Thread meanwhile = null;
            StringBuilder said = new StringBuilder();
            try (BufferedReader lines = generator.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.append(line).append('\n');
                    Matcher second = SECOND.matcher(line);
                    if (!second.matches()) {
                        continue;
                    }
                    boolean warming = second.group(2) != null;
                    long inThisSecond = Long.parseLong(second.group(3).replace(",", ""));
                    storedInAll += inThisSecond;
                    if (warming) {
                        before = cluster.cpu();
                    } else {
                        after = cluster.cpu();
                        stored += inThisSecond;
                        if (meanwhile == null) {
                            meanwhile = begin(interlude);
                        }
                    }
                }
            }
            int status = generator.waitFor();
            if (meanwhile != null) {
                meanwhile.join();
            }
            if (before == null || after == null || Files.size(json) == 0) {
                throw new IllegalStateException("the load generator ended with " + status + ": " + said);
            }
            Map<String, Double> bytes = new LinkedHashMap<>();
            for (Map.Entry<String, Double> role : cluster.allocated().entrySet()) {
                bytes.put(role.getKey(), (role.getValue() - allocated.get(role.getKey())) / Math.max(1, storedInAll));
            }
            return new LoadRun(
                    JsonMapper.shared().readTree(Files.readAllBytes(json)), share(before, after, stored), bytes);
        } finally {
            Files.delete(json);
        }
    }

    static LoadRun of(MeasuredCluster cluster, Duration warmUp, Duration length, String... options) throws Exception {
        return of(cluster, warmUp, length, () -> {}, options);
    }

    private static Thread begin(Interlude interlude) {
        Thread thread = new Thread(() -> {
            try {
                interlude.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private static List<String> command(
            MeasuredCluster cluster, Duration warmUp, Duration length, Path json, String... options)
            throws IOException {
        List<InetSocketAddress> gateways = cluster.gateways();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                System.getProperty("linbox.jar", "target/linbox.jar"),
                "--spring.profiles.active=bench",
                "--port=" + gateways.get(0).getPort(),
                "--warmup=" + warmUp.toSeconds() + "s",
                "--duration=" + length.toSeconds() + "s",
                "--json=" + json));
        if (gateways.size() > 1) {
            command.add("--more-gateways="
                    + gateways.stream()
                            .skip(1)
                            .map(address -> "127.0.0.1:" + address.getPort())
                            .collect(Collectors.joining(",")));
        }
        command.addAll(List.of(options));
        return lastOfEach(command);
    }

    /** Of options given more than once the last one counts. */
    private static List<String> lastOfEach(List<String> command) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String part : command) {
            byName.put(part.startsWith("--") ? part.substring(0, part.indexOf('=')) : part, part);
        }
        return List.copyOf(byName.values());
    }

    private static Map<String, Double> share(Map<String, Duration> before, Map<String, Duration> after, long messages) {
        Map<String, Double> share = new LinkedHashMap<>();
        after.forEach((name, cpu) -> {
            // One that was started anew in between counts from its start.
            Duration since = cpu.compareTo(before.get(name)) < 0 ? Duration.ZERO : before.get(name);
            share.put(name, cpu.minus(since).toNanos() / 1e3 / Math.max(1, messages));
        });
        return share;
    }

    double storedPerSecond() {
        return report.path("storedPerSecond").asDouble();
    }

    double deliveredPerSecond() {
        return report.path("deliveredPerSecond").asDouble();
    }

    /** Of all server processes together. */
    double totalMicrosPerMessage() {
        return microsPerMessage.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /**
     * A latency in milliseconds.
     *
     * @param which {@code sendToStored} or {@code sendToDelivered}
     * @param percentile {@code p50}, {@code p95}, {@code p99} or {@code max}
     */
    double millis(String which, String percentile) {
        return report.path(which).path(percentile).asDouble();
    }
}

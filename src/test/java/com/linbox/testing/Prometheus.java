package com.linbox.testing;

import com.linbox.embedded.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real server, with what {@code config/prometheus} says, in a hurry: it scrapes every second, and no alert waits for long. */
public final class Prometheus implements AutoCloseable {

    /** Where a build wants it to be there: without it tests fail that are skipped otherwise. */
    private static final String REQUIRED = "linbox.prometheus.required";

    private static final Path CONFIGURATION = Path.of("config/prometheus");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where the program is not installed, or fails it where the build requires it. */
    public static void require() {
        Programs.require(
                Stream.of("prometheus", "promtool").allMatch(Programs::isThere),
                REQUIRED,
                "prometheus and promtool (Debian's package prometheus) are not on the PATH");
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param folder for its files, empty
     * @param targets the Actuators that it scrapes, with their roles
     */
    public static Prometheus start(Path folder, Map<InetSocketAddress, Set<String>> targets) throws Exception {
        Files.createDirectories(folder.resolve("targets"));
        for (String file : List.of("prometheus.yml", "alerts.yml")) {
            Files.writeString(folder.resolve(file), inAHurry(Files.readString(CONFIGURATION.resolve(file))));
        }
        Files.writeString(
                folder.resolve("targets/cluster.yml"),
                targets.entrySet().stream()
                        .map(target -> "- targets: ['127.0.0.1:%d']\n  labels: {role: '%s'}\n"
                                .formatted(
                                        target.getKey().getPort(), String.join(",", new TreeSet<>(target.getValue()))))
                        .collect(Collectors.joining()));
        promtool("check", "config", folder.resolve("prometheus.yml").toString());
        int port = LoopbackPorts.free();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        AtExit.run(process::destroyForcibly);
        Prometheus prometheus = new Prometheus(process, port);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> prometheus
                .get("/-/ready")
                .contains("Ready"));
        return prometheus;
    }

    private static String inAHurry(String file) {
        return file.replaceAll("(scrape_interval|scrape_timeout|evaluation_interval): \\S+", "$1: 1s")
                .replaceAll("for: \\S+", "for: 2s");
    }

    /** Runs the program that checks Prometheus's files; fails where it complains. */
    public static void promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Arrays.stream(arguments)).toList();
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (check.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ":\n" + said);
        }
    }

    /** The series that a query gives now, each with {@code metric} and {@code value}. */
    public List<JsonNode> query(String expression) throws IOException, InterruptedException {
        JsonNode answer = json("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asString().equals("success")) {
            throw new AssertionError(expression + ": " + answer.path("error").asString());
        }
        JsonNode data = answer.path("data");
        if (!data.path("resultType").asString().equals("vector")) {
            throw new AssertionError(expression + " is no vector: " + data);
        }
        return data.path("result").valueStream().toList();
    }

    /** The value of a series that {@link #query} has given. */
    public static double valueOf(JsonNode series) {
        String text = series.path("value").get(1).asString();
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The alerts that are firing. */
    public List<JsonNode> firing() throws IOException, InterruptedException {
        return json("/api/v1/alerts")
                .path("data")
                .path("alerts")
                .valueStream()
                .filter(alert -> alert.path("state").asString().equals("firing"))
                .toList();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(path));
    }

    private String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}

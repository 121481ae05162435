package com.linbox.performance;

import com.linbox.client.ClientEventLoops;
import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.LinboxClient;
import com.linbox.embedded.LoopbackPorts;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.performance.EngineLimits.Limit;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.EngineProcesses;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.ServerProcess;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/**
 * Measures everything that src/docs/performance.md has and writes it as Markdown. Takes the parts to measure, by default all, a
 * file to write to, how long to measure each, and how long to warm up before, as
 * {@code --parts=limits,throughput --out=… --seconds=30 --warm-up=150}.
 */
final class PerformanceTable {

    /** Until the load generator's own JVM has compiled. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final int OLD_MESSAGES = 10_000_000;
    private static final int READERS = 100;
    private static final int CONVERSATIONS = 5_000;
    private static final int MANY = 5_000;
    private static final int CROWD_SIZE = 50_000;
    private static final int CROWD_GATEWAYS = 3;

    /** How often all sign in before the seven processes that have to do with it have compiled what they need for it. */
    private static final int ROUNDS_UNTIL_COMPILED = 5;

    private static final String[] THIRD_OF_A_GIBIBYTE = {"-Xmx256m", "-XX:MaxDirectMemorySize=85m"};
    private static final String DATABASE = "linbox_one";

    /** What one of four still has on a slow machine's two processors, with all the others. */
    private static final int RATE_OF_A_ROUTER = 3_000;

    private static final String INSERT = "INSERT INTO im_session_message"
            + " (SessionId, MsgID, FromUserID, ToUserID, RId, MimeType, Content, SendTime, Created)";
    private static final String WHAT_MESSAGES_SAY = "'text/plain', REPEAT('x', 64), seq, seq";

    /** The parts for which one cluster, warmed up once, is enough. All clusters share Kafka's topics, so that there is one at a time. */
    private static final Set<Part> OF_ONE_CLUSTER = EnumSet.of(
            Part.THROUGHPUT, Part.LATENCY, Part.PULL, Part.UNREAD, Part.PAYLOADS, Part.CONVERSATIONS, Part.STORED);

    private final Duration length;
    private final Duration untilCompiled;
    private final Path out;
    private final List<Budget> budgets = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final EventLoopGroup loops = ClientEventLoops.create(1);

    /** @param untilCompiled how long to warm up the servers: in the first minutes the JVMs' compilers take half of what there is */
    private PerformanceTable(Duration length, Duration untilCompiled, Path out) {
        this.length = length;
        this.untilCompiled = untilCompiled;
        this.out = out;
    }

    /** What can be measured by itself. */
    private enum Part {
        LIMITS,
        THROUGHPUT,
        LATENCY,
        RESTART,
        PULL,
        UNREAD,
        CROWD,
        PAYLOADS,
        CONVERSATIONS,
        STORED,
        TRANSPORTS,
        ROUTERS,
        START
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Arrays.stream(arguments)
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        Set<Part> parts = options.containsKey("parts")
                ? Arrays.stream(options.get("parts").split(","))
                        .map(part -> Part.valueOf(part.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of(Part.values());
        var table = new PerformanceTable(
                seconds(options, "seconds", 30),
                seconds(options, "warm-up", 150),
                Path.of(options.getOrDefault("out", "target/performance.md")));
        table.measure(parts);
        System.out.println(table.write());
        System.exit(0);
    }

    /** To be called after each part: what was measured in half an hour must not be lost with a part that fails. */
    private String write() throws IOException {
        String document = "# Measured\n\n%s.\n\n%s%s".formatted(Machine.describe(), budgetTable(), text);
        Files.writeString(out, document);
        return document;
    }

    private static Duration seconds(Map<String, String> options, String name, int unsaid) {
        return Duration.ofSeconds(Long.parseLong(options.getOrDefault(name, Integer.toString(unsaid))));
    }

    private void measure(Set<Part> parts) throws Exception {
        if (parts.contains(Part.START)) {
            start();
            write();
        }
        try (EngineProcesses engines = EngineProcesses.start("-Xmx1g")) {
            if (parts.contains(Part.LIMITS)) {
                limits(engines);
                write();
            }
            if (!Collections.disjoint(parts, OF_ONE_CLUSTER)) {
                ofOneCluster(parts, engines);
            }
            if (parts.contains(Part.RESTART)) {
                restart(engines);
                write();
            }
            if (parts.contains(Part.CROWD)) {
                crowd(engines);
                write();
            }
            if (parts.contains(Part.TRANSPORTS)) {
                transports(engines);
                write();
            }
            if (parts.contains(Part.ROUTERS)) {
                routers(engines);
            }
        }
    }

    private void ofOneCluster(Set<Part> parts, EngineProcesses engines) throws Exception {
        try (MeasuredCluster cluster = MeasuredCluster.start(engines, DATABASE, 1, 1)) {
            warmUp(cluster);
            for (Part part : OF_ONE_CLUSTER) {
                if (parts.contains(part)) {
                    measure(part, cluster, engines);
                    write();
                }
            }
        }
    }

    private void measure(Part part, MeasuredCluster cluster, EngineProcesses engines) throws Exception {
        switch (part) {
            case THROUGHPUT -> throughput(cluster);
            case LATENCY -> latency(cluster);
            case PULL -> pull(cluster, engines);
            case UNREAD -> unread(cluster);
            case PAYLOADS -> payloads(cluster);
            case CONVERSATIONS -> conversations(cluster);
            case STORED -> stored(cluster, engines);
            default -> throw new IllegalArgumentException("part: " + part + " (expected: one of one cluster)");
        }
    }

    private void limits(EngineProcesses engines) throws Exception {
        log("engines alone");
        List<Limit> limits = new EngineLimits(engines, engines.newDatabase("limits", "limits"), length).measure();
        section("What the engines alone can do", "| what | a second | µs of CPU each |\n|---|---|---|");
        limits.forEach(limit -> line("| %s | %,.0f | %.1f |", limit.what(), limit.perSecond(), limit.micros()));
    }

    private void warmUp(MeasuredCluster cluster, String... more) throws Exception {
        log("warm-up");
        LoadRun.of(cluster, untilCompiled, Duration.ofSeconds(1), busy(more));
    }

    private static String[] busy(String... more) {
        List<String> options = new ArrayList<>(List.of("--pairs=200", "--window=4", "--payload=64"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** @param more options that take the place of the usual ones, or go beyond them */
    private LoadRun saturated(MeasuredCluster cluster, String... more) throws Exception {
        return LoadRun.of(cluster, WARM_UP, length, busy(more));
    }

    private void throughput(MeasuredCluster cluster) throws Exception {
        log("throughput");
        LoadRun run = saturated(cluster);
        budgets.add(Budget.atLeast(
                "one-to-one messages stored and delivered, 400 connections, 64 bytes, window 4",
                10_000,
                "/s",
                Math.min(run.storedPerSecond(), run.deliveredPerSecond())));
        budgets.add(Budget.atMost(
                "server CPU per such message, all processes together", 120, "µs", run.totalMicrosPerMessage()));
        section("Where the CPU goes", "| process | µs a message | bytes allocated for a message |\n|---|---|---|");
        run.microsPerMessage().forEach((process, micros) -> {
            Double bytes = run.bytesPerMessage().get(process);
            line("| %s | %.1f | %s |", process, micros, bytes == null ? "" : "%,.0f".formatted(bytes));
        });
        line(
                "| the load generator | %d | |",
                run.report().path("ownCpuMicrosPerMessage").asLong());
    }

    private void latency(MeasuredCluster cluster) throws Exception {
        log("latency");
        LoadRun run = LoadRun.of(cluster, WARM_UP, length, "--pairs=200", "--rate=1000", "--payload=64");
        budgets.add(Budget.atMost("send → stored at 1,000 /s, p50", 4, "ms", run.millis("sendToStored", "p50")));
        budgets.add(Budget.atMost("send → stored at 1,000 /s, p99", 20, "ms", run.millis("sendToStored", "p99")));
        budgets.add(Budget.atMost("send → delivered at 1,000 /s, p50", 5, "ms", run.millis("sendToDelivered", "p50")));
        budgets.add(Budget.atMost("send → delivered at 1,000 /s, p99", 25, "ms", run.millis("sendToDelivered", "p99")));
        section("CPU at 1,000 messages a second", "| process | µs a message |\n|---|---|");
        run.microsPerMessage().forEach((process, micros) -> line("| %s | %.1f |", process, micros));
    }

    /** One of two routers ends, and starts again, as in a rolling upgrade. */
    private void restart(EngineProcesses engines) throws Exception {
        log("restart of a router");
        try (MeasuredCluster cluster = MeasuredCluster.start(engines, "linbox_restart", 1, 2)) {
            warmUp(cluster);
            ServerProcess router = cluster.role("router 1");
            LoadRun run = LoadRun.of(
                    cluster,
                    WARM_UP,
                    length,
                    () -> {
                        router.terminate();
                        router.start();
                    },
                    "--pairs=200",
                    "--rate=500",
                    "--payload=64",
                    "--drain=60s");
            budgets.add(Budget.atMost(
                    "send → stored at 500 /s over %d s in which one of two routers is restarted, p99"
                            .formatted(length.toSeconds()),
                    3_000,
                    "ms",
                    run.millis("sendToStored", "p99")));
            section("One of two routers restarted", "| what | p50 | p99 | longest |\n|---|---|---|---|");
            line(
                    "| send → stored at 500 /s, over %d s | %.0f ms | %.0f ms | %.0f ms |",
                    length.toSeconds(),
                    run.millis("sendToStored", "p50"),
                    run.millis("sendToStored", "p99"),
                    run.millis("sendToStored", "max"));
        }
    }

    /** By many users, because one's requests are worked on after each other: the members of a group. */
    private void pull(MeasuredCluster cluster, EngineProcesses engines) throws Exception {
        log("pull");
        long owner = 700_000_000;
        List<Long> members =
                LongStream.rangeClosed(owner + 1, owner + READERS).boxed().toList();
        long group;
        try (LinboxClient client = signedIn(cluster, owner)) {
            group = client.groups()
                    .create("old", members, Inviters.MEMBERS, HistoryAccess.ALL)
                    .get();
        }
        try (Connection connection = engines.database(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(("INSERT INTO im_group_message"
                            + " (GroupId, MsgID, FromUserID, RId, MimeType, Content, SendTime, Created)"
                            + " SELECT %d, seq, %d, seq, %s FROM seq_2_to_%d")
                    .formatted(group, owner, WHAT_MESSAGES_SAY, OLD_MESSAGES));
        }
        List<RawClient> readers = new ArrayList<>();
        for (long member : members) {
            readers.add(new RawClient(settings(cluster, member), loops));
        }
        // Nothing of the warm-up before has pulled.
        Histogram latencies = RequestRun.of(500, untilCompiled.dividedBy(2), length, number -> {
            int reader = (int) (number % READERS);
            return readers.get(reader)
                    .ask(
                            PacketType.PULL_OLD_MSG_REQUEST,
                            number + 1,
                            "\"user_id\":\"%d\",\"group_id\":\"%d\",\"type\":3,\"max_msg_id\":%d,\"min_msg_id\":0,\"limit\":50"
                                    .formatted(members.get(reader), group, OLD_MESSAGES));
        });
        readers.forEach(RawClient::close);
        budgets.add(Budget.atMost(
                "pull of the newest 50 of 10 million messages at 500 /s, p99", 10, "ms", millis(latencies, 99)));
        section(
                "Pulls of the newest 50 of 10 million messages, 500 a second",
                "| p50 | p99 | longest |\n|---|---|---|");
        line(
                "| %.1f ms | %.1f ms | %.1f ms |",
                millis(latencies, 50), millis(latencies, 99), latencies.getMaxValue() / 1e6);
    }

    private void unread(MeasuredCluster cluster) throws Exception {
        log("unread");
        long reader = 710_000_000;
        for (int i = 1; i <= CONVERSATIONS; i++) {
            try (LinboxClient writer = signedIn(cluster, reader + i)) {
                writer.send(reader, "text/plain", "hello").get();
            }
        }
        try (LinboxClient client = signedIn(cluster, reader)) {
            Histogram all = RequestRun.of(2, WARM_UP, length, number -> client.unread());
            section(
                    "The list of a user with %,d conversations".formatted(CONVERSATIONS),
                    "| what | p50 | p99 |\n|---|---|---|");
            line("| all of it, 50 requests after each other | %.0f ms | %.0f ms |", millis(all, 50), millis(all, 99));
        }
        try (RawClient client = new RawClient(settings(cluster, reader), loops)) {
            String json = "\"user_id\":\"%d\",\"type\":1,\"offset\":0,\"limit\":100".formatted(reader);
            Histogram first = RequestRun.of(
                    20, WARM_UP, length, number -> client.ask(PacketType.SYNC_UNREAD_REQUEST, number + 1, json));
            line("| the first hundred | %.1f ms | %.1f ms |", millis(first, 50), millis(first, 99));
            budgets.add(Budget.atMost(
                    "SyncUnread (a page of 100) of a user with 5,000 conversations, 20 /s, p99",
                    50,
                    "ms",
                    millis(first, 99)));
        }
    }

    /** Spread over several gateways: a process may open only so many files. */
    private void crowd(EngineProcesses engines) throws Exception {
        log("crowd");
        int each = CROWD_SIZE / CROWD_GATEWAYS + 1;
        List<SignedInCrowd> crowds = new ArrayList<>();
        try (MeasuredCluster cluster =
                MeasuredCluster.start(engines, "linbox_crowd", CROWD_GATEWAYS, 1, THIRD_OF_A_GIBIBYTE)) {
            List<ProcessHandle> gateways = IntStream.rangeClosed(1, CROWD_GATEWAYS)
                    .mapToObj(number -> cluster.role("gateway " + number).handle())
                    .toList();
            long base = liveHeap(gateways);
            long baseResident = resident(gateways);
            for (int i = 0; i < CROWD_GATEWAYS; i++) {
                crowds.add(SignedInCrowd.start(cluster.gateways().get(i).getPort(), each, 720_000_000 + i * each, 128));
            }
            SignedInCrowd.Outcome first = SignedInCrowd.signInAll(crowds);
            long heap = liveHeap(gateways);
            long resident = resident(gateways) - baseResident;
            SignedInCrowd.Outcome steady = first;
            for (int i = 0; i < ROUNDS_UNTIL_COMPILED; i++) {
                leave(crowds, cluster);
                steady = SignedInCrowd.signInAll(crowds);
            }
            SignedInCrowd.Outcome again = SignedInCrowd.reconnectAll(crowds);
            int all = each * CROWD_GATEWAYS;
            budgets.add(Budget.atLeast("sign-ins", 5_000, "/s", all / steady.seconds()));
            budgets.add(Budget.atLeast(
                    "idle connections (version 1) held in 1 GiB of heap and direct memory together", 50_000, "", all));
            budgets.add(Budget.atMost(
                    "an idle connection beyond the base, resident memory", 8_192, "bytes", resident / (double) all));
            budgets.add(Budget.atMost(
                    "%,d clients reconnecting at once are all back".formatted(all), 30, "s", again.seconds()));
            section("%,d idle connections at %d gateways".formatted(all, CROWD_GATEWAYS), "| what | seen |\n|---|---|");
            line("| live heap for each | %,.0f bytes |", (heap - base) / (double) all);
            line("| resident memory of the processes for each | %,.0f bytes |", resident / (double) all);
            line("| live heap of a gateway without any | %,d MiB |", base / CROWD_GATEWAYS >> 20);
            line(
                    "| all signed in, right after the start | %.1f s, %d attempts failed |",
                    first.seconds(), first.failures());
            line(
                    "| all signed in, the time number %d | %.1f s, %d attempts failed |",
                    ROUNDS_UNTIL_COMPILED + 1, steady.seconds(), steady.failures());
            line("| all back after a cut | %.1f s, %d attempts failed |", again.seconds(), again.failures());
            line("| what became of all sign-ins | %s |", cluster.counted("linbox_gateway_sign_ins_total", "outcome"));
            line("| why connections ended | %s |", cluster.counted("linbox_gateway_connections_closed_total", "cause"));
        } finally {
            crowds.forEach(SignedInCrowd::close);
        }
    }

    private static void leave(List<SignedInCrowd> crowds, MeasuredCluster cluster) throws Exception {
        SignedInCrowd.leaveAll(crowds);
        while (cluster.measured("linbox_gateway_connections_open") > 0) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static long liveHeap(List<ProcessHandle> processes) throws IOException, InterruptedException {
        long bytes = 0;
        for (ProcessHandle process : processes) {
            bytes += Machine.liveHeap(process);
        }
        return bytes;
    }

    private static long resident(List<ProcessHandle> processes) throws IOException {
        long bytes = 0;
        for (ProcessHandle process : processes) {
            bytes += Machine.resident(process);
        }
        return bytes;
    }

    private LinboxClient signedIn(MeasuredCluster cluster, long user) throws Exception {
        LinboxClient client = LinboxClient.create(settings(cluster, user), new ClientListener() {}, loops);
        client.connect().get();
        return client;
    }

    private static ClientSettings settings(MeasuredCluster cluster, long user) {
        return ClientSettings.of("127.0.0.1", cluster.gateways().get(0).getPort(), user)
                .version(ProtocolVersion.V2)
                .device("bench")
                .build();
    }

    private void payloads(MeasuredCluster cluster) throws Exception {
        section(
                "With the size of a message",
                "| bytes | stored and delivered a second | µs of CPU a message |\n|---|---|---|");
        for (int payload : new int[] {64, 1_024, 16_384}) {
            log("payload " + payload);
            LoadRun run = saturated(cluster, "--payload=" + payload);
            line("| %,d | %,.0f | %.0f |", payload, run.deliveredPerSecond(), run.totalMicrosPerMessage());
        }
    }

    private void conversations(MeasuredCluster cluster) throws Exception {
        section(
                "With the number of conversations that are written in",
                "| conversations | connections | stored and delivered a second | µs of CPU a message |\n|---|---|---|---|");
        for (int[] load : new int[][] {{50, 1}, {1_000, 1}, {1_000, 5}, {1_000, 500}}) {
            int pairs = load[0];
            int partners = load[1];
            int conversations = partners == 1 ? pairs : 2 * pairs * partners;
            log(conversations + " conversations");
            LoadRun run = saturated(
                    cluster,
                    "--pairs=" + pairs,
                    "--partners=" + partners,
                    "--window=" + Math.max(1, 800 / pairs),
                    "--users-from=730000000");
            line(
                    "| %,d | %,d | %,.0f | %.0f |",
                    conversations, 2 * pairs, run.deliveredPerSecond(), run.totalMicrosPerMessage());
        }
    }

    private void stored(MeasuredCluster cluster, EngineProcesses engines) throws Exception {
        section(
                "With the number of messages stored before",
                "| stored | stored and delivered a second | µs of CPU a message |\n|---|---|---|");
        try (Connection connection = engines.database(DATABASE);
                Statement statement = connection.createStatement()) {
            long rows = 0;
            statement.execute("TRUNCATE im_session_message");
            for (int wanted : new int[] {10_000, 100_000, 1_000_000, 10_000_000}) {
                // A thousand messages in each conversation.
                statement.executeUpdate(("%s SELECT CONCAT(800000000 + seq DIV 1000, '_900000000'), seq MOD 1000 + 1,"
                                + " 800000000 + seq DIV 1000, 900000000, seq, %s FROM seq_%d_to_%d")
                        .formatted(INSERT, WHAT_MESSAGES_SAY, rows, wanted - 1));
                rows = wanted;
                log(wanted + " messages stored before");
                LoadRun run = saturated(cluster, "--users-from=740000000");
                line("| %,d | %,.0f | %.0f |", wanted, run.deliveredPerSecond(), run.totalMicrosPerMessage());
            }
        }
    }

    private void routers(EngineProcesses engines) throws Exception {
        section(
                "With the number of routers",
                "| routers | stored and delivered a second | µs of CPU a message |\n|---|---|---|");
        List<String> withTheLoad = new ArrayList<>();
        for (int count : new int[] {1, 2, 4}) {
            log(count + " routers");
            try (MeasuredCluster cluster = MeasuredCluster.start(engines, "linbox_routers_" + count, 1, count)) {
                warmUp(cluster);
                LoadRun run = saturated(cluster);
                line("| %d | %,.0f | %.0f |", count, run.deliveredPerSecond(), run.totalMicrosPerMessage());
                run = LoadRun.of(
                        cluster, WARM_UP, length, "--pairs=200", "--payload=64", "--rate=" + count * RATE_OF_A_ROUTER);
                double micros = run.microsPerMessage().entrySet().stream()
                        .filter(role -> role.getKey().startsWith("router"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
                withTheLoad.add(String.format(
                        Locale.ROOT,
                        "| %d | %,.0f | %.0f | %.0f |",
                        count,
                        run.deliveredPerSecond(),
                        micros,
                        run.totalMicrosPerMessage()));
            }
        }
        section(
                "With the number of routers, %,d messages a second for each".formatted(RATE_OF_A_ROUTER),
                "| routers | stored and delivered a second | µs of the routers a message | µs of all a message |\n"
                        + "|---|---|---|---|");
        withTheLoad.forEach(this::line);
    }

    /** Both without encryption: what is compared is the framing. */
    private void transports(EngineProcesses engines) throws Exception {
        section(
                "%,d connections by TCP and by WebSocket, 1,500 messages a second".formatted(MANY),
                "| transport | live heap for each | µs of the gateway a message | µs of all a message |\n|---|---|---|---|");
        double[] tcp = transport(engines, "tcp");
        double[] ws = transport(engines, "ws");
        budgets.add(Budget.atMost("a WebSocket connection's live heap", 1.5, "times TCP's", ws[0] / tcp[0]));
        budgets.add(Budget.atMost("the gateway's CPU for a message by WebSocket", 1.5, "times TCP's", ws[1] / tcp[1]));
    }

    /** Live heap in bytes of a connection, and the gateway's CPU in microseconds for a message. */
    private double[] transport(EngineProcesses engines, String transport) throws Exception {
        log("transport " + transport);
        try (MeasuredCluster cluster = MeasuredCluster.start(engines, "linbox_" + transport, 1, 1)) {
            int port = transport.equals("ws")
                    ? cluster.webSocketPort()
                    : cluster.gateways().get(0).getPort();
            String[] how = {"--version=2", "--transport=" + transport, "--port=" + port};
            warmUp(cluster, how);
            List<ProcessHandle> gateway = List.of(cluster.role("gateway 1").handle());
            long before = liveHeap(gateway);
            List<String> options =
                    new ArrayList<>(List.of("--pairs=200", "--rate=1500", "--payload=64", "--connections=" + MANY));
            options.addAll(List.of(how));
            AtomicLong during = new AtomicLong();
            LoadRun run = LoadRun.of(
                    cluster, WARM_UP, length, () -> during.set(liveHeap(gateway)), options.toArray(String[]::new));
            double heap = (during.get() - before) / (double) MANY;
            double micros = run.microsPerMessage().get("gateway 1");
            line("| %s | %,.0f bytes | %.0f | %.0f |", transport, heap, micros, run.totalMicrosPerMessage());
            return new double[] {heap, micros};
        }
    }

    private void start() throws IOException, InterruptedException {
        log("start");
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path data = Files.createTempDirectory("linbox-start");
            ServerProcess process = LinboxProcess.operated(
                    "start",
                    Map.of(
                            "linbox.data-dir",
                            data.toString(),
                            "linbox.gateway.port",
                            Integer.toString(LoopbackPorts.free()),
                            "linbox.gateway.ws.port",
                            "0",
                            "linbox.rpc.port",
                            "0",
                            "server.port",
                            "0"));
            long began = System.nanoTime();
            process.start().awaitReady(Duration.ofMinutes(2));
            seconds.add((System.nanoTime() - began) / 1e9);
            process.close();
        }
        seconds.sort(null);
        budgets.add(Budget.atMost("stand-alone start on an empty folder, the median of three", 8, "s", seconds.get(1)));
    }

    private String budgetTable() {
        return budgets.stream()
                .map(Budget::row)
                .collect(Collectors.joining("\n", "| what | is to be | measured | met |\n|---|---|---|---|\n", "\n"));
    }

    private static double millis(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    private void section(String title, String head) {
        text.append("\n## ").append(title).append("\n\n").append(head).append('\n');
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static void log(String what) {
        System.out.println(LocalTime.now().withNano(0) + " " + what);
    }
}

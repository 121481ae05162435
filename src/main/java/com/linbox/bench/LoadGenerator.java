package com.linbox.bench;

import com.linbox.client.ClientEventLoops;
import com.linbox.client.ClientSettings;
import com.linbox.client.ClientTls;
import com.linbox.client.Connection;
import com.linbox.protocol.ProtocolVersion;
import com.sun.management.OperatingSystemMXBean;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One run: sign everybody in, warm up, measure, wait for what is under way, report. Used once. */
final class LoadGenerator {

    private static final int SIGN_INS_AT_ONCE = 64;
    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final BenchSettings settings;
    private final PrintStream out;
    private final @Nullable ClientTls tls;
    private final Measurements measurements = new Measurements();
    private final List<LoadUser> talking = new ArrayList<>();
    private final List<LoadUser> everybody = new ArrayList<>();
    private final long run = System.currentTimeMillis();
    private final @Nullable GroupLoad group;
    private volatile long cpuBefore;

    LoadGenerator(BenchSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.tls = settings.tls() ? ClientTls.trusting(settings.trust()) : null;
        this.group = settings.hasGroup()
                ? new GroupLoad(
                        settings, settings.usersFrom() + settings.users() + settings.idleUsers(), run, measurements)
                : null;
    }

    /** @throws com.linbox.client.LinboxClientException where a user cannot sign in */
    BenchReport run() throws InterruptedException {
        EventLoopGroup loops = ClientEventLoops.create(settings.threads());
        try {
            signIn(loops);
            if (group != null) {
                prepare(group, loops);
            }
            long start = measurements.now();
            long from = start + settings.warmup().toNanos();
            long until = from + settings.duration().toNanos();
            measurements.measure(from, until);
            keepAlive();
            startSending(start, until);
            if (group != null) {
                group.start(start, from, until, measurements);
            }
            loops.next()
                    .schedule(() -> cpuBefore = cpuNanos(), settings.warmup().toNanos(), TimeUnit.NANOSECONDS);
            watch(start, until);
            long ownCpu = cpuNanos() - cpuBefore;
            talking.forEach(user -> user.eventLoop().execute(user::stop));
            drain();
            long unanswered = unanswered();
            everybody.forEach(user -> user.eventLoop().execute(user::close));
            if (group != null) {
                group.close();
            }
            return measurements.report(settings, unanswered, ownCpu, group == null ? null : group.report());
        } finally {
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private void signIn(EventLoopGroup loops) throws InterruptedException {
        out.printf(
                Locale.ROOT,
                "signing in %,d users at %s:%d%n",
                settings.users() + settings.idleUsers(),
                settings.host(),
                settings.port());
        Semaphore places = new Semaphore(SIGN_INS_AT_ONCE);
        List<CompletableFuture<Void>> signedIn = new ArrayList<>();
        for (int i = 0; i < settings.users() + settings.idleUsers(); i++) {
            long userId = settings.usersFrom() + i;
            LoadUser user = new LoadUser(userId, partnersOf(i), run, settings, measurements);
            everybody.add(user);
            if (i < settings.users()) {
                talking.add(user);
            }
            places.acquire();
            signedIn.add(Connection.open(loops, clientSettings(userId, i), user)
                    .thenAccept(user::signedIn)
                    .whenComplete((done, error) -> places.release()));
            if (signedIn.get(signedIn.size() - 1).isCompletedExceptionally()) {
                break;
            }
        }
        signedIn.forEach(CompletableFuture::join);
    }

    /** The other one of its pair, or those who follow it in a ring of all users. */
    private long[] partnersOf(int index) {
        return settings.partners() == 1
                ? new long[] {settings.usersFrom() + (index ^ 1)}
                : LongStream.rangeClosed(1, settings.partners())
                        .map(step -> settings.usersFrom() + (index + step) % settings.users())
                        .toArray();
    }

    private void prepare(GroupLoad load, EventLoopGroup loops) throws InterruptedException {
        out.printf(
                Locale.ROOT,
                "making a group of %,d, %,d of them online%n",
                settings.groupMembers(),
                settings.groupOnline());
        load.prepare(loops, this::clientSettings, SIGN_INS_AT_ONCE);
    }

    /** @param index the how manieth connection it is for: the gateways take turns */
    private ClientSettings clientSettings(long userId, int index) {
        int gateway = index % (settings.moreGateways().size() + 1);
        String host = settings.host();
        int port = settings.port();
        if (gateway > 0) {
            String address = settings.moreGateways().get(gateway - 1);
            host = address.substring(0, address.lastIndexOf(':'));
            port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }
        return ClientSettings.of(host, port, userId)
                .version(Objects.requireNonNull(ProtocolVersion.ofNumber(settings.version())))
                .tls(tls)
                .webSocket(settings.transport() == BenchSettings.Transport.WS)
                .token(settings.token())
                .passPhrase(settings.passPhrase())
                .device("bench")
                .connectTimeout(Duration.ofSeconds(15))
                .build();
    }

    private void keepAlive() {
        long interval = PING_INTERVAL.toMillis();
        for (int i = 0; i < everybody.size(); i++) {
            LoadUser user = everybody.get(i);
            // Spread out: a second's worth of pings at once would be seen in the latencies.
            long first = interval * i / everybody.size();
            user.eventLoop().scheduleAtFixedRate(user::ping, first, interval, TimeUnit.MILLISECONDS);
        }
        if (group != null) {
            everybody.get(0).eventLoop().scheduleAtFixedRate(group::ping, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    private void startSending(long start, long until) {
        if (!settings.isOpenLoop()) {
            talking.forEach(user -> user.eventLoop().execute(user::startWindow));
            return;
        }
        Map<EventLoop, List<LoadUser>> byLoop = talking.stream().collect(Collectors.groupingBy(LoadUser::eventLoop));
        byLoop.forEach((loop, users) -> {
            double rate = (double) settings.rate() * users.size() / talking.size();
            long limit = Math.max(1, (long) settings.maxUnanswered() * users.size() / talking.size());
            new Pacer(loop, users, rate, measurements, () -> limit - unanswered(users), start, until).start();
        });
    }

    private void watch(long start, long until) throws InterruptedException {
        for (int second = 1; measurements.now() < until; second++) {
            long next = Math.min(until, start + second * SECOND);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - measurements.now()));
            print(second, second * SECOND <= settings.warmup().toNanos());
        }
    }

    private void print(int second, boolean warmup) {
        Measurements.Second seen = measurements.second();
        out.printf(
                Locale.ROOT,
                "%4d s%s  sent %,d  stored %,d  delivered %,d  | send -> stored %s | -> delivered %s | unanswered %,d%n",
                second,
                warmup ? " (warm-up)" : "",
                seen.sent(),
                seen.stored(),
                seen.delivered(),
                shortText(seen.toStored()),
                shortText(seen.toDelivered()),
                unanswered());
        out.flush();
    }

    private static String shortText(Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f p99 %.1f max %.1f ms",
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6);
    }

    private void drain() throws InterruptedException {
        long deadline = measurements.now() + settings.drain().toNanos();
        while (measurements.now() < deadline
                && (unanswered() > 0
                        || measurements.delivered() < measurements.stored()
                        || group != null && !group.isComplete())
                && talking.stream().anyMatch(LoadUser::isUp)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private long unanswered() {
        return unanswered(talking);
    }

    private static long unanswered(List<LoadUser> users) {
        long sum = 0;
        for (LoadUser user : users) {
            sum += user.unanswered();
        }
        return sum;
    }
}

package com.linbox.performance;

import com.linbox.client.ClientEventLoops;
import com.linbox.client.ClientSettings;
import com.linbox.client.Connection;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.ConnectionListener;
import com.linbox.protocol.PacketType;
import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Users who are signed in, ping each minute and say nothing, in a process of their own: one process may open only so many
 * files. They sign in over and over, or lose their connections at one moment and come back as clients do, each at once and then with
 * pauses that double.
 */
final class SignedInCrowd implements AutoCloseable {

    private static final Duration PING_INTERVAL = Duration.ofSeconds(60);
    private static final long FIRST_PAUSE_MILLIS = 500;
    /**
     * How many connections are begun before those begun earlier are looked after: a client that says nothing because thousands
     * of others keep the same thread busy would be cut off.
     */
    private static final int BEGUN_TOGETHER = 50;

    private static final String READY = "ready";
    private static final String OUT = "out";
    private static final String IN_TURN = "in turn";
    private static final String AT_ONCE = "at once";

    /** Why attempts failed, and how often. */
    private static final ConcurrentMap<String, Integer> WHY = new ConcurrentHashMap<>();

    private final Process process;
    private final BufferedReader says;
    private final PrintWriter told;

    private SignedInCrowd(Process process) {
        this.process = process;
        this.says = process.inputReader(StandardCharsets.UTF_8);
        this.told = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /**
     * How it went.
     *
     * @param failures attempts that did not end in a signed-in connection, and were repeated
     */
    record Outcome(double seconds, int failures) {}

    /** @param atOnce how many sign-ins may be under way at a time at the beginning */
    static SignedInCrowd start(int gatewayPort, int users, long firstUser, int atOnce) throws IOException {
        return new SignedInCrowd(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SignedInCrowd.class.getName(),
                        Integer.toString(gatewayPort),
                        Integer.toString(users),
                        Long.toString(firstUser),
                        Integer.toString(atOnce))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Has all of these close their connections. */
    static void leaveAll(List<SignedInCrowd> crowds) throws IOException {
        all(crowds, OUT);
    }

    /** Has all of these sign in, some at a time, and waits until the last has done so. */
    static Outcome signInAll(List<SignedInCrowd> crowds) throws IOException {
        return all(crowds, IN_TURN);
    }

    /** Has all of these lose all their connections at one moment, and waits until the last is back. */
    static Outcome reconnectAll(List<SignedInCrowd> crowds) throws IOException {
        return all(crowds, AT_ONCE);
    }

    private static Outcome all(List<SignedInCrowd> crowds, String command) throws IOException {
        for (SignedInCrowd crowd : crowds) {
            crowd.awaitLine();
        }
        long began = System.nanoTime();
        crowds.forEach(crowd -> crowd.told.println(command));
        int failures = 0;
        for (SignedInCrowd crowd : crowds) {
            failures += Integer.parseInt(crowd.awaitLine());
        }
        return new Outcome((System.nanoTime() - began) / 1e9, failures);
    }

    private String awaitLine() throws IOException {
        String line = says.readLine();
        if (line == null) {
            throw new IOException("the crowd has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Takes the gateway's port, how many users, the first one's id, and how many may sign in at a time. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int users = Integer.parseInt(arguments[1]);
        long firstUser = Long.parseLong(arguments[2]);
        EventLoopGroup loops = ClientEventLoops.create(1);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            members.add(new Member(
                    loops,
                    ClientSettings.of("127.0.0.1", port, firstUser + i)
                            .device("bench")
                            .connectTimeout(Duration.ofSeconds(30))
                            .build()));
        }
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(READY);
        ping(members, loops);
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            leave(members);
            switch (command) {
                case OUT -> System.out.println(0);
                case IN_TURN -> signIn(members, Integer.parseInt(arguments[3]), loops);
                case AT_ONCE -> signIn(members, users, loops);
                default -> throw new IllegalArgumentException(command);
            }
            System.out.println(READY);
        }
    }

    /** Until the sockets are closed: new ones beside them would be more than a process may have. */
    private static void leave(List<Member> members) throws InterruptedException {
        for (Member member : members) {
            member.leave();
        }
        for (Member member : members) {
            member.awaitGone();
        }
    }

    private static void signIn(List<Member> members, int atOnce, EventLoopGroup loops) throws Exception {
        Semaphore places = new Semaphore(atOnce);
        CountDownLatch left = new CountDownLatch(members.size());
        AtomicInteger failures = new AtomicInteger();
        int begun = 0;
        for (Member member : members) {
            places.acquire();
            member.signIn(failures, () -> {
                places.release();
                left.countDown();
            });
            if (++begun % BEGUN_TOGETHER == 0) {
                loops.next().submit(() -> {}).get();
            }
        }
        left.await();
        System.out.println(failures);
        WHY.forEach((why, count) -> System.err.println(count + " times: " + why));
        WHY.clear();
    }

    private static void ping(List<Member> members, EventLoopGroup loops) {
        for (int i = 0; i < members.size(); i++) {
            loops.next()
                    .scheduleAtFixedRate(
                            members.get(i)::ping,
                            PING_INTERVAL.toMillis() * i / members.size(),
                            PING_INTERVAL.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private static final class Member implements ConnectionListener {

        private final EventLoopGroup loops;
        private final ClientSettings settings;
        private final byte[] ping;
        private volatile @Nullable Connection connection;
        private volatile CountDownLatch gone = new CountDownLatch(0);

        Member(EventLoopGroup loops, ClientSettings settings) {
            this.loops = loops;
            this.settings = settings;
            this.ping = ("{\"r_id\":0,\"user_id\":\"" + settings.userId() + "\"}").getBytes(StandardCharsets.US_ASCII);
        }

        void signIn(AtomicInteger failures, Runnable whenDone) {
            signIn(failures, whenDone, FIRST_PAUSE_MILLIS);
        }

        private void signIn(AtomicInteger failures, Runnable whenDone, long pause) {
            Connection.open(loops, settings, this).whenComplete((opened, failure) -> {
                if (failure == null) {
                    gone = new CountDownLatch(1);
                    connection = opened;
                    whenDone.run();
                    return;
                }
                failures.incrementAndGet();
                WHY.merge(String.valueOf(failure.getMessage()), 1, Integer::sum);
                long wait = ThreadLocalRandom.current().nextLong(pause / 2, pause);
                loops.next().schedule(() -> signIn(failures, whenDone, pause * 2), wait, TimeUnit.MILLISECONDS);
            });
        }

        void leave() {
            Connection open = connection;
            connection = null;
            if (open != null) {
                open.close();
            }
        }

        void awaitGone() throws InterruptedException {
            gone.await();
        }

        void ping() {
            Connection open = connection;
            if (open != null) {
                open.write(PacketType.PING, ping);
                open.flush();
            }
        }

        @Override
        public void received(PacketType type, byte[] json) {}

        @Override
        public void closed(ConnectionFailedException cause) {
            gone.countDown();
            if (connection != null) {
                WHY.merge("lost a connection: " + cause.getMessage(), 1, Integer::sum);
            }
        }
    }
}

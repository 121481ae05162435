package com.linbox.faults;

import com.linbox.testing.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Puts a load on a real cluster, does one thing after the other to it, and checks in the end that every promise was kept.
 * {@code ./mvnw -Pfaults test-compile exec:exec@faults} runs its {@link #main} for as long as one likes; {@code FaultsIT} is a short run.
 */
final class FaultHarness implements AutoCloseable {

    private static final int USERS = 16;
    private static final int GROUPS = 4;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    /** All is well when nothing waits longer than this. */
    private static final Duration PROMPT = Duration.ofMillis(1_500);

    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_CALM = Duration.ofSeconds(3);
    private static final Duration CUT_EVERY = Duration.ofSeconds(1);

    private final Random random;
    private final FaultCluster cluster;
    private final Workload workload;
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private final FaultReport report = new FaultReport();

    private FaultHarness(long seed, FaultCluster cluster) throws Exception {
        this.random = new Random(seed);
        this.cluster = cluster;
        this.workload = new Workload(cluster, USERS, GROUPS, random);
    }

    /** Starts a cluster and a load on it, and waits until both have run for a while. */
    static FaultHarness start(long seed) throws Exception {
        FaultHarness harness = new FaultHarness(seed, FaultCluster.start());
        harness.workload.start(PAUSE, harness.random);
        harness.await(WARM_UP, () -> false);
        return harness;
    }

    /** Takes seconds to run and the seed of what is to happen, each as {@code --name=value}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = List.of(arguments).stream()
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        long seed = Long.parseLong(options.getOrDefault("seed", Long.toString(System.nanoTime())));
        Duration length = Duration.ofSeconds(Long.parseLong(options.getOrDefault("seconds", "1800")));
        Duration longest = Duration.ofSeconds(Long.parseLong(options.getOrDefault("longest", "30")));
        System.out.println("Faults with seed " + seed + " for " + length);
        boolean kept;
        try (FaultHarness harness = start(seed)) {
            kept = harness.runFor(length, longest).violations().isEmpty();
        }
        System.exit(kept ? 0 : 1);
    }

    /** Rounds of random faults until the time is over. */
    FaultReport runFor(Duration length, Duration longest) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        Iterator<List<Fault>> steps = List.<List<Fault>>of().iterator();
        while (System.nanoTime() < end) {
            if (!steps.hasNext()) {
                steps = Fault.round(random, longest).iterator();
            }
            if (!survives(steps.next())) {
                break;
            }
        }
        return finish();
    }

    FaultReport run(List<List<Fault>> steps) throws Exception {
        for (List<Fault> step : steps) {
            if (!survives(step)) {
                break;
            }
        }
        return finish();
    }

    /** Does all of these at one time and waits until all is well again. */
    private boolean survives(List<Fault> faults) throws Exception {
        await(Duration.ofMillis(random.nextLong(LONGEST_CALM.toMillis())), () -> false);
        History history = workload.history();
        workload.progress().takeInterval(history.now());
        long from = history.now();
        List<Future<?>> done = new ArrayList<>();
        for (Fault fault : faults) {
            done.add(hands.submit(() -> {
                inject(fault);
                return null;
            }));
        }
        for (Future<?> fault : done) {
            finish(fault);
        }
        long until = history.now();
        long acksBefore = workload.progress().acks();
        boolean well = await(
                RECOVERED_WITHIN,
                () -> workload.progress().isPrompt(history.now(), PROMPT.toMillis())
                        && workload.progress().acks() > acksBefore
                        && cluster.isReady());
        long recovered = history.now();
        var disturbed = new Event.Disturbed(
                from,
                until,
                well ? recovered : Long.MAX_VALUE,
                faults.stream().map(Object::toString).collect(Collectors.joining(" and ")));
        history.add(disturbed);
        report.add(faults, disturbed, workload.progress().takeInterval(recovered));
        return well;
    }

    private static void finish(Future<?> fault) throws Exception {
        try {
            fault.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fault could not be done", e.getCause());
        }
    }

    private void inject(Fault fault) throws Exception {
        if (fault instanceof Fault.Killed killed) {
            ServerProcess process = cluster.process(killed.part());
            process.kill();
            hold(fault);
            process.start();
        } else if (fault instanceof Fault.Suspended suspended) {
            ServerProcess process = cluster.process(suspended.part());
            process.suspend();
            hold(fault);
            process.resume();
        } else if (fault instanceof Fault.Restarted restarted) {
            ServerProcess process = cluster.process(restarted.part());
            process.terminate();
            hold(fault);
            process.start();
        } else if (fault instanceof Fault.ConnectionsCut cut) {
            for (long left = cut.length().toMillis(); left >= 0; left -= CUT_EVERY.toMillis()) {
                cluster.clients().cut(cut.probability(), random);
                await(CUT_EVERY, () -> false);
            }
        } else if (fault instanceof Fault.DatabaseReadOnly) {
            cluster.setReadOnly(true);
            hold(fault);
            cluster.setReadOnly(false);
        } else if (fault instanceof Fault.DatabaseFull) {
            cluster.setFull(true);
            hold(fault);
            cluster.setFull(false);
        }
    }

    private void hold(Fault fault) throws InterruptedException {
        await(fault.length(), () -> false);
    }

    /** Ends the load, waits for what is under way, and checks everything. */
    private FaultReport finish() throws Exception {
        workload.stop();
        await(Workload.DEADLINE.plusSeconds(10), () -> workload.progress().allAnswered());
        await(Duration.ofMinutes(1), () -> workload.progress().allDelivered());
        System.out.println("At the end: " + workload.progress());
        report.finish(workload.progress(), workload.check());
        return report;
    }

    private boolean await(Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(left, POLL.toNanos()));
        }
        return true;
    }

    @Override
    public void close() throws Exception {
        hands.shutdownNow();
        workload.close();
        cluster.close();
    }
}

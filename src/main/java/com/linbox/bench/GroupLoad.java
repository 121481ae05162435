package com.linbox.bench;

import com.linbox.client.ClientSettings;
import com.linbox.client.Connection;
import com.linbox.protocol.GroupChangeRequest;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One large group beside the pairs: some of its members are online and hear what its owner sends at a fixed rate. */
final class GroupLoad {

    /** How many members one request adds at most. */
    private static final int ADDED_AT_ONCE = 1_000;

    private final BenchSettings settings;
    private final long ownerId;
    private final GroupMeasurements measurements;
    private final List<GroupMember> online = new ArrayList<>();
    private final GroupOwner owner;

    /**
     * @param ownerId the owner's id; the members' follow
     * @param run tells this run's messages from those of earlier ones
     */
    GroupLoad(BenchSettings settings, long ownerId, long run, Measurements clock) {
        this.settings = settings;
        this.ownerId = ownerId;
        this.measurements = new GroupMeasurements(clock, settings.groupOnline() - 1);
        this.owner = new GroupOwner(ownerId, run, settings, measurements);
    }

    /**
     * Makes the group, and then signs in those who are to be online: each change is told to everybody who is.
     *
     * @param clientSettings of a user, and of the how manieth connection
     */
    void prepare(EventLoopGroup loops, BiFunction<Long, Integer, ClientSettings> clientSettings, int signInsAtOnce)
            throws InterruptedException {
        owner.signedIn(
                Connection.open(loops, clientSettings.apply(ownerId, 0), owner).join());
        makeGroup();
        Semaphore places = new Semaphore(signInsAtOnce);
        List<CompletableFuture<Void>> signedIn = new ArrayList<>();
        for (int i = 1; i < settings.groupOnline(); i++) {
            GroupMember member = new GroupMember(ownerId + i, owner.mark(), measurements);
            online.add(member);
            places.acquire();
            CompletableFuture<Void> opened = Connection.open(loops, clientSettings.apply(ownerId + i, i), member)
                    .thenAccept(member::signedIn)
                    .whenComplete((done, error) -> places.release());
            signedIn.add(opened);
            if (opened.isCompletedExceptionally()) {
                break;
            }
        }
        signedIn.forEach(CompletableFuture::join);
    }

    private void makeGroup() {
        owner.groupIs(change(null, "create", null));
        for (long from = ownerId + 1; from < ownerId + settings.groupMembers(); from += ADDED_AT_ONCE) {
            long to = Math.min(from + ADDED_AT_ONCE, ownerId + settings.groupMembers());
            change(
                    Long.toString(owner.group()),
                    "add",
                    LongStream.range(from, to).mapToObj(Long::toString).toList());
        }
    }

    private long change(@Nullable String group, String action, @Nullable List<String> users) {
        return owner.change(new GroupChangeRequest(
                        owner.nextRequestId(),
                        Long.toString(ownerId),
                        group,
                        action,
                        null,
                        users,
                        null,
                        null,
                        null,
                        null))
                .join();
    }

    /** Sends on schedule; what is due at {@code from} or later counts. */
    void start(long start, long from, long until, Measurements clock) {
        measurements.measure(from, until);
        long interval = TimeUnit.SECONDS.toNanos(1) / settings.groupRate();
        owner.eventLoop().execute(() -> sendWhenDue(start, interval, until, clock));
    }

    private void sendWhenDue(long due, long interval, long until, Measurements clock) {
        if (due >= until) {
            return;
        }
        long wait = due - clock.now();
        owner.eventLoop()
                .schedule(
                        () -> {
                            owner.send(due);
                            sendWhenDue(due + interval, interval, until, clock);
                        },
                        Math.max(0, wait),
                        TimeUnit.NANOSECONDS);
    }

    /** Keeps the connections from idling out; to be called now and then. */
    void ping() {
        online.forEach(GroupMember::ping);
        owner.ping();
    }

    boolean isComplete() {
        return measurements.isComplete();
    }

    void close() {
        online.forEach(GroupMember::close);
        owner.close();
    }

    GroupReport report() {
        return measurements.report(settings);
    }
}

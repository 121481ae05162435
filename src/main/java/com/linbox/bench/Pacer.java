package com.linbox.bench;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends on schedule for the users of one event loop, in turn, whatever the server does. What could not be sent in time is
 * sent as soon as possible, with the time at which it was due.
 */
final class Pacer {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** So many are sent before the loop turns to what has come in. */
    private static final int MOST_AT_ONCE = 256;

    private final EventLoop loop;
    private final List<LoadUser> users;
    private final double nanosPerMessage;
    private final Measurements measurements;
    private final LongSupplier places;
    private final long start;
    private final long end;
    private long count;
    private int turn;

    /** @param places how many messages more may wait for their answers */
    Pacer(
            EventLoop loop,
            List<LoadUser> users,
            double rate,
            Measurements measurements,
            LongSupplier places,
            long start,
            long end) {
        this.loop = loop;
        this.users = users;
        this.nanosPerMessage = TimeUnit.SECONDS.toNanos(1) / rate;
        this.measurements = measurements;
        this.places = places;
        this.start = start;
        this.end = end;
    }

    void start() {
        loop.execute(this::tick);
    }

    private void tick() {
        long now = measurements.now();
        long most = Math.min(MOST_AT_ONCE, places.getAsLong());
        for (int i = 0; i < most && due() <= now && due() < end; i++) {
            LoadUser user = nextUser();
            if (user == null) {
                return;
            }
            user.send(due());
            count++;
        }
        if (due() < end && now < end) {
            boolean goOn = due() <= now && most == MOST_AT_ONCE;
            long pause = goOn ? 0 : Math.max(TICK_NANOS, due() - now);
            loop.schedule(this::tick, pause, TimeUnit.NANOSECONDS);
        }
    }

    private long due() {
        return start + (long) (count * nanosPerMessage);
    }

    private @Nullable LoadUser nextUser() {
        for (int i = 0; i < users.size(); i++) {
            LoadUser user = users.get(Math.floorMod(turn++, users.size()));
            if (user.isUp()) {
                return user;
            }
        }
        return null;
    }
}

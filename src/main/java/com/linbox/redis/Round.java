package com.linbox.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for the answers of commands that were sent together. */
final class Round {

    private final CountDownLatch answers;

    Round(int commands) {
        this.answers = new CountDownLatch(commands);
    }

    void answered() {
        answers.countDown();
    }

    /** Whether all were answered in time. */
    boolean await(Duration timeout) throws InterruptedException {
        return answers.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    long unanswered() {
        return answers.getCount();
    }
}

package com.linbox.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be done when the JVM ends, the last thing begun being the first ended. */
final class AtExit {

    private static final Deque<Action> ACTIONS = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll));
    }

    interface Action {
        void run() throws Exception;
    }

    private AtExit() {}

    static void run(Action action) {
        synchronized (ACTIONS) {
            ACTIONS.push(action);
        }
    }

    private static void runAll() {
        synchronized (ACTIONS) {
            ACTIONS.forEach(action -> {
                try {
                    action.run();
                } catch (Exception e) {
                    System.err.println("At exit: " + e);
                }
            });
        }
    }
}

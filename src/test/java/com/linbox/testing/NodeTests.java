package com.linbox.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs tests that are written in JavaScript, in the test runner of the Node of this machine. */
public final class NodeTests {

    private NodeTests() {}

    /**
     * Runs the files one after another, printing what they say.
     *
     * @param environment what the tests are told beside this process's own
     * @return what fails, in a line each
     */
    public static List<String> failures(List<Path> files, Map<String, String> environment, Duration within)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("node", "--test", "--test-concurrency=1", "--test-reporter=tap"));
        files.forEach(file -> command.add(file.toString()));
        ProcessBuilder node = new ProcessBuilder(command).redirectErrorStream(true);
        node.environment().putAll(environment);
        Process tests = node.start();
        AtomicBoolean late = new AtomicBoolean();
        ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor();
        patience.schedule(
                () -> {
                    late.set(true);
                    tests.descendants().forEach(ProcessHandle::destroyForcibly);
                    tests.destroyForcibly();
                },
                within.toSeconds(),
                TimeUnit.SECONDS);
        try {
            List<String> failures = new ArrayList<>();
            print(tests, failures);
            if (tests.waitFor() != 0 && failures.isEmpty()) {
                failures.add(late.get() ? "not done within " + within : "node ended with " + tests.exitValue());
            }
            return failures;
        } finally {
            patience.shutdownNow();
        }
    }

    private static void print(Process tests, List<String> failures) {
        try (BufferedReader said = tests.inputReader(StandardCharsets.UTF_8)) {
            said.lines().forEach(line -> {
                System.out.println(line);
                if (line.strip().startsWith("not ok ") && !line.contains("# TODO")) {
                    failures.add(line.strip());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
